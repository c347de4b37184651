"""A guest's place is held until they confirm, for half an hour, nothing they typed has an effect before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import registration
from events.choices import RegState
from events.models import Participant, PlaceChange, Registration
from events.people import WhoIsComing, names_at, who_is_coming
from events.queries import join_link_for, position_in_line, situation
from network.models import Letter
from tests.factories import AttendanceFactory, LearningEventPageFactory, ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db
HELD, ASKED, C, W = RegState.HELD, RegState.ASKED, RegState.CONFIRMED, RegState.WAITING
IN_HALF_AN_HOUR = timedelta(minutes=30)


def event_with(places, **about):
    event = LearningEventPageFactory(title="Permits for re-mining", slug="permits", **about)
    registration.change_capacity(event, {"on-site": places}, by=None)
    return event


def states(event):
    """Who stands where, in the order of the line."""
    rows = event.registrations.order_by("number").select_related("participant")
    return [(row.participant.email.partition("@")[0], row.state) for row in rows]


def test_a_guest_holds_a_place_and_has_it_once_they_confirm(guest, member, letters):
    event = event_with(1)
    carla = registration.register(event, guest("Carla"), "on-site")
    registration.register(event, member("Aino"), "on-site")
    before = states(event)

    registration.confirm(carla)
    registration.confirm(carla)

    assert (before, states(event)) == ([("carla", HELD), ("aino", W)], [("carla", C), ("aino", W)])
    assert letters() == [
        ("carla@example.org", "Confirm that you take part: Permits for re-mining", ""),
        ("aino@example.org", "You are on the waiting list: Permits for re-mining", ""),
        ("carla@example.org", "You have a place: Permits for re-mining", "REQUEST"),
    ]


def test_the_first_letter_holds_nothing_that_was_typed(guest):
    event = event_with(1)
    said = guest("Typed", organisation="Typed Ltd")

    made = registration.register(event, said, "on-site", needs="Typed needs", shows_name=True)

    letter = Letter.objects.get()
    site = "http://localhost:8000"
    assert (letter.is_secret, letter.until, letter.about) == (True, event.start, f"registration:{made.pk}")
    assert "Typed" not in letter.subject + letter.text
    assert [word for word in letter.text.split() if word.startswith("http")] == [
        f"{site}/events/registration/{made.token}/",
        f"{site}/events/permits/",
    ]


@pytest.mark.parametrize(("minutes_ago", "state"), [(29, HELD), (31, ASKED)])
def test_the_hold_lasts_half_an_hour_from_the_leaving_of_the_letter(guest, letter_left, minutes_ago, state):
    event = event_with(1)
    carla = registration.register(event, guest("Carla"), "on-site", now=timezone.now() - timedelta(hours=5))
    letter_left(carla, minutes_ago)

    registration.release_expired_holds()

    assert states(event) == [("carla", state)]


def test_while_the_letter_waits_to_be_sent_the_place_is_held_but_not_for_ever(guest):
    event = event_with(1)
    registration.register(event, guest("Carla"), "on-site")
    now = timezone.now()

    found = []
    for later in (timedelta(hours=47), timedelta(hours=49)):
        registration.release_expired_holds(now + later)
        found += states(event)

    assert found == [("carla", HELD), ("carla", ASKED)]


def test_no_hold_outlives_the_close_of_registration(guest, letter_left):
    closes = timezone.now() + timedelta(minutes=5)
    event = event_with(1, registration_closes=closes)
    carla = registration.register(event, guest("Carla"), "on-site")
    letter_left(carla)
    carla = Registration.objects.select_related("hold_letter").get()
    until = carla.held_until

    registration.release_expired_holds(closes)

    assert (until, states(event)) == (closes, [("carla", ASKED)])
    with pytest.raises(registration.Refused, match="Registration is closed"):
        registration.confirm(carla, now=closes)


def test_a_place_that_was_held_in_vain_goes_to_the_first_in_line(guest, member, letter_left, letters):
    event = event_with(1)
    carla = registration.register(event, guest("Carla"), "on-site")
    for name in ("Aino", "Bruno"):
        registration.register(event, member(name), "on-site")
    letter_left(carla, minutes_ago=31)
    Letter.objects.exclude(to="carla@example.org").delete()

    registration.release_expired_holds()
    registration.release_expired_holds()

    assert states(event) == [("carla", ASKED), ("aino", C), ("bruno", W)]
    assert letters()[1:] == [
        ("aino@example.org", "A place has become free: Permits for re-mining", "REQUEST")
    ]


def test_nothing_depends_on_when_the_worker_comes(guest, member, letter_left):
    event = event_with(1)
    carla = registration.register(event, guest("Carla"), "on-site")
    letter_left(carla, minutes_ago=31)
    left = situation(event).places[0].left

    registration.register(event, member("Aino"), "on-site")

    assert (left, states(event)) == (1, [("carla", ASKED), ("aino", C)])


def test_who_confirms_late_stands_in_line_from_when_they_first_asked(guest, member, letter_left):
    event = event_with(1)
    carla = registration.register(event, guest("Carla"), "on-site")
    letter_left(carla, minutes_ago=31)
    aino = registration.register(event, member("Aino"), "on-site")
    bruno = registration.register(event, member("Bruno"), "on-site")

    registration.confirm(carla)
    in_line = [position_in_line(row) for row in event.registrations.order_by("number")]
    registration.withdraw(aino)

    assert in_line == [1, None, 2]
    assert states(event) == [("carla", C), ("aino", RegState.WITHDRAWN), ("bruno", W)]
    assert bruno.number == 3


def test_who_confirms_late_gets_a_free_place_at_once_unless_somebody_asked_before(guest, letter_left):
    event = event_with(3)
    aino, bruno, carla = (
        registration.register(event, guest(name), "on-site") for name in ("Aino", "Bruno", "Carla")
    )
    letter_left(aino, minutes_ago=31)
    registration.release_expired_holds()

    registration.confirm(bruno)
    registration.confirm(carla)
    free = states(event)
    registration.change_capacity(event, {"on-site": 2}, by=None)
    registration.confirm(aino)

    assert free == [("aino", ASKED), ("bruno", C), ("carla", C)]
    assert states(event) == [("aino", W), ("bruno", C), ("carla", C)]


@pytest.mark.parametrize(
    ("capacity", "held"), [(None, 10), (100, 10), (12, 4), (11, 3), (3, 1), (2, 1), (1, 1), (0, 0)]
)
def test_one_client_holds_ten_places_at_most_and_all_guests_a_third(guest, capacity, held):
    event = event_with(capacity)

    for number in range(12):
        registration.register(event, guest(f"g{number}"), "on-site", client="192.0.2.1")

    assert [state for _name, state in states(event)] == [HELD] * held + [ASKED] * (12 - held)


def test_the_ten_of_a_client_are_counted_over_all_events_and_end_with_the_hold(guest, letter_left):
    first, second = LearningEventPageFactory(), LearningEventPageFactory()
    made = [
        registration.register(first, guest(f"g{number}"), "on-site", client="192.0.2.1")
        for number in range(10)
    ]
    eleventh = registration.register(second, guest("Carla"), "on-site", client="192.0.2.1")
    other = registration.register(second, guest("Dora"), "on-site", client="192.0.2.2")
    registration.confirm(made[0])

    twelfth = registration.register(second, guest("Edda"), "on-site", client="192.0.2.1")

    assert (eleventh.state, other.state, twelfth.state) == (ASKED, HELD, HELD)


def test_a_client_is_known_by_a_scrambled_name_only_and_only_while_it_holds(guest):
    event = event_with(6)
    carla = registration.register(event, guest("Carla"), "on-site", client="192.0.2.1")
    dora = registration.register(event, guest("Dora"), "on-site", client="192.0.2.1")
    held = set(event.registrations.values_list("client", flat=True))

    registration.confirm(carla)
    registration.withdraw(dora)

    assert (len(held), [len(name) for name in held], "192.0.2.1" in held) == (1, [32], False)
    assert set(event.registrations.values_list("client", "hold_letter")) == {("", None)}


def test_who_holds_a_place_counts_nowhere_in_public_and_learns_nothing(guest):
    event = event_with(3, publish_participants="all", days=0)
    carla = registration.register(
        event,
        guest("Carla", organisation="Ltd"),
        "on-site",
        shows_name=True,
        now=event.start - timedelta(hours=1),
    )

    assert who_is_coming(event) == WhoIsComing(people=0, organisations=0, places=())
    assert (names_at(event), join_link_for(event, registration=carla)) == ([], None)
    assert (situation(event, event.start - timedelta(hours=1)).places[0].left) == 2


def test_a_stranger_who_types_a_known_address_changes_nothing_until_its_owner_confirms(guest):
    event, past = event_with(3), LearningEventPageFactory(days=-3)
    known = ParticipantFactory(email="carla@example.org", name="Carla Known", country="SE")
    AttendanceFactory(registration__event=past, registration__participant=known)
    stranger = guest("carla", organisation="GeoRange", country="PL")

    made = registration.register(event, stranger, "on-site", needs="Everything", shows_name=True)
    before = Participant.objects.values().get()
    row = Registration.objects.get(pk=made.pk)
    registration.confirm(made)

    after = Participant.objects.get()
    assert (before["name"], before["organisation_as_stated"], before["country"]) == ("Carla Known", "", "SE")
    assert (row.needs, row.shows_name, row.name, row.organisation_name) == ("", False, "carla", "GeoRange")
    assert (after.name, after.organisation_as_stated, after.country) == ("carla", "GeoRange", "PL")


def test_an_account_that_registers_itself_makes_firm_what_a_stranger_asked_for(guest, member):
    event = event_with(1)
    asked = registration.register(event, guest("Carla", organisation="GeoRange"), "on-site")

    made = registration.register(event, member("Carla", organisation="Region Norrbotten"), "on-site")

    assert (made.pk, made.number, made.state, made.stated) == (asked.pk, 1, C, {})
    assert made.participant.organisation_as_stated == "Region Norrbotten"


def test_an_account_that_takes_another_way_frees_the_place_that_was_held(guest, member):
    event = LearningEventPageFactory(mode="hybrid")
    registration.change_capacity(event, {"on-site": 1, "online": 1}, by=None)
    registration.register(event, guest("Carla"), "on-site")
    registration.register(event, member("Aino"), "on-site")

    registration.register(event, member("Carla"), "online")

    assert set(event.registrations.values_list("participant__email", "mode", "state")) == {
        ("carla@example.org", "online", C),
        ("aino@example.org", "on-site", C),
    }


def test_asking_again_writes_the_letter_again_and_keeps_the_hold(guest, letter_left, letters):
    event = event_with(1)
    carla = registration.register(event, guest("Carla"), "on-site")
    letter_left(carla, minutes_ago=20)
    Registration.objects.update(letter_at=timezone.now() - timedelta(minutes=20))

    again = registration.register(event, guest("Carla", organisation="Other"), "on-site")

    fresh = Registration.objects.select_related("hold_letter").get()
    assert (again.pk, fresh.organisation_name, len(letters())) == (carla.pk, "", 2)
    assert fresh.held_until == fresh.hold_letter.sent_at + IN_HALF_AN_HOUR
    assert fresh.hold_letter.pk == Letter.objects.order_by("pk").first().pk


def test_what_an_organiser_does_to_unconfirmed_people_writes_no_letter_to_them(guest, letters):
    event, officer = event_with(6), UserFactory()
    held, called_off = (registration.register(event, guest(name), "on-site") for name in ("Carla", "Dora"))

    registration.remove(held, "Buy at http://evil.example", by=officer)
    registration.cancel_event(event, "Buy at http://evil.example", by=officer)

    assert states(event) == [("carla", RegState.CANCELLED), ("dora", RegState.CANCELLED)]
    assert [subject for _to, subject, _method in letters()] == [
        "Confirm that you take part: Permits for re-mining"
    ] * 2
    with pytest.raises(registration.Refused, match="You no longer take part"):
        registration.confirm(called_off)


def test_who_says_that_they_do_not_take_part_gives_the_place_back_without_a_letter(guest, member, letters):
    event = event_with(1)
    carla = registration.register(event, guest("Carla"), "on-site")
    registration.register(event, member("Aino"), "on-site")

    registration.withdraw(carla)

    assert states(event) == [("carla", RegState.WITHDRAWN), ("aino", C)]
    assert [to for to, *_rest in letters()] == ["carla@example.org", "aino@example.org", "aino@example.org"]
    assert Registration.objects.get(pk=carla.pk).stated == {}


def test_places_that_are_held_cannot_be_taken_away_by_a_smaller_capacity(guest):
    event = event_with(3)
    registration.register(event, guest("Carla"), "on-site")

    with pytest.raises(registration.Refused, match="1 people have a place or have one held"):
        registration.change_capacity(event, {"on-site": 0}, by=None)


def test_the_log_says_how_a_held_place_became_firm_or_free(guest, member, letter_left):
    event = event_with(1)
    carla = registration.register(event, guest("Carla"), "on-site")
    aino = member("Aino")
    registration.register(event, aino, "on-site", by=aino.user)
    letter_left(carla, minutes_ago=31)

    registration.release_expired_holds()
    registration.confirm(carla)

    assert list(PlaceChange.objects.values_list("registration", "state", "cause")) == [
        (carla.pk, HELD, "Asked for a place"),
        (carla.pk + 1, W, "Registered"),
        (carla.pk, ASKED, "Not confirmed in time"),
        (carla.pk + 1, C, "A place that was held became free"),
        (carla.pk, W, "Confirmed by the link"),
    ]
