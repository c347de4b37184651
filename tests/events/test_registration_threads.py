"""The line holds when people arrive in the same moment: on SQLite in a file, and on PostgreSQL."""

import pytest
from django.db import connection

from events import registration
from events.choices import RegState
from events.models import LearningEventPage, Registration
from tests.factories import LearningEventPageFactory, UserFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def two_places():
    event = LearningEventPageFactory()
    registration.change_capacity(event, {"on-site": 2}, by=None)
    return event


def standing(event):
    """(number, state) of everybody, in the order of arrival."""
    return list(Registration.objects.filter(event=event).order_by("number").values_list("number", "state"))


TWO_IN_TEN_WAIT = [(1, RegState.CONFIRMED), (2, RegState.CONFIRMED)] + [
    (number, RegState.WAITING) for number in range(3, 13)
]


def twelve_for_two(member):
    """What went wrong when twelve registered at once for two places, and who stands where."""
    event, people = two_places(), [member(f"member{number}") for number in range(12)]

    problems = at_once(
        *[
            lambda person=person: registration.register(
                LearningEventPage.objects.get(pk=event.pk), person, "on-site"
            )
            for person in people
        ]
    )

    return problems, standing(event)


def test_of_twelve_people_for_two_places_two_get_them_and_ten_wait_in_order(member):
    assert twelve_for_two(member) == ([], TWO_IN_TEN_WAIT)


@pytest.mark.postgresql
def test_the_lock_of_postgresql_holds_the_line_too(member):
    assert connection.features.has_select_for_update

    assert twelve_for_two(member) == ([], TWO_IN_TEN_WAIT)


def test_one_person_who_registers_in_six_windows_at_once_has_one_place(member):
    event, carla = two_places(), member("Carla")

    problems = at_once(*[lambda: registration.register(event, carla, "on-site")] * 6)

    assert problems == []
    assert standing(event) == [(1, RegState.CONFIRMED)]


def test_places_freed_at_the_same_time_go_to_as_many_people_in_line(member):
    event, officer, newcomer = two_places(), UserFactory(), member("newcomer")
    first, second, *_others = [
        registration.register(event, member(f"member{number}"), "on-site") for number in range(6)
    ]

    problems = at_once(
        lambda: registration.withdraw(first),
        lambda: registration.remove(second, "The room is small", by=officer),
        lambda: registration.change_capacity(event, {"on-site": 3}, by=officer),
        lambda: registration.register(event, newcomer, "on-site"),
    )

    assert problems == []
    assert standing(event) == [
        (1, RegState.WITHDRAWN),
        (2, RegState.CANCELLED),
        (3, RegState.CONFIRMED),
        (4, RegState.CONFIRMED),
        (5, RegState.CONFIRMED),
        (6, RegState.WAITING),
        (7, RegState.WAITING),
    ]


def test_two_people_who_swap_modes_at_once_do_not_block_each_other(member):
    event = LearningEventPageFactory(mode="hybrid")
    one = registration.register(event, member("One"), "on-site")
    two = registration.register(event, member("Two"), "online")

    problems = at_once(
        lambda: registration.change_mode(one, "online"), lambda: registration.change_mode(two, "on-site")
    )

    assert problems == []
    assert list(event.registrations.order_by("pk").values_list("mode", "state")) == [
        ("online", RegState.CONFIRMED),
        ("on-site", RegState.CONFIRMED),
    ]


def test_a_storm_of_guests_and_members_fills_the_places_and_no_more(guest, member, letter_left):
    event, officer = LearningEventPageFactory(), UserFactory()
    registration.change_capacity(event, {"on-site": 6}, by=None)
    leaver = registration.register(event, member("leaver"), "on-site")
    late, in_time = (registration.register(event, guest(name), "on-site") for name in ("late", "early"))
    letter_left(late, minutes_ago=31)
    members = [member(f"member{number}") for number in range(5)]

    problems = at_once(
        *[lambda person=person: registration.register(event, person, "on-site") for person in members],
        *[
            lambda number=number: registration.register(event, guest(f"guest{number}"), "on-site")
            for number in range(4)
        ],
        lambda: registration.confirm(in_time),
        lambda: registration.confirm(late),
        lambda: registration.release_expired_holds(),
        lambda: registration.withdraw(leaver),
        lambda: registration.change_capacity(event, {"on-site": 7}, by=officer),
    )

    rows = standing(event)
    waiting = [number for number, state in rows if state == RegState.WAITING]
    taken = [number for number, state in rows if state in (RegState.CONFIRMED, RegState.HELD)]
    assert problems == []
    assert len(rows) == len({number for number, _state in rows}) == 12
    # Nobody waits while a place is free, and there are never more than two holds for six or seven places.
    assert len(taken) <= 7 and (not waiting or len(taken) == 7)
    assert [state for _number, state in rows].count(RegState.HELD) <= 2


def test_a_guest_who_confirms_while_the_hold_runs_out_has_one_registration_and_one_place(
    guest, member, letter_left
):
    event = LearningEventPageFactory()
    registration.change_capacity(event, {"on-site": 1}, by=None)
    carla = registration.register(event, guest("Carla"), "on-site")
    letter_left(carla, minutes_ago=31)
    aino = member("Aino")

    problems = at_once(
        *[lambda: registration.confirm(carla)] * 3,
        *[lambda: registration.release_expired_holds()] * 3,
        lambda: registration.register(event, aino, "on-site"),
    )

    states = [state for _number, state in standing(event)]
    assert problems == []
    assert sorted(states) == [RegState.CONFIRMED, RegState.WAITING]
