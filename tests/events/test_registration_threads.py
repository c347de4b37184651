"""The line holds when people arrive in the same moment: on SQLite in a file, and on PostgreSQL."""

import threading

import pytest
from django.db import connection, connections

from events import registration
from events.choices import RegState
from events.models import LearningEventPage, Registration
from tests.factories import LearningEventPageFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run the jobs in threads that start together, each with its own connection; return what they raised."""
    barrier, problems = threading.Barrier(len(jobs)), []

    def work(job):
        try:
            barrier.wait(timeout=30)
            job()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return problems


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


def twelve_for_two(guest):
    """What went wrong when twelve registered at once for two places, and who stands where."""
    event = two_places()

    problems = at_once(
        *[
            lambda number=number: registration.register(
                LearningEventPage.objects.get(pk=event.pk), guest(f"guest{number}"), "on-site"
            )
            for number in range(12)
        ]
    )

    return problems, standing(event)


def test_of_twelve_people_for_two_places_two_get_them_and_ten_wait_in_order(guest):
    assert twelve_for_two(guest) == ([], TWO_IN_TEN_WAIT)


@pytest.mark.postgresql
def test_the_lock_of_postgresql_holds_the_line_too(guest):
    assert connection.features.has_select_for_update

    assert twelve_for_two(guest) == ([], TWO_IN_TEN_WAIT)


def test_one_person_who_registers_in_six_windows_at_once_has_one_place(guest):
    event = two_places()

    problems = at_once(*[lambda: registration.register(event, guest("Carla"), "on-site")] * 6)

    assert problems == []
    assert standing(event) == [(1, RegState.CONFIRMED)]


def test_places_freed_at_the_same_time_go_to_as_many_people_in_line(guest):
    event, officer = two_places(), UserFactory()
    first, second, *_others = [
        registration.register(event, guest(f"guest{number}"), "on-site") for number in range(6)
    ]

    problems = at_once(
        lambda: registration.withdraw(first),
        lambda: registration.remove(second, "The room is small", by=officer),
        lambda: registration.change_capacity(event, {"on-site": 3}, by=officer),
        lambda: registration.register(event, guest("newcomer"), "on-site"),
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


def test_two_people_who_swap_modes_at_once_do_not_block_each_other(guest):
    event = LearningEventPageFactory(mode="hybrid")
    one = registration.register(event, guest("One"), "on-site")
    two = registration.register(event, guest("Two"), "online")

    problems = at_once(
        lambda: registration.change_mode(one, "online"), lambda: registration.change_mode(two, "on-site")
    )

    assert problems == []
    assert list(event.registrations.order_by("pk").values_list("mode", "state")) == [
        ("online", RegState.CONFIRMED),
        ("on-site", RegState.CONFIRMED),
    ]
