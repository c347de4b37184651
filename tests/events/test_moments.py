"""A page that shows an event is drawn anew at the moment at which it reads differently by itself."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from events import moments
from events.models import EventMaterial, LearningEventPage

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
LEAST = timedelta(microseconds=1)


def days(number):
    return NOW + timedelta(days=number)


@pytest.fixture
def event():
    return LearningEventPage(
        registration_opens=days(1),
        registration_closes=days(4),
        start=days(5),
        end=days(6),
        timezone="Europe/Athens",
    )


def test_the_next_moment_is_the_first_that_is_still_to_come():
    assert moments.next_of([days(3), None, days(-1), NOW, days(2)], NOW) == days(2)
    assert moments.next_of([days(-1), None], NOW) is None


def test_an_event_reads_the_same_from_one_of_its_moments_to_the_next(event):
    found = sorted({moment for moment in moments.of_event(event) if moment})

    assert found == [days(1), days(4), days(5), days(6)]
    for before, after in pairwise([NOW, *found]):
        assert says(event, before) == says(event, after - LEAST)
        assert says(event, after - LEAST) != says(event, after)


def says(event, now):
    """What pages say of an event by the clock."""
    return (
        now < event.registration_opens,
        event.registration_ends <= now,
        event.has_begun(now),
        event.is_over(now),
    )


def test_an_event_that_names_no_hours_of_registration_changes_as_it_begins_and_ends(event):
    event.registration_opens = event.registration_closes = None

    assert {moment for moment in moments.of_event(event) if moment} == {days(5), days(6)}


def test_a_draft_without_dates_has_no_moments():
    assert moments.next_of(moments.of_event(LearningEventPage()), NOW) is None


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("Europe/Athens", date(2027, 3, 10), datetime(2027, 3, 9, 22, tzinfo=UTC)),
        ("Atlantic/Azores", date(2027, 3, 10), datetime(2027, 3, 10, 1, tzinfo=UTC)),
        # The clocks leave this midnight out, so the day begins at one.
        ("Asia/Beirut", date(2027, 3, 28), datetime(2027, 3, 27, 22, tzinfo=UTC)),
        # Here it comes twice, and the day begins with the first.
        ("Atlantic/Azores", date(2027, 10, 31), datetime(2027, 10, 31, 0, tzinfo=UTC)),
    ],
)
def test_a_paper_is_out_as_its_day_begins_on_the_clocks_of_the_place(zone, day, begins):
    zone = ZoneInfo(zone)
    materials = [EventMaterial(available_from=day), EventMaterial(available_from=None)]

    (moment,) = moments.of_materials(materials, zone)

    assert moment == begins
    assert (moment.astimezone(zone).date(), (moment - LEAST).astimezone(zone).date()) == (
        day,
        day - timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("sent", "changed", "ends"),
    [
        (timedelta(minutes=-10), timedelta(minutes=-11), timedelta(minutes=20)),
        (None, timedelta(minutes=-11), timedelta(minutes=30)),
        (None, timedelta(days=-2, minutes=5), timedelta(minutes=5)),
        (timedelta(0), timedelta(days=-2, minutes=5), timedelta(minutes=5)),
    ],
)
def test_a_place_that_is_held_becomes_free_half_an_hour_after_its_letter_can_have_left(sent, changed, ends):
    sent_at = None if sent is None else NOW + sent

    assert moments.end_of_hold(sent_at, NOW + changed, NOW) == NOW + ends
