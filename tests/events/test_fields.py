"""Moments are typed on the clocks of the place, also where those change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from events.fields import MomentField

ATHENS, LISBON = ZoneInfo("Europe/Athens"), ZoneInfo("Europe/Lisbon")


def utc(*numbers):
    return datetime(*numbers, tzinfo=UTC)


def refusal(text, zone):
    with pytest.raises(ValidationError) as refused:
        MomentField(zone=zone).clean(text)
    return refused.value.messages


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2027-07-10 09:30", ATHENS, utc(2027, 7, 10, 6, 30)),
        ("2027-07-10T09:30", ATHENS, utc(2027, 7, 10, 6, 30)),
        (" 2027-07-10\u00a0 09:30\u200b", ATHENS, utc(2027, 7, 10, 6, 30)),
        ("10.07.2027 09:30", ATHENS, utc(2027, 7, 10, 6, 30)),
        ("2027-07-10 09:30 eest", ATHENS, utc(2027, 7, 10, 6, 30)),
        # The site's own clocks leave this hour out; those of Athens do not.
        ("2027-03-28 02:30", ATHENS, utc(2027, 3, 28, 0, 30)),
        # ... and the site's have this one twice, those of Lisbon once.
        ("2027-10-31 02:30", LISBON, utc(2027, 10, 31, 2, 30)),
        ("2027-10-31 03:30 EEST", ATHENS, utc(2027, 10, 31, 0, 30)),
        ("2027-10-31 03:30 EET", ATHENS, utc(2027, 10, 31, 1, 30)),
        ("2027-10-31 03:30 +02:00", ATHENS, utc(2027, 10, 31, 1, 30)),
        ("2027-10-31 03:30+03:00", ATHENS, utc(2027, 10, 31, 0, 30)),
        ("", ATHENS, None),
    ],
)
def test_a_moment_is_read_on_the_clocks_of_the_place(text, zone, moment):
    assert MomentField(zone=zone, required=False).clean(text) == moment


def test_an_hour_that_never_comes_is_refused_with_the_hours_beside_it():
    assert refusal("2027-03-28 03:30", ATHENS) == [
        "There is no 03:30 on 28 March 2027 in Europe/Athens: the clocks are put forward over it. "
        "Write “2027-03-28 02:30 EET” for the time before, or “2027-03-28 04:30 EEST” for the time after."
    ]


def test_of_an_hour_that_comes_twice_one_is_to_be_chosen():
    assert refusal("2027-10-31 01:30", LISBON) == [
        "01:30 on 31 October 2027 comes twice in Europe/Lisbon: the clocks are put back. "
        "Write “2027-10-31 01:30 WEST” for the first, or “2027-10-31 01:30 WET” for the second."
    ]


def test_where_zones_have_no_names_the_distance_from_utc_tells():
    assert refusal("2026-02-15 02:30", ZoneInfo("Africa/Casablanca")) == [
        "02:30 on 15 February 2026 comes twice in Africa/Casablanca: the clocks are put back. "
        "Write “2026-02-15 02:30+01:00” for the first, or “2026-02-15 02:30+00:00” for the second."
    ]


def test_what_the_refusal_offers_is_taken_and_shown_again_as_it_was_typed():
    field = MomentField(zone=ATHENS)
    offered = ["2027-10-31 03:30 EEST", "2027-10-31 03:30 EET", "2027-03-28 02:30", "2027-03-28 04:30"]

    shown = [field.prepare_value(field.clean(text)) for text in offered]

    assert shown == offered
    assert not field.has_changed(field.clean(offered[1]), offered[1])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "Write day and hour as 2027-03-28 09:30."),
        ("2027-02-30 09:30", "Write day and hour as 2027-03-28 09:30."),
        ("03/04/2027 09:30", "Write day and hour as 2027-03-28 09:30."),
        ("0001-01-01 00:00", "Write a year from 2000 to 2100."),
        ("9999-12-31 23:59", "Write a year from 2000 to 2100."),
        ("0001-01-01T00:00+14:00", "Write a year from 2000 to 2100."),
        (
            "2027-07-10 09:30 EET",
            "“EET” is not what the clocks in Europe/Athens show then. Write “2027-07-10 09:30 EEST”.",
        ),
    ],
)
def test_what_is_no_moment_is_refused_in_words(text, sentence):
    assert refusal(text, ATHENS) == [sentence]
