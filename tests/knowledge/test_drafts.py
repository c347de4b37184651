import pytest
from django.urls import reverse
from wagtail.log_actions import registry as log_registry
from wagtail.models import ModelLogEntry, PageLogEntry

from knowledge.drafts import drafts_that_name
from knowledge.models import Evidence, GoodPracticePage
from tests.factories import (
    EvidenceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    OrganisationFactory,
    ProjectFactory,
)
from tests.knowledge.test_gone import document, draft, name_of, picture

pytestmark = pytest.mark.django_db

__all__ = ["draft"]


def titles(found):
    return [page.draft_title for page in found.seen], found.hidden


def test_the_latest_draft_that_names_a_thing_is_found(draft, people):
    _page, thing, _field = draft

    assert titles(drafts_that_name([thing], people.bruno)) == (["Old pond"], 0)


def test_drafts_that_one_may_not_read_are_a_number(people):
    survey = OrganisationFactory()
    for owner, title in ((people.aino, "Old pond"), (people.olof, "New pond")):
        page = GoodPracticePageFactory(owner=owner, live=False, title=title)
        page.organisation = survey
        page.save_revision(user=owner)

    found = {
        name: titles(drafts_that_name([survey], getattr(people, name))) for name in ("aino", "bruno", "cato")
    }

    assert found == {"aino": (["Old pond"], 1), "bruno": (["New pond", "Old pond"], 0), "cato": ([], 2)}


def test_a_draft_that_links_to_a_page_in_its_text_names_it(people):
    linked = GoodPracticePageFactory()
    page = GoodPracticePageFactory(title="Old pond", live=False)
    page.challenge = f'<p>As <a linktype="page" id="{linked.pk}">there</a>.</p>'
    page.save_revision()

    assert titles(drafts_that_name([linked], people.bruno)) == (["Old pond"], 0)


def test_what_is_public_as_it_was_written_is_no_draft(people):
    survey = OrganisationFactory()
    page = GoodPracticePageFactory(organisation=survey)
    page.save_revision().publish(skip_permission_checks=True)

    assert not drafts_that_name([survey], people.bruno)


def test_looking_through_five_drafts_costs_as_many_queries_as_through_one(
    people, django_assert_num_queries, django_assert_max_num_queries
):
    survey = OrganisationFactory()

    def add():
        page = GoodPracticePageFactory(live=False)
        page.organisation = survey
        page.save_revision()

    add()
    titles(drafts_that_name([survey], people.bruno))
    with django_assert_max_num_queries(20) as one:
        titles(drafts_that_name([survey], people.bruno))
    for _ in range(4):
        add()

    with django_assert_num_queries(len(one)):
        titles(drafts_that_name([survey], people.bruno))


def bulk(kind, *things):
    query = "&".join(f"id={thing.pk}" for thing in things)
    return reverse("wagtail_bulk_action", args=[*kind, "delete"]) + f"?{query}"


QUESTIONS = {
    "snippet": lambda: (
        thing := ProjectFactory(),
        reverse("wagtailsnippets_network_project:delete", args=[thing.pk]),
    ),
    "page": lambda: (
        thing := GoodPracticePageFactory(),
        reverse("wagtailadmin_pages:delete", args=[thing.pk]),
    ),
    "picture": lambda: (thing := picture(), reverse("wagtailimages:delete", args=[thing.pk])),
    "document": lambda: (thing := document(), reverse("wagtaildocs:delete", args=[thing.pk])),
    "snippets": lambda: (thing := ProjectFactory(), bulk(("network", "project"), thing)),
    "pages": lambda: (thing := GoodPracticePageFactory(), bulk(("wagtailcore", "page"), thing)),
    "pictures": lambda: (thing := picture(), bulk(("knowledge", "picture"), thing)),
    "documents": lambda: (thing := document(), bulk(("knowledge", "sourcedocument"), thing)),
}
LINKED = {
    "snippet": "project",
    "picture": "picture",
    "page": "practices",
    "document": "challenge",
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_whoever_deletes_reads_first_which_drafts_name_it_and_the_log_keeps_its_name(kind, people, signed_in):
    thing, address = QUESTIONS[kind]()
    field = LINKED[kind.removesuffix("s")]
    page = (LearningEventPageFactory if field == "practices" else GoodPracticePageFactory)(
        owner=people.aino, title="Old pond"
    )
    value = {
        "practices": [thing],
        "challenge": f'<p><a linktype="document" id="{thing.pk}">text</a></p>',
    }
    setattr(page, field, value.get(field, thing))
    page.save_revision(user=people.aino)
    name, client = name_of(thing), signed_in(people.ada)

    question = client.get(address).content.decode()
    client.post(address)

    entries = [*ModelLogEntry.objects.filter(deleted=True), *PageLogEntry.objects.filter(deleted=True)]
    assert "Drafts name it." in question
    assert f'<a href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}">Old pond' in question
    assert [(entry.label, entry.user) for entry in entries] == [(name, people.ada)]


def test_nothing_is_said_where_no_draft_names_it(people, signed_in):
    project = ProjectFactory()
    address = reverse("wagtailsnippets_network_project:delete", args=[project.pk])

    assert "Drafts name it." not in signed_in(people.ada).get(address).content.decode()


def test_removed_evidence_is_logged_with_its_name(people, signed_in):
    page = GoodPracticePageFactory(owner=people.aino)
    evidence = EvidenceFactory(page=page, title="Audit report")

    signed_in(people.bruno).post(reverse("wagtailsnippets_knowledge_evidence:delete", args=[evidence.pk]))

    entries = log_registry.get_logs_for_instance(GoodPracticePage.objects.get(pk=page.pk))
    assert entries[0].message == "Removed evidence: Audit report"
    assert not Evidence.objects.exists()
