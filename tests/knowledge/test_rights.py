import pytest

from knowledge import rights
from knowledge.models import KnowledgePage
from tests.factories import (
    EvidenceFactory,
    GoodPracticePageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    page = GoodPracticePageFactory(owner=people.aino, organisation=people.authority, live=False)
    page.save_revision(user=people.aino)
    return page


@pytest.fixture
def practice(people):
    page = GoodPracticePageFactory(owner=people.aino, organisation=people.authority)
    page.save_revision(user=people.aino)
    return page


def test_a_page_is_edited_by_its_owner_their_colleagues_and_officers(draft, who_may):
    assert who_may(rights.may_edit, draft) == ["aino", "cato", "bruno", "ada"]


def test_a_draft_is_seen_by_those_who_edit_it_and_by_experts_and_auditors(draft, who_may):
    assert who_may(rights.may_see, draft) == ["aino", "cato", "bruno", "ilse", "axel", "ada"]


def test_a_published_page_is_seen_by_everybody(practice, who_may):
    assert who_may(rights.may_see, practice) == [
        "carla",
        "aino",
        "cato",
        "olof",
        "bruno",
        "ilse",
        "axel",
        "ada",
    ]


def test_a_page_is_reviewed_and_counted_by_officers(practice, who_may):
    assert who_may(rights.may_review, practice) == ["bruno", "ada"]
    assert who_may(rights.may_count, practice) == ["bruno", "ada"]


def test_a_page_is_admitted_by_experts(practice, who_may):
    assert who_may(rights.may_admit, practice) == ["ilse"]


def test_a_page_is_confirmed_by_its_owners_people_and_by_officers(practice, who_may):
    assert who_may(rights.may_confirm, practice) == ["aino", "cato", "bruno", "ada"]


def test_an_officer_who_had_a_hand_in_any_revision_does_not_review_the_page(practice, people, who_may):
    practice.save_revision(user=people.bruno)

    assert who_may(rights.may_review, practice) == ["ada"]


def test_an_officer_of_the_owning_organisation_does_not_review_its_pages(people, who_may):
    practice = GoodPracticePageFactory(organisation=people.authority)
    people.authority.memberships.create(user=people.bruno)

    assert who_may(rights.may_review, practice) == ["ada"]


def test_the_administrator_does_not_review_what_she_wrote(people, who_may):
    practice = GoodPracticePageFactory(owner=people.ada)

    assert who_may(rights.may_review, practice) == ["bruno"]


def test_an_expert_who_counted_a_practice_before_does_not_admit_it(practice, people, who_may):
    practice.validations.create(kind="counted", by=people.ilse)

    assert who_may(rights.may_admit, practice) == []


def test_a_closed_account_may_nothing(practice, people):
    people.bruno.is_active = False

    assert [
        question(people.bruno, practice)
        for question in (rights.may_edit, rights.may_review, rights.may_confirm, rights.may_admit)
    ] == [False, False, False, False]


def test_a_change_is_validated_by_officers_without_a_hand_in_it(people, who_may):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority)
    change = PolicyChangeFactory(instrument=instrument, claimed_by=people.aino)

    assert who_may(rights.may_validate_change, change) == ["bruno", "ada"]
    assert who_may(rights.may_edit_change, change) == ["aino", "cato", "bruno", "ada"]


def test_an_officer_does_not_validate_a_change_that_they_claimed(people, who_may):
    change = PolicyChangeFactory(claimed_by=people.bruno)

    assert who_may(rights.may_validate_change, change) == ["ada"]


def test_an_officer_does_not_validate_a_change_that_their_organisation_decided(people, who_may):
    change = PolicyChangeFactory(claimed_by=people.aino)
    change.decided_by.memberships.create(user=people.bruno)

    assert who_may(rights.may_validate_change, change) == ["ada"]


def test_evidence_is_accepted_by_officers_who_did_not_bring_it(practice, people, who_may):
    evidence = EvidenceFactory(page=practice, added_by=people.ada)

    assert who_may(rights.may_accept_evidence, evidence) == ["bruno"]


def test_accepted_evidence_is_edited_by_officers_only(practice, people, who_may):
    evidence = EvidenceFactory(page=practice, accepted_by=people.bruno, accepted_at="2026-11-01T12:00Z")

    assert who_may(rights.may_edit_evidence, evidence) == ["bruno", "ada"]


@pytest.mark.parametrize(
    ("confidentiality", "allowed"),
    [
        ("public", ["carla", "aino", "cato", "olof", "bruno", "ilse", "axel", "ada"]),
        ("project", ["aino", "cato", "bruno", "axel", "ada"]),
        ("auditor", ["bruno", "axel", "ada"]),
    ],
)
def test_evidence_opens_for_those_it_is_meant_for(practice, who_may, confidentiality, allowed):
    evidence = EvidenceFactory(page=practice, confidentiality=confidentiality)

    assert who_may(rights.may_open, evidence) == allowed


def test_public_evidence_of_a_draft_does_not_open_for_strangers(draft, who_may):
    evidence = EvidenceFactory(page=draft)

    assert who_may(rights.may_open, evidence) == ["aino", "cato", "bruno", "ilse", "axel", "ada"]


def test_lists_show_others_drafts_to_nobody_but_reviewers(draft, people):
    seen = {
        name: rights.visible_to(getattr(people, name), KnowledgePage.objects.filter(pk=draft.pk)).count()
        for name in ("aino", "cato", "olof", "bruno", "ilse", "ada")
    }

    assert seen == {"aino": 1, "cato": 1, "olof": 0, "bruno": 1, "ilse": 1, "ada": 1}


def test_asking_again_costs_no_query(practice, people, django_assert_num_queries):
    rights.may_edit(people.cato, practice)

    with django_assert_num_queries(0):
        rights.may_edit(people.cato, practice)
