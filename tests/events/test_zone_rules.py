"""Time zones in calendar files, read back by dateutil (not by the library that writes them)."""

import io
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from events.zone_rules import zone_rules

NINE = [
    "Europe/Lisbon",
    "Atlantic/Azores",
    "Europe/Helsinki",
    "Europe/Athens",
    "Europe/Brussels",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Atlantic/Canary",
    "Europe/London",
]
# Without summer time, changed by other rules, off the full hour, or by none that can be written as one.
OTHERS = ["UTC", "Africa/Tunis", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Nuuk"]
IRREGULAR = "Africa/Casablanca"
HALF_HOUR = timedelta(minutes=30)


def text_of(name, first, last):
    return zone_rules(name, first, last).to_ical().decode()


def read_back(name, first, last):
    return tzical(io.StringIO(text_of(name, first, last))).get(name)


def change_days(name, year):
    """The days of a year on which the clock is changed, and the first and last of it."""
    zone, days = ZoneInfo(name), [datetime(year, 1, 1, tzinfo=UTC), datetime(year, 7, 1, tzinfo=UTC)]
    for number in range(365):
        day = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=number)
        if day.astimezone(zone).utcoffset() != (day + timedelta(days=1)).astimezone(zone).utcoffset():
            days.append(day)
    return [*days, datetime(year, 12, 31, tzinfo=UTC)]


def differences(name, year, first=None, last=None):
    """The moments, every half hour of the days that count, at which the file's zone is not the real one."""
    zone, read = ZoneInfo(name), read_back(name, first or year, last or year)
    moments = [
        day + number * HALF_HOUR
        for day in change_days(name, year)
        # A day on from both sides: the day of the place is not that of Greenwich.
        for number in range(-48, 96)
    ]
    return [
        moment
        for moment in moments
        if moment.astimezone(read).replace(tzinfo=None) != moment.astimezone(zone).replace(tzinfo=None)
    ]


@pytest.mark.parametrize("year", [2026, 2027, 2030])
@pytest.mark.parametrize("name", NINE)
def test_the_zone_of_a_file_is_the_real_one_at_both_changes_of_the_clock(name, year):
    assert differences(name, year) == []


@pytest.mark.parametrize("name", OTHERS)
def test_so_are_zones_with_other_rules_or_none(name):
    assert differences(name, 2027) == []


def test_so_is_a_zone_that_keeps_to_no_rule():
    assert differences(IRREGULAR, 2027) == []


@pytest.mark.parametrize("year", [2014, 2015, 2016, 2017])
def test_istanbul_is_right_before_and_after_it_gave_up_winter_time(year):
    assert differences("Europe/Istanbul", year) == []


def test_events_of_many_years_share_one_zone():
    assert [differences("Europe/Istanbul", year, 2013, 2027) for year in range(2013, 2028)] == [[]] * 15


def test_what_follows_later_follows_the_same_rule():
    assert [differences(name, 2036, 2027, 2027) for name in NINE] == [[]] * 9


@pytest.mark.parametrize("name", sorted(set(NINE) - {"Europe/Istanbul"}))
def test_the_zone_is_two_rules_and_no_list_of_dates(name):
    text = text_of(name, 2027, 2027)

    assert text.count("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=") == 2
    assert [word for word in ("RDATE", "UNTIL", "COMMENT") if word in text] == []
    assert text.count("BEGIN:DAYLIGHT") == text.count("BEGIN:STANDARD") == 1


@pytest.mark.parametrize(
    ("name", "summer", "winter"),
    [
        ("Europe/Lisbon", "20260329T010000", "20261025T020000"),
        ("Atlantic/Azores", "20260329T000000", "20261025T010000"),
        ("Europe/Brussels", "20260329T020000", "20261025T030000"),
        ("Europe/Athens", "20260329T030000", "20261025T040000"),
    ],
)
def test_a_change_begins_when_the_clock_shows_the_time_before_it(name, summer, winter):
    text = text_of(name, 2027, 2027)

    assert re.findall(r"BEGIN:(\w+)\s+DTSTART:(\w+)", text) == [("DAYLIGHT", summer), ("STANDARD", winter)]


def test_a_zone_without_summer_time_is_one_line_for_always():
    assert text_of("Europe/Istanbul", 2027, 2027).splitlines() == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Istanbul",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:+03",
        "TZOFFSETFROM:+0300",
        "TZOFFSETTO:+0300",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
