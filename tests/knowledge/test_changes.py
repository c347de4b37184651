import pytest
from wagtail.log_actions import registry as log_registry

from knowledge import claims
from knowledge.choices import ChangeStatus, InstrumentState
from knowledge.models import PolicyChange
from knowledge.queries import instrument_state
from knowledge.refusal import AlreadyDecided, Refused
from knowledge.versions import version_of
from network.models import Letter
from tests.factories import (
    EvidenceFactory,
    GoodPracticePageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
)

pytestmark = pytest.mark.django_db


def letters():
    return sorted(Letter.objects.values_list("to", "subject"))


def actions(thing):
    return [
        entry.action for entry in log_registry.get_logs_for_instance(thing) if "knowledge" in entry.action
    ]


@pytest.fixture
def change(people):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority)
    change = PolicyChangeFactory(instrument=instrument, claimed_by=people.aino, learned_otherwise="")
    EvidenceFactory(change=change, kind="official-decision")
    change.inspirations.create(practice=GoodPracticePageFactory())
    change.save()
    return change


def test_an_officer_validates_a_change_and_the_claimant_hears_of_it(change, people):
    claims.validate(change, people.bruno, "Read the call.")
    with pytest.raises(AlreadyDecided, match="Already decided by Bruno"):
        claims.validate(change, people.birgit, "Me too.")

    change.refresh_from_db()
    assert (change.status, change.validated_by) == (ChangeStatus.VALIDATED, people.bruno)
    assert letters() == [(people.aino.email, f"Validated: {change.title}")]
    assert actions(change) == ["knowledge.validate"]
    assert instrument_state(change.instrument) == InstrumentState.VALIDATED


@pytest.mark.parametrize("name", ["aino", "cato", "olof", "ilse", "axel"])
def test_who_is_no_officer_validates_no_change(change, people, name):
    with pytest.raises(Refused):
        claims.validate(change, getattr(people, name))


def test_nobody_validates_the_change_they_claimed(change, people):
    change.claimed_by = people.bruno
    change.save()

    with pytest.raises(Refused):
        claims.validate(change, people.bruno)


def test_a_change_needs_decisive_evidence_a_source_and_attribution(people):
    change = PolicyChangeFactory(claimed_by=people.aino, attribution_note=" ")
    EvidenceFactory(change=change, kind="press")

    with pytest.raises(Refused) as refusal:
        claims.validate(change, people.bruno)

    assert str(refusal.value) == (
        "Evidence: a decision, the published text, a call or a letter of the authority is needed. "
        "What would have happened anyway: write one or two honest sentences. "
        "Source: name the good practice or the learning event that inspired the change."
    )


def test_a_change_is_declined_with_a_reason(change, people):
    with pytest.raises(Refused, match="Write the reason"):
        claims.decline(change, people.bruno, " ")

    claims.decline(change, people.bruno, "The call is not published yet.")

    change.refresh_from_db()
    assert (change.status, change.decision_comment) == ("declined", "The call is not published yet.")
    assert "The call is not published yet." in Letter.objects.get().text


def test_who_declines_what_another_officer_validated_in_the_meantime_reads_so(change, people):
    shown = PolicyChange.objects.get(pk=change.pk)
    claims.validate(change, people.bruno)

    with pytest.raises(AlreadyDecided, match="Already decided by Bruno"):
        claims.decline(shown, people.birgit, "No.")

    claims.decline(PolicyChange.objects.get(pk=change.pk), people.birgit, "The call was withdrawn.")
    with pytest.raises(AlreadyDecided, match="Already decided by Birgit"):
        claims.validate(shown, people.bruno)
    assert actions(change) == ["knowledge.decline", "knowledge.validate"]


def test_an_officer_decides_about_what_they_read(change, people):
    seen = version_of(change)
    change.what_changed = "Something else."
    change.save()

    with pytest.raises(Refused, match="It was changed since you opened this page"):
        claims.validate(change, people.bruno, seen=seen)

    claims.validate(change, people.bruno, seen=version_of(change))
    assert PolicyChange.objects.get(pk=change.pk).status == ChangeStatus.VALIDATED


def test_a_change_without_its_decisive_evidence_is_only_claimed_again(change, people):
    claims.validate(change, people.bruno)
    evidence = change.evidence.get()

    claims.remove_evidence(evidence, people.birgit)

    change.refresh_from_db()
    assert (change.status, change.validated_by, change.validated_at) == (ChangeStatus.DECIDED, None, None)


def test_accepted_evidence_is_removed_by_officers_only(change, people):
    evidence = claims.accept(change.evidence.get(), people.bruno)

    with pytest.raises(Refused):
        claims.remove_evidence(evidence, people.aino)


def test_a_claim_has_the_status_that_its_dates_say(people):
    instrument = PolicyInstrumentPageFactory(owner=people.aino)
    reported = [
        PolicyChangeFactory.build(instrument=instrument, decided_by=people.authority, **dates)
        for dates in (
            {"decision_date": "2099"},
            {"decision_date": "2020"},
            {"decision_date": "2020", "in_force_date": "2021-02"},
        )
    ]

    statuses = [claims.claim(change, people.aino).status for change in reported]

    assert statuses == ["announced", "decided", "in-force"]
    assert {change.claimed_by for change in reported} == {people.aino}
