"""A draft outlives what it names: it can be opened, reviewed and published, and says what is gone."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from taggit.models import Tag
from wagtail.models import Page

from events.models import LearningEventPage
from events.models.programme import EventMaterial
from knowledge import gone, review
from knowledge.models import GoodPracticePage, Picture, PolicyInstrumentPage, SourceDocument
from knowledge.refusal import Refused
from tests.factories import (
    EvidenceFactory,
    FocusAreaFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    OrganisationFactory,
    PolicyInstrumentPageFactory,
    ProjectFactory,
    RawMaterialFactory,
    RegionFactory,
    complete_practice,
)

pytestmark = pytest.mark.django_db


def document():
    return SourceDocument.objects.create(title="Text of 2020", file=ContentFile(b"text", name="text.txt"))


def picture():
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    return Picture.objects.create(
        title="Pond",
        description="A pond",
        credit="Aino",
        file=ContentFile(content.getvalue(), name="pond.png"),
    )


def put(name):
    """Name the thing in a single field."""
    return lambda page, thing: setattr(page, name, thing)


def put_in(name):
    """Name the thing in a field of many."""
    return lambda page, thing: setattr(page, name, [*getattr(page, name).all(), thing])


def put_among_materials(page, thing):
    page.materials = [EventMaterial(title="Slides", document=thing)]


def put_as_keyword(page, thing):
    page.keywords.add(thing.name)


PRACTICE, INSTRUMENT, EVENT = GoodPracticePageFactory, PolicyInstrumentPageFactory, LearningEventPageFactory
NAMED = {
    "organisation": (PRACTICE, OrganisationFactory, put("organisation"), "Owner organisation"),
    "project": (PRACTICE, ProjectFactory, put("project"), "Project"),
    "region": (PRACTICE, RegionFactory, put_in("regions"), "Regions"),
    "material": (PRACTICE, RawMaterialFactory, put_in("raw_materials"), "Raw materials"),
    "focus area": (PRACTICE, FocusAreaFactory, put_in("focus_areas"), "Focus areas"),
    "picture": (PRACTICE, picture, put("picture"), "Picture"),
    "keyword": (PRACTICE, lambda: Tag.objects.create(name="slag"), put_as_keyword, "Keywords"),
    "document": (INSTRUMENT, document, put("baseline"), "Text before any change"),
    "partner": (INSTRUMENT, OrganisationFactory, put_in("partners"), "Partners working on it"),
    "document in a row": (EVENT, document, put_among_materials, "Materials"),
    "practice": (EVENT, GoodPracticePageFactory, put_in("practices"), "Practices shown there"),
    "instrument": (
        EVENT,
        PolicyInstrumentPageFactory,
        put_in("instruments"),
        "Policy instruments it is about",
    ),
}
NEEDED_FIELDS = ["Text before any change"]


@pytest.fixture(params=NAMED)
def draft(request, people):
    """A public page with a draft that names a thing: (page, the thing, what the field is called)."""
    page_factory, thing_factory, name, field = NAMED[request.param]
    page = page_factory(
        owner=people.aino,
        title="Old pond",
        organisation_as_stated="Mining authority",
        regions=[RegionFactory()],
        raw_materials=[RawMaterialFactory()],
        focus_areas=[FocusAreaFactory()],
    )
    page.save_revision(user=people.aino)
    page = type(page).objects.get(pk=page.pk)
    thing = thing_factory()
    name(page, thing)
    page.save_revision(user=people.aino)
    return type(page).objects.get(pk=page.pk), thing, field


def delete(thing, signed_in, user):
    """Delete it as an officer does, or as the import does where no officer can."""
    if isinstance(thing, Page):
        address = reverse("wagtailadmin_pages:delete", args=[thing.pk])
    elif isinstance(thing, Picture):
        address = reverse("wagtailimages:delete", args=[thing.pk])
    elif isinstance(thing, SourceDocument):
        address = reverse("wagtaildocs:delete", args=[thing.pk])
    elif hasattr(thing, "snippet_viewset"):
        address = reverse(thing.snippet_viewset.get_url_name("delete"), args=[thing.pk])
    else:
        thing.delete()
        return
    assert signed_in(user).post(address).status_code == 302
    assert not type(thing).objects.filter(pk=thing.pk).exists()


def name_of(thing):
    return thing.get_admin_display_title() if isinstance(thing, Page) else str(thing)


def test_a_draft_is_opened_everywhere_and_the_editor_says_what_is_gone(draft, people, signed_in):
    page, thing, field = draft
    name, is_logged = name_of(thing), not isinstance(thing, Tag) and hasattr(thing, "snippet_viewset")
    is_logged = is_logged or isinstance(thing, Page | Picture | SourceDocument)
    delete(thing, signed_in, people.ada)
    client = signed_in(people.aino)
    revision = page.latest_revision_id

    statuses = [
        client.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk, *more])).status_code
        for view, *more in (
            ("edit",),
            ("view_draft",),
            ("history",),
            ("revisions_compare", "live", revision),
            ("revisions_compare", "earliest", "latest"),
            ("revisions_view", revision),
            ("revisions_revert", revision),
        )
    ]
    text = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    desk = client.get(reverse("knowledge_page_desk", args=[page.pk])).content.decode()

    said = f"{field}: “{name}” was deleted on" if is_logged else f"{field}: what was chosen here was deleted"
    assert statuses == [200] * 7
    assert (said in text, said in desk) == (True, True)


def test_a_draft_is_published_without_what_is_gone(draft, people, signed_in):
    page, thing, field = draft
    delete(thing, signed_in, people.ada)

    if field in NEEDED_FIELDS:
        with pytest.raises(Refused, match="attach the text as it stands before any change"):
            page.latest_revision.publish(skip_permission_checks=True)
    else:
        page.latest_revision.publish(skip_permission_checks=True)

    page = type(page).objects.get(pk=page.pk)
    assert (page.live, page.has_unpublished_changes) == (True, field in NEEDED_FIELDS)


def test_a_scheduled_page_goes_live_without_what_is_gone(draft, people, signed_in):
    page, thing, field = draft
    delete(thing, signed_in, people.ada)
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()

    if field in NEEDED_FIELDS:
        with pytest.raises(Refused, match="attach the text as it stands before any change"):
            call_command("publish_scheduled")
    else:
        call_command("publish_scheduled")

    page.refresh_from_db()
    assert (page.live_revision_id == revision.pk) is (field not in NEEDED_FIELDS)


def complete_draft(people):
    """A complete practice that names its organisation in the draft only, and the organisation."""
    page = complete_practice(owner=people.aino, organisation_as_stated="", live=True)
    page.save_revision(user=people.aino).publish(skip_permission_checks=True)
    page = GoodPracticePage.objects.get(pk=page.pk)
    page.organisation = survey = OrganisationFactory(name="Geological Survey X")
    page.save_revision(user=people.aino)
    return GoodPracticePage.objects.get(pk=page.pk), survey


NEEDED = "Owner organisation: name the owner organisation."


def test_a_needed_thing_that_is_gone_stops_submission(people, signed_in):
    page, survey = complete_draft(people)
    delete(survey, signed_in, people.ada)

    with pytest.raises(Refused, match=NEEDED):
        review.submit(page, people.aino)


def test_a_needed_thing_that_is_gone_stops_approval_and_publication(people, signed_in):
    page, survey = complete_draft(people)
    review.submit(page, people.aino)
    delete(survey, signed_in, people.ada)
    address = reverse("knowledge_page_desk", args=[page.pk])

    answer = signed_in(people.bruno).post(address, {"decision": "approve"})
    with pytest.raises(Refused, match=f"“Geological Survey X” was deleted on .*{NEEDED}"):
        page.latest_revision.publish(skip_permission_checks=True)

    page = GoodPracticePage.objects.get(pk=page.pk)
    assert (answer.status_code, NEEDED in answer.content.decode()) == (422, True)
    assert (page.has_unpublished_changes, page.workflow_in_progress) == (True, True)


def test_what_stays_is_kept_as_it_was_written(people):
    page = complete_practice(owner=people.aino, title="Old pond", live=True)
    page.keywords.add("slag")
    lost = RegionFactory()
    page.regions = [*page.regions.all(), lost]
    page.save_revision(user=people.aino)
    before = GoodPracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().serializable_data()
    lost.delete()

    after = GoodPracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()

    kept = before | {"regions": [pk for pk in before["regions"] if pk != lost.pk]}
    assert {**after.serializable_data(), "regions": sorted(kept["regions"])} == kept
    assert [named.field for named in after.gone] == ["regions"]


def test_the_editor_saves_a_draft_without_what_is_gone_and_says_so_once(people, signed_in):
    page, survey = complete_draft(people)
    delete(survey, signed_in, people.ada)
    page = GoodPracticePage.objects.get(pk=page.pk)

    page.get_latest_revision_as_object().save_revision(user=people.aino)

    assert GoodPracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().gone == ()


@pytest.mark.parametrize("model", [GoodPracticePage, PolicyInstrumentPage, LearningEventPage])
def test_a_draft_of_which_nothing_is_gone_is_read_as_it_is(model, people):
    page = {GoodPracticePage: PRACTICE, PolicyInstrumentPage: INSTRUMENT, LearningEventPage: EVENT}[model]()
    EvidenceFactory(page=page)
    page.save_revision()
    said = model.objects.get(pk=page.pk).latest_revision.content

    assert gone.without_what_is_gone(model, said) == (said, ())
