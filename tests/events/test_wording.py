"""Dates and hours of events in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from events import registration, wording
from events.models import LearningEventPage
from network.models import Letter
from tests.factories import LearningEventPageFactory

pytestmark = pytest.mark.django_db
ATHENS = ZoneInfo("Europe/Athens")


def event(zone="Europe/Lisbon", start=None, end=None):
    def moment(text):
        return text and datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))

    return LearningEventPage(timezone=zone, start=moment(start), end=moment(end))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2027-03-27T09:30", "2027-03-28T15:00", "Sat 09:30 WET to Sun 15:00 WEST"),
        ("2027-10-30T09:30", "2027-10-31T15:00", "Sat 09:30 WEST to Sun 15:00 WET"),
        ("2027-03-28T00:30", "2027-03-28T03:00", "00:30 WET – 03:00 WEST"),
        ("2027-07-10T09:30", "2027-07-11T15:00", "Sat 09:30 to Sun 15:00 WEST"),
        ("2027-07-10T09:30", "2027-07-10T15:00", "09:30–15:00 WEST"),
    ],
)
def test_the_zone_stands_at_both_ends_where_the_clocks_change_in_between(start, end, hours):
    assert wording.times(event(start=start, end=end)) == hours


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ("Date not set yet", "", "Date not set yet")),
        ("2027-07-10T09:30", None, ("10 July 2027", "09:30 WEST", "10 July 2027, 09:30 WEST")),
        (None, "2027-07-10T15:00", ("10 July 2027", "15:00 WEST", "10 July 2027, 15:00 WEST")),
    ],
)
def test_a_draft_says_as_much_of_its_dates_as_it_has(start, end, words):
    draft = event(start=start, end=end)

    assert (wording.dates(draft), wording.times(draft), wording.when(draft)) == words


def test_letters_name_the_zone_of_the_beginning_and_of_the_end(member):
    lisbon = ZoneInfo("Europe/Lisbon")
    over_the_change = LearningEventPageFactory(
        timezone="Europe/Lisbon",
        start=datetime(2027, 3, 27, 9, 30, tzinfo=lisbon),
        end=datetime(2027, 3, 28, 15, tzinfo=lisbon),
    )

    registration.register(over_the_change, member("Carla"), "on-site")

    text = Letter.objects.get().text
    assert "Begins: Saturday 27 March 2027, 09:30 WET\nEnds: Sunday 28 March 2027, 15:00 WEST\n" in text


@pytest.mark.parametrize(
    ("end", "when"),
    [
        (datetime(2027, 3, 11, 0, 0, tzinfo=ATHENS), "10 March 2027, 18:00–00:00 EET"),
        (datetime(2027, 3, 11, 0, 1, tzinfo=ATHENS), "10–11 March 2027"),
        (datetime(2027, 3, 12, 0, 0, tzinfo=ATHENS), "10–11 March 2027"),
    ],
)
def test_an_event_that_ends_at_midnight_ends_with_the_day_before(end, when):
    start = datetime(2027, 3, 10, 18, 0, tzinfo=ATHENS)
    late = LearningEventPage(start=start, end=end, timezone="Europe/Athens")

    assert wording.when(late) == when
