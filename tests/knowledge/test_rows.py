import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from knowledge.models import Evidence, PolicyChange, SourceDocument
from network.models import Letter
from tests.factories import EvidenceFactory, GoodPracticePageFactory, PolicyInstrumentPageFactory
from tests.knowledge.form_data import errors, sent

pytestmark = pytest.mark.django_db


def evidence_data(**fields):
    data = {
        "page": "",
        "change": "",
        "kind": "agenda",
        "title": "The agenda",
        "claim": "",
        "document": "",
        "url": "https://example.org/agenda",
        "date": "2026-05",
        "issuer": "",
        "language": "",
        "confidentiality": "public",
    }
    return data | fields


def test_a_contributor_adds_evidence_to_what_their_organisation_owns(people, signed_in):
    practice = GoodPracticePageFactory(owner=people.aino, organisation=people.authority)
    address = reverse("wagtailsnippets_knowledge_evidence:add")

    offered = signed_in(people.cato).get(f"{address}?page={practice.pk}")
    signed_in(people.cato).post(address, evidence_data(page=practice.pk))

    assert offered.context["form"].initial["page"] == practice.pk
    assert Evidence.objects.values_list("page", "title", "added_by", "date").get() == (
        practice.pk,
        "The agenda",
        people.cato.pk,
        "2026-05",
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"page": "", "change": ""}, "Choose what it belongs to: either a page or a policy change."),
        ({"url": ""}, "Attach the file, or give its address on the web."),
    ],
)
def test_evidence_needs_a_subject_and_something_to_read(people, signed_in, fields, sentence):
    practice = GoodPracticePageFactory(owner=people.aino)
    data = evidence_data(page=practice.pk) | fields

    response = signed_in(people.aino).post(reverse("wagtailsnippets_knowledge_evidence:add"), data)

    assert errors(response) == {"__all__": [sentence]}


def test_strangers_add_no_evidence_to_others_pages(people, signed_in):
    practice = GoodPracticePageFactory(owner=people.aino)

    response = signed_in(people.olof).post(
        reverse("wagtailsnippets_knowledge_evidence:add"), evidence_data(page=practice.pk)
    )

    assert errors(response) == {
        "__all__": ["Only the owner and their organisation can add evidence to this."]
    }


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_strangers_open_no_evidence_of_others_in_the_admin(people, signed_in, view):
    evidence = EvidenceFactory(page=GoodPracticePageFactory(owner=people.aino))
    address = reverse(f"wagtailsnippets_knowledge_evidence:{view}", args=[evidence.pk])

    statuses = [signed_in(user).get(address).status_code for user in (people.aino, people.olof, people.bruno)]

    assert statuses == [200, 302, 200]


def test_lists_of_evidence_hold_ones_own_only(people, signed_in):
    EvidenceFactory(page=GoodPracticePageFactory(owner=people.aino), title="The minutes of May")
    address = reverse("wagtailsnippets_knowledge_evidence:list")

    seen = {
        name: "The minutes of May" in signed_in(getattr(people, name)).get(address).content.decode()
        for name in ("aino", "olof", "bruno", "axel")
    }

    assert seen == {"aino": True, "olof": False, "bruno": True, "axel": True}


def test_evidence_deleted_in_bulk_by_a_stranger_stays(people, signed_in):
    evidence = EvidenceFactory(page=GoodPracticePageFactory(owner=people.aino))
    address = reverse("wagtail_bulk_action", args=["knowledge", "evidence", "delete"])

    signed_in(people.olof).post(f"{address}?id={evidence.pk}")

    assert Evidence.objects.count() == 1


def change_data(instrument, **fields):
    data = {
        "instrument": instrument.pk,
        "title": "A call for re-mining",
        "what_changed": "A call was opened.",
        "before": "",
        "after": "",
        "change_types": ["new-project"],
        "decided_by": instrument.organisation_id,
        "decision_date": "2026-05",
        "in_force_date": "",
        "learned_otherwise": "",
        "funding_influenced": "",
        "of_which_structural_funds": "",
        "attribution_note": "The call was planned.",
        "inspirations": inline_formset([]),
    }
    return sent(data | fields)


def test_a_contributor_claims_a_change_with_the_practice_that_inspired_it(people, signed_in):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority)
    practice = GoodPracticePageFactory()
    sources = inline_formset([{"practice": practice.pk, "taken": "The order", "adapted": ""}])

    response = signed_in(people.aino).post(
        reverse("wagtailsnippets_knowledge_policychange:add"), change_data(instrument, inspirations=sources)
    )

    assert response.status_code == 302, errors(response)
    change = PolicyChange.objects.get()
    assert (change.status, change.claimed_by) == ("decided", people.aino)
    assert [(one.practice_id, one.taken) for one in change.inspirations.all()] == [(practice.pk, "The order")]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (
            {"title": "ő" * 161},
            {"title": ["At most 160 characters; this has 161. Shorten it by 1."]},
        ),
        (
            {"funding_influenced": "10", "of_which_structural_funds": "11"},
            {"of_which_structural_funds": ["This is a part of the funding influenced, not more."]},
        ),
        (
            {"decision_date": "2026-13"},
            {"decision_date": ["There is no such day: 2026-13."]},
        ),
    ],
)
def test_a_change_that_cannot_be_says_why(people, signed_in, fields, found):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority)

    response = signed_in(people.aino).post(
        reverse("wagtailsnippets_knowledge_policychange:add"), change_data(instrument, **fields)
    )

    assert errors(response) == found


def test_strangers_claim_no_change_of_others_instruments(people, signed_in):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority)

    response = signed_in(people.olof).post(
        reverse("wagtailsnippets_knowledge_policychange:add"), change_data(instrument)
    )

    assert errors(response) == {
        "instrument": ["Only people who may edit the instrument can say what changed in it."]
    }


def test_officers_get_a_letter_when_a_change_is_claimed_and_only_then(people, signed_in):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority)
    client = signed_in(people.aino)
    client.post(reverse("wagtailsnippets_knowledge_policychange:add"), change_data(instrument))
    change = PolicyChange.objects.get()

    client.post(
        reverse("wagtailsnippets_knowledge_policychange:edit", args=[change.pk]),
        change_data(instrument, title="A better title"),
    )

    change.refresh_from_db()
    assert change.title == "A better title"
    assert sorted(Letter.objects.values_list("to", "subject")) == [
        (people.bruno.email, "Policy change to take up: A call for re-mining"),
        (people.birgit.email, "Policy change to take up: A call for re-mining"),
    ]


def test_the_chooser_of_files_offers_ones_own_and_those_of_ones_organisation(people, signed_in):
    practice = GoodPracticePageFactory(owner=people.aino, organisation=people.authority)
    SourceDocument.objects.create(title="Own upload", file="a.txt", uploaded_by_user=people.aino)
    shared = SourceDocument.objects.create(title="Shared", file="b.txt")
    secret = SourceDocument.objects.create(title="For auditors", file="c.txt")
    EvidenceFactory(page=practice, document=shared)
    EvidenceFactory(page=practice, document=secret, confidentiality="auditor")
    address = reverse("wagtaildocs_chooser:choose_results")

    offered = {}
    for name in ("aino", "cato", "olof", "bruno"):
        text = signed_in(getattr(people, name)).get(address).content.decode()
        offered[name] = [title for title in ("Own upload", "Shared", "For auditors") if title in text]

    assert offered == {
        "aino": ["Own upload", "Shared"],
        "cato": ["Shared"],
        "olof": [],
        "bruno": ["Own upload", "Shared", "For auditors"],
    }
