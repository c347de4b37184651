from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from events import registration
from events.choices import RegState
from events.models import PlaceChange, Registration
from events.queries import position_in_line, situation
from network.models import Letter
from tests.factories import LearningEventPageFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

C, W = RegState.CONFIRMED, RegState.WAITING


@pytest.fixture
def officer():
    return UserFactory(first_name="Bruno")


@pytest.fixture
def event():
    """An event on site with one place."""
    event = LearningEventPageFactory(title="Permits for re-mining")
    registration.change_capacity(event, {"on-site": 1}, by=None)
    return event


def states(event, mode="on-site"):
    """Who stands where, in the order of the line."""
    rows = event.registrations.filter(mode=mode).order_by("number")
    return [(row.participant.name, row.state) for row in rows.select_related("participant")]


def test_who_comes_first_has_the_place_and_the_next_waits_in_order(event, member, letters):
    for name in ["Aino", "Bruno", "Carla"]:
        registration.register(event, member(name), "on-site")

    assert states(event) == [("Aino", C), ("Bruno", W), ("Carla", W)]
    assert [position_in_line(row) for row in event.registrations.order_by("number")] == [None, 1, 2]
    assert letters() == [
        ("aino@example.org", "You have a place: Permits for re-mining", "REQUEST"),
        ("bruno@example.org", "You are on the waiting list: Permits for re-mining", ""),
        ("carla@example.org", "You are on the waiting list: Permits for re-mining", ""),
    ]


def test_an_event_without_a_capacity_takes_everybody(member):
    event = LearningEventPageFactory()

    for number in range(4):
        registration.register(event, member(f"guest{number}"), "on-site")

    assert [state for _name, state in states(event)] == [C, C, C, C]


def test_a_place_given_up_goes_to_the_first_in_line(event, member, letters):
    aino, _bruno, _carla = (
        registration.register(event, member(n), "on-site") for n in ["Aino", "Bruno", "Carla"]
    )
    Letter.objects.all().delete()

    registration.withdraw(aino)

    assert states(event) == [("Aino", RegState.WITHDRAWN), ("Bruno", C), ("Carla", W)]
    assert letters() == [
        ("aino@example.org", "You no longer take part: Permits for re-mining", "CANCEL"),
        ("bruno@example.org", "A place has become free: Permits for re-mining", "REQUEST"),
    ]


def test_a_place_taken_away_by_the_organiser_goes_to_the_first_in_line(event, member, officer, letters):
    aino, _bruno = (registration.register(event, member(n), "on-site") for n in ["Aino", "Bruno"])
    Letter.objects.all().delete()

    registration.remove(aino, "Only one from each office", by=officer)

    assert states(event) == [("Aino", RegState.CANCELLED), ("Bruno", C)]
    assert letters() == [
        ("aino@example.org", "Your registration is cancelled: Permits for re-mining", "CANCEL"),
        ("bruno@example.org", "A place has become free: Permits for re-mining", "REQUEST"),
    ]
    assert "Only one from each office" in Letter.objects.get(to="aino@example.org").text


def test_more_places_go_to_those_who_wait_in_their_order(event, member, officer):
    for name in ["Aino", "Bruno", "Carla", "Dora"]:
        registration.register(event, member(name), "on-site")

    registration.change_capacity(event, {"on-site": 3}, by=officer)

    assert states(event) == [("Aino", C), ("Bruno", C), ("Carla", C), ("Dora", W)]


def test_lifting_the_limit_gives_everybody_a_place(event, member, officer):
    for name in ["Aino", "Bruno", "Carla"]:
        registration.register(event, member(name), "on-site")

    registration.change_capacity(event, {"on-site": None}, by=officer)

    assert states(event) == [("Aino", C), ("Bruno", C), ("Carla", C)]


def test_a_change_of_mode_frees_a_place_for_the_first_in_line(member):
    event = LearningEventPageFactory(mode="hybrid")
    registration.change_capacity(event, {"on-site": 1, "online": None}, by=None)
    aino, _bruno = (registration.register(event, member(n), "on-site") for n in ["Aino", "Bruno"])

    registration.change_mode(aino, "online")

    assert (states(event), states(event, "online")) == ([("Bruno", C)], [("Aino", C)])


def test_who_waits_in_one_mode_may_wait_or_find_a_place_in_the_other(member):
    event = LearningEventPageFactory(mode="hybrid")
    registration.change_capacity(event, {"on-site": 1, "online": 1}, by=None)
    registration.register(event, member("Aino"), "on-site")
    bruno = registration.register(event, member("Bruno"), "on-site")
    carla = registration.register(event, member("Carla"), "on-site")

    registration.change_mode(carla, "online")
    registration.change_mode(bruno, "online")

    assert states(event, "online") == [("Carla", C), ("Bruno", W)]


def test_who_has_a_place_keeps_it_when_the_other_mode_is_full(member):
    event = LearningEventPageFactory(mode="hybrid")
    registration.change_capacity(event, {"on-site": None, "online": 0}, by=None)
    aino = registration.register(event, member("Aino"), "on-site")

    with pytest.raises(registration.Refused, match="“Online” is full"):
        registration.change_mode(aino, "online")

    assert states(event) == [("Aino", C)]


def test_a_newcomer_cannot_pass_those_who_wait(member, officer):
    # A place that is free while somebody waits: more places were given out after the event's start was near.
    event = LearningEventPageFactory()
    registration.change_capacity(event, {"on-site": 1}, by=officer)
    for name in ["Aino", "Bruno"]:
        registration.register(event, member(name), "on-site")
    event.places.filter(mode="on-site").update(capacity=2)

    registration.register(event, member("Newcomer"), "on-site")

    assert states(event) == [("Aino", C), ("Bruno", W), ("Newcomer", W)]
    assert situation(event).places[0].left == 0


def test_who_comes_back_after_withdrawing_goes_to_the_end_of_the_line(event, member):
    aino, _bruno, _carla = (
        registration.register(event, member(n), "on-site") for n in ["Aino", "Bruno", "Carla"]
    )
    registration.withdraw(aino)

    registration.register(event, member("Aino"), "on-site")

    assert states(event) == [("Bruno", C), ("Carla", W), ("Aino", W)]


def test_registering_twice_is_harmless_and_does_not_flood_the_inbox(event, member, letters):
    first = registration.register(event, member("Carla"), "on-site")

    again = registration.register(event, member("CARLA"), "on-site")
    later = registration.register(
        event, member("Carla"), "on-site", now=timezone.now() + timedelta(minutes=6)
    )

    assert {first.pk, again.pk, later.pk} == {first.pk}
    assert [to for to, *_rest in letters()] == ["carla@example.org", "carla@example.org"]


def test_withdrawing_twice_is_harmless(event, member, letters):
    aino = registration.register(event, member("Aino"), "on-site")

    registration.withdraw(aino)
    registration.withdraw(aino)

    assert states(event) == [("Aino", RegState.WITHDRAWN)]
    assert len(letters()) == 2


def test_nobody_loses_a_place_by_a_smaller_capacity(event, member, officer):
    registration.change_capacity(event, {"on-site": 2}, by=officer)
    for name in ["Aino", "Bruno"]:
        registration.register(event, member(name), "on-site")

    with pytest.raises(registration.Refused, match="2 people have a place"):
        registration.change_capacity(event, {"on-site": 1}, by=officer)

    assert states(event) == [("Aino", C), ("Bruno", C)]


def test_places_that_become_free_after_the_beginning_are_not_given_out_by_letter(event, member):
    aino, _bruno = (registration.register(event, member(n), "on-site") for n in ["Aino", "Bruno"])

    registration.withdraw(aino, now=event.start + timedelta(minutes=1))

    assert states(event) == [("Aino", RegState.WITHDRAWN), ("Bruno", W)]


def test_what_was_cannot_be_withdrawn_afterwards(event, member):
    aino = registration.register(event, member("Aino"), "on-site")

    with pytest.raises(registration.Refused, match="The event is over"):
        registration.withdraw(aino, now=event.end)

    assert states(event) == [("Aino", C)]


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ({"days": -3}, "This event is over."),
        ({"live": False}, "This event is not public yet."),
        ({"registration_opens": timezone.now() + timedelta(days=1)}, "Registration is not open yet."),
        ({"registration_closes": timezone.now() - timedelta(days=1)}, "Registration is closed."),
        ({"mode": "online"}, "This event does not offer “On site”."),
    ],
)
def test_registration_is_refused_with_the_reason(about, reason, member, letters):
    event = LearningEventPageFactory(**about)

    with pytest.raises(registration.Refused) as refusal:
        registration.register(event, member("Carla"), "on-site")

    assert (str(refusal.value), Registration.objects.count(), letters()) == (reason, 0, [])


def test_a_registration_that_is_rolled_back_leaves_no_letter(event, member, letters):
    with pytest.raises(RuntimeError), transaction.atomic():
        registration.register(event, member("Carla"), "on-site")
        raise RuntimeError

    assert (Registration.objects.count(), letters()) == (0, [])


def test_calling_an_event_off_ends_every_registration_and_tells_everybody(event, member, officer, letters):
    for name in ["Aino", "Bruno"]:
        registration.register(event, member(name), "on-site")
    Letter.objects.all().delete()

    registration.cancel_event(event, "The mine is flooded", by=officer)
    registration.cancel_event(event, "The mine is flooded", by=officer)

    assert states(event) == [("Aino", RegState.CANCELLED), ("Bruno", RegState.CANCELLED)]
    assert letters() == [
        ("aino@example.org", "Cancelled: Permits for re-mining", "CANCEL"),
        ("bruno@example.org", "Cancelled: Permits for re-mining", ""),
    ]
    with pytest.raises(registration.Refused, match="called off"):
        registration.register(event, member("Carla"), "on-site")


def test_the_log_says_who_changed_which_place_and_why(event, member, officer):
    aino, _bruno = (registration.register(event, member(n), "on-site") for n in ["Aino", "Bruno"])

    registration.remove(aino, "Double booking", by=officer)

    log = PlaceChange.objects.values_list("registration__participant__name", "state", "by", "cause")
    assert list(log) == [
        ("Aino", C, None, "Registered"),
        ("Bruno", W, None, "Registered"),
        ("Aino", RegState.CANCELLED, officer.pk, "Double booking"),
        ("Bruno", C, officer.pk, "A place became free by cancellation"),
    ]


def test_an_organisation_is_linked_only_when_its_name_is_exactly_known(event, member):
    known = OrganisationFactory(name="Περιφέρεια Στερεάς Ελλάδας")

    exact = registration.register(
        event, member("Eleni", organisation="Περιφέρεια Στερεάς Ελλάδας"), "on-site"
    )
    like = registration.register(event, member("Kostas", organisation="Στερεά Ελλάδα"), "on-site")

    assert (exact.participant.organisation, exact.participant.organisation_as_stated) == (known, "")
    assert (like.participant.organisation, like.participant.organisation_as_stated) == (None, "Στερεά Ελλάδα")


def test_two_organisations_of_one_name_are_not_guessed_between(event, member):
    OrganisationFactory.create_batch(2, name="Mining Office")

    made = registration.register(event, member("Carla", organisation="Mining Office"), "on-site")

    assert (made.participant.organisation, made.participant.organisation_as_stated) == (None, "Mining Office")
