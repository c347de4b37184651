"""Whatever changes what a card or a filter shows marks what it touches in the same transaction, and nothing
private stays in an index."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction

from knowledge.models import GoodPracticePage
from network.choices import OrganisationType
from search import engines, sync
from search.models import SearchDocument
from search.queries import search
from search.query import Query
from tests.factories import (
    FocusAreaFactory,
    GoodPracticePageFactory,
    OrganisationFactory,
    ProjectFactory,
    RawMaterialFactory,
    RegionFactory,
)
from tests.factories.knowledge import EvidenceFactory, section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_engine")]


@pytest.fixture
def practice(committed):
    """A practice linked to one of everything, and known to the indexes."""
    with committed():
        region = RegionFactory(code="FI1", name="Lapland", level=1, parent=RegionFactory(code="FI", level=0))
        material = RawMaterialFactory(name="Cobalt", is_critical=False)
        page = GoodPracticePageFactory(
            title="Tailings",
            regions=[region],
            raw_materials=[material],
            focus_areas=[FocusAreaFactory()],
            organisation=OrganisationFactory(name="Regional Council"),
            project=ProjectFactory(),
        )
        page.keywords.add("re-mining")
        page.save()
        EvidenceFactory(page=page)
    assert not SearchDocument.objects.dirty().exists()
    return GoodPracticePage.objects.get(pk=page.pk)


def save(instance, **values):
    for name, value in values.items():
        setattr(instance, name, value)
    instance.save()


def make_private(page, restriction_type, **how):
    return PageViewRestriction.objects.create(page=page, restriction_type=restriction_type, **how)


CHANGES = {
    "a region is renamed": lambda page: save(page.regions.get(), name="Lappi"),
    "a country is renamed": lambda page: save(page.regions.get().parent, name="Suomi"),
    "a material is flagged critical": lambda page: save(page.raw_materials.get(), is_critical=True),
    "a material gets another name": lambda page: page.raw_materials.get().names.create(name="Kobolt"),
    "a focus area is renamed": lambda page: save(page.focus_areas.get(), name="Water"),
    "an organisation changes its kind": lambda page: save(
        page.organisation, organisation_type=OrganisationType.SME
    ),
    "an organisation is merged": lambda page: save(page.organisation, merged_into=OrganisationFactory()),
    "a project is renamed": lambda page: save(page.project, title="Another title"),
    "a tag is renamed": lambda page: save(Tag.objects.get(name="re-mining"), name="remining"),
    "evidence is accepted": lambda page: save(page.evidence.get(), accepted_at=timezone.now()),
    "evidence is deleted": lambda page: page.evidence.get().delete(),
    "a link to a region is cut": lambda page: page.regions.get().pages.clear(),
    "it is published anew": lambda page: page.save_revision().publish(),
    "it is moved": lambda page: page.move(section("policy-instruments"), pos="last-child"),
    "its section is moved": lambda page: page.get_parent().move(section("events"), pos="last-child"),
    "it is unpublished": lambda page: page.unpublish(),
    "it becomes private": lambda page: PageViewRestriction.objects.create(
        page=page, restriction_type="login"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_marks_the_practice_before_the_transaction_ends(practice, change):
    change(practice)

    assert SearchDocument.objects.get(key=f"page:{practice.pk}").dirty


def test_a_merged_organisation_is_shown_and_found_as_the_one_it_became(practice, committed):
    with committed():
        council = OrganisationFactory(name="Council of Lapland", organisation_type=OrganisationType.RESEARCH)
        save(practice.organisation, merged_into=council)
    with committed():
        save(council, name="Lapin liitto")

    results = search(Query(text="liitto"))

    assert [hit.display["organisation"] for hit in results.hits] == ["Lapin liitto"]
    assert dict(results.facets["organisation_type"])["research"] == 1
    assert search(Query(text="council", kind="practice")).total == 1


def test_a_rare_change_of_what_many_pages_share_reads_no_page(practice, committed):
    region = practice.regions.get()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            save(region, name=f"{region.name}i")
        return len(queries)

    one = cost()
    with committed():
        for number in range(4):
            GoodPracticePageFactory(title=f"Number {number}", regions=[region])

    assert cost() == one
    assert SearchDocument.objects.dirty().filter(key__startswith="page:").count() == 5


# What is not for everyone


def expire(page):
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(expire_at=page.expire_at)
    call_command("publish_scheduled")


def move_to_a_private_place(page):
    make_private(section("events"), "login")
    page.move(section("events"), pos="last-child")


def for_a_group(page):
    make_private(page.get_parent(), "groups").groups.add(Group.objects.first())


HIDING = {
    "unpublished": lambda page: page.unpublish(),
    "deleted": lambda page: page.delete(),
    "for those who sign in": lambda page: make_private(page, "login"),
    "behind a password": lambda page: make_private(page.get_parent(), "password", password="a"),
    "for a group": for_a_group,
    "moved to a private place": move_to_a_private_place,
    "expired": expire,
}


@pytest.mark.parametrize("hide", HIDING.values(), ids=HIDING)
def test_what_is_not_for_everyone_is_out_at_once_and_leaves_every_index(
    site_engine, practice, committed, hide
):
    key = f"page:{practice.pk}"

    with committed():
        hide(practice)
        # The indexes have not been told yet: the projection already is.
        at_once = search(Query(kind="practice")).hits

    assert at_once == []
    assert search(Query(kind="practice")).total == 0
    assert [
        key for name in engines.names() for key, _ in engines.engine(name).versions() if "page" in key
    ] == []
    assert key not in sync.public_keys()


def test_a_draft_of_a_public_page_never_reaches_an_index(site_engine, practice, committed):
    practice.title = "A secret title"
    with committed():
        practice.save_revision()
    with committed():
        save(practice.regions.get(), name="Lappi")

    assert SearchDocument.objects.get(key=f"page:{practice.pk}").display["title"] == "Tailings"
    assert search(Query(text="secret", kind="practice")).total == 0


def test_a_planned_page_is_found_from_its_hour_on(site_engine, committed):
    page = GoodPracticePageFactory(title="Tailings", live=False)
    page.go_live_at = timezone.now() + timedelta(seconds=1)
    with committed():
        page.save_revision().publish()
    assert search(Query(kind="practice")).total == 0

    time.sleep(max((page.go_live_at - timezone.now()).total_seconds(), 0))
    with committed():
        call_command("publish_scheduled")

    assert [hit.display["title"] for hit in search(Query(kind="practice")).hits] == ["Tailings"]
