"""A claimed change is public only after an officer without a hand in it took it up, and as they read it."""

from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.log_actions import registry as log_registry

from knowledge import claims, rights
from knowledge.choices import InstrumentState
from knowledge.models import CollectedChange, PolicyChange, TakenUp
from knowledge.queries import instrument_state
from knowledge.refusal import AlreadyDecided, Refused
from knowledge.versions import stored_version
from network.models import Letter
from progress.queries import validated_changes
from tests.factories import (
    CollectedChangeFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    TakenUpFactory,
)
from tests.knowledge.test_rows import change_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(people):
    instrument = PolicyInstrumentPageFactory(
        owner=people.aino, organisation=people.authority, title="Mining strategy"
    )
    change = PolicyChangeFactory(
        instrument=instrument,
        claimed_by=people.aino,
        title="A call for re-mining",
        funding_influenced=Decimal(5_000_000_000),
    )
    EvidenceFactory(change=change, kind="official-decision", title="The call itself")
    change.inspirations.create(practice=GoodPracticePageFactory(title="Old pond", owner=people.olof))
    change.save()
    return PolicyChange.objects.get(pk=change.pk)


def actions(change):
    entries = log_registry.get_logs_for_instance(change)
    return [entry.action.removeprefix("knowledge.") for entry in entries if "knowledge" in entry.action]


def public_places(client, change):
    """On which public pages the claim's title, its money or its evidence can be read."""
    pages = {"instrument": change.instrument.url, "practice": change.inspirations.get().practice.url}
    words = ("A call for re-mining", "5,000 million", "The call itself")
    texts = {name: client.get(url).content.decode() for name, url in pages.items()}
    return {name: [word for word in words if word in text] for name, text in texts.items()}


def test_a_claim_is_read_nowhere_before_an_officer_took_it_up(change, client, people):
    before = public_places(client, change)
    state = instrument_state(change.instrument)

    claims.take_up(change, people.bruno)

    assert (before, state) == ({"instrument": [], "practice": []}, InstrumentState.ADDRESSED)
    assert public_places(client, change) == {
        "instrument": ["A call for re-mining", "5,000 million", "The call itself"],
        "practice": ["A call for re-mining"],
    }
    assert instrument_state(change.instrument) == InstrumentState.CLAIMED
    assert list(validated_changes()) == []


def test_an_officer_takes_a_claim_up_once_and_the_claimant_hears_of_it(change, people):
    claims.take_up(change, people.bruno)
    with pytest.raises(AlreadyDecided, match="Already decided by Bruno"):
        claims.take_up(change, people.birgit)

    letter = Letter.objects.get()
    assert TakenUp.objects.get().by == people.bruno
    assert actions(change) == ["take_up"]
    assert (letter.to, letter.subject) == (people.aino.email, "Taken up: A call for re-mining")


@pytest.mark.parametrize("name", ["aino", "cato", "olof", "ilse", "axel"])
def test_who_is_no_officer_takes_nothing_up(change, people, name):
    with pytest.raises(Refused):
        claims.take_up(change, getattr(people, name))

    assert not TakenUp.objects.exists()


def test_nobody_takes_up_their_own_claim(change, people):
    change.claimed_by = people.bruno
    change.save()

    with pytest.raises(Refused, match="nobody validates what they or their organisation wrote"):
        claims.take_up(change, people.bruno)


def test_a_claim_that_waits_is_read_by_its_authors_and_the_reviewers(change, people, who_may, signed_in):
    address = reverse("knowledge_change_desk", args=[change.pk])
    piece = change.evidence.get()

    assert who_may(rights.may_see_change, change) == ["aino", "cato", "bruno", "ilse", "axel", "ada"]
    assert who_may(rights.may_open, piece) == ["aino", "cato", "bruno", "ilse", "axel", "ada"]
    assert signed_in(people.olof).get(address).status_code == 302
    assert "it waits until an officer takes it up" in signed_in(people.aino).get(address).content.decode()


def test_it_is_taken_up_at_the_desk(change, people, signed_in):
    client = signed_in(people.bruno)
    before = client.get(reverse("knowledge_desk")).content.decode()

    client.post(reverse("knowledge_change_desk", args=[change.pk]), {"decision": "take_up"})

    after = client.get(reverse("knowledge_desk")).content.decode()
    assert "Policy changes claimed, to be taken up (1)" in before
    assert "Policy changes claimed, to be taken up (0)" in after
    assert "Policy changes to validate (1)" in after
    desk = client.get(reverse("knowledge_change_desk", args=[change.pk])).content.decode()
    assert "Everybody: taken up by Bruno" in desk


def test_what_is_validated_is_taken_up_and_what_is_not_accepted_is_not(change, people):
    claims.validate(change, people.bruno)
    validated = TakenUp.objects.get().by

    claims.decline(PolicyChange.objects.get(pk=change.pk), people.birgit, "The call was withdrawn.")

    assert (validated, TakenUp.objects.exists()) == (people.bruno, False)
    with pytest.raises(Refused, match="It was not accepted"):
        claims.take_up(PolicyChange.objects.get(pk=change.pk), people.bruno)


def edit(client, change, **fields):
    rows = [
        {"id": one.pk, "practice": one.practice_id, "taken": one.taken} for one in change.inspirations.all()
    ]
    data = change_data(change.instrument, **{"title": change.title} | fields)
    if rows:
        data |= {
            "inspirations-TOTAL_FORMS": "1",
            "inspirations-INITIAL_FORMS": "1",
            **{f"inspirations-0-{name}": str(value) for name, value in rows[0].items()},
        }
    address = reverse("wagtailsnippets_knowledge_policychange:edit", args=[change.pk])
    response = client.post(address, data | {"seen_version": stored_version(change)})
    assert response.status_code == 302, response.context["form"].errors
    return response


def test_an_edit_by_its_claimant_takes_a_public_change_back_until_an_officer_looked_at_it(
    change, people, signed_in, client
):
    claims.take_up(change, people.bruno)
    Letter.objects.all().delete()
    aino = signed_in(people.aino)
    address = reverse("wagtailsnippets_knowledge_policychange:edit", args=[change.pk])
    warned = "it is taken back until an officer has looked at it" in aino.get(address).content.decode()

    edit(aino, change, title="Something quite different")

    client.logout()
    assert warned
    assert "Something quite different" not in client.get(change.instrument.url).content.decode()
    assert actions(change) == ["put_back", "claim", "take_up"]
    assert set(Letter.objects.values_list("to", "subject")) == {
        (people.bruno.email, "Policy change to take up: Something quite different"),
        (people.birgit.email, "Policy change to take up: Something quite different"),
    }


def test_an_officer_without_a_hand_in_it_mends_a_public_change_and_it_stays_public(change, people, signed_in):
    claims.take_up(change, people.bruno)

    edit(signed_in(people.birgit), change, title="A call for re-mining, mended")

    change.refresh_from_db()
    assert (change.title, change.is_public) == ("A call for re-mining, mended", True)


def test_an_officer_with_a_hand_in_it_who_edits_a_validated_change_reopens_it(change, people, signed_in):
    claims.validate(change, people.birgit)
    change.decided_by.memberships.create(user=people.bruno)

    claims.claim(PolicyChange.objects.get(pk=change.pk), people.bruno)

    change = PolicyChange.objects.get(pk=change.pk)
    assert (change.status, change.validated_by, change.is_public) == ("decided", None, False)


def test_what_was_collected_is_public_as_not_checked_and_never_counts(client, people):
    change = PolicyChangeFactory(
        instrument=PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority),
        title="A call for re-mining",
        claimed_by=None,
        funding_influenced=Decimal(5_000_000),
    )
    EvidenceFactory(change=change, kind="official-decision")
    CollectedChangeFactory(change=change, url="https://example.org/gazette")

    text = client.get(change.instrument.url).content.decode()
    with pytest.raises(Refused, match="Collected from a public source"):
        claims.validate(change, people.bruno)
    PolicyChange.objects.update(status="validated", validated_at="2026-10-01T10:00Z")

    assert "A call for re-mining" in text
    assert "From sources, not checked" in text
    assert "https://example.org/gazette" in text
    assert "in review" not in text
    assert list(validated_changes()) == []


def test_who_claims_a_collected_change_makes_it_wait(people):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority)
    change = PolicyChangeFactory(instrument=instrument, claimed_by=None)
    CollectedChangeFactory(change=change)

    claims.claim(PolicyChange.objects.get(pk=change.pk), people.aino)

    change = PolicyChange.objects.get(pk=change.pk)
    assert (change.claimed_by, change.is_public, CollectedChange.objects.exists()) == (
        people.aino,
        False,
        False,
    )


def test_funding_that_nobody_stated_is_not_nothing(client):
    change = PolicyChangeFactory(status="validated")
    TakenUpFactory(change=change)

    text = " ".join(client.get(change.instrument.url).content.decode().split())

    assert "€0" not in text
