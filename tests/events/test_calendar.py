from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from events import calendar, registration
from events.models import EventStatus, JoinLink
from network.models import Letter
from tests.factories import LearningEventPageFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def an_event(month, zone, **about):
    return LearningEventPageFactory(
        start=datetime(2027, month, 10, 8, 30, tzinfo=UTC),
        end=datetime(2027, month, 10, 10, 0, tzinfo=UTC),
        timezone=zone,
        **about,
    )


def parsed(text):
    return Calendar.from_ical(text)


def offsets(text):
    """When the one event begins on local clocks, its zone, and that zone's offset by the file's own rules."""
    file = parsed(text)
    start = file.walk("VEVENT")[0]["dtstart"]
    names = [str(zone["tzid"]) for zone in file.walk("VTIMEZONE")]
    return start.dt.strftime("%H:%M"), start.params["TZID"], names, str(start.dt.utcoffset())


@pytest.mark.parametrize(
    ("month", "zone", "begins", "offset"),
    [
        (1, "Europe/Athens", "10:30", "2:00:00"),
        (7, "Europe/Athens", "11:30", "3:00:00"),
        (1, "Europe/Lisbon", "08:30", "0:00:00"),
        (7, "Europe/Lisbon", "09:30", "1:00:00"),
    ],
)
def test_the_file_holds_local_time_with_the_zone_and_its_rules(month, zone, begins, offset):
    event = an_event(month, zone)

    assert offsets(calendar.entry(event)) == (begins, zone, [zone], offset)


def test_an_invitation_names_event_place_and_person_in_any_script():
    event = an_event(
        7,
        "Europe/Sofia",
        title="Рекултивация на хвостохранилища",
        city="Перник",
        venue="Музей на минното дело",
    )

    file = parsed(calendar.entry(event, method="REQUEST", sequence=3, attendee="eleni@example.org"))

    item = file.walk("VEVENT")[0]
    facts = {
        name: str(item[name]) for name in ("uid", "summary", "location", "sequence", "attendee", "status")
    }
    assert (str(file["method"]), facts) == (
        "REQUEST",
        {
            "uid": f"{event.permanent_id}@adit",
            "summary": "Рекултивация на хвостохранилища",
            "location": "Музей на минното дело, Перник",
            "sequence": "3",
            "attendee": "MAILTO:eleni@example.org",
            "status": "CONFIRMED",
        },
    )


def test_a_new_time_raises_the_sequence_and_writes_to_everybody_and_a_typo_does_not(member):
    event = LearningEventPageFactory(city="Freiberg")
    registration.announce(event)
    registration.change_capacity(event, {"on-site": 1}, by=None)
    for name in ["Aino", "Bruno"]:
        registration.register(event, member(name), "on-site")
    Letter.objects.all().delete()

    event.summary = "Two days on one question."
    event.save_revision().publish()
    after_typo = EventStatus.objects.get().calendar_sequence, Letter.objects.count()
    event.city = "Kiruna"
    event.save_revision().publish()

    assert after_typo == (0, 0)
    assert EventStatus.objects.get().calendar_sequence == 1
    letters = list(Letter.objects.order_by("pk").values_list("to", "calendar_method"))
    assert letters == [("aino@example.org", "REQUEST"), ("bruno@example.org", "")]
    entry = parsed(Letter.objects.get(to="aino@example.org").calendar).walk("VEVENT")[0]
    assert (str(entry["uid"]), int(entry["sequence"]), str(entry["location"])) == (
        f"{event.permanent_id}@adit",
        2,
        "Kiruna",
    )


def test_each_entry_somebody_gets_is_newer_than_the_one_before(member):
    event, aino = LearningEventPageFactory(), member("Aino")

    registration.withdraw(registration.register(event, aino, "on-site"))
    registration.remove(registration.register(event, aino, "on-site"), "The room is small", by=None)
    registration.register(event, aino, "on-site")
    registration.cancel_event(event, "Storm", by=None)

    entries = [
        (method, int(parsed(text).walk("VEVENT")[0]["sequence"]))
        for method, text in Letter.objects.order_by("pk").values_list("calendar_method", "calendar")
    ]
    # Calling the event off is a change of the event and of the place.
    assert entries == [
        ("REQUEST", 1),
        ("CANCEL", 2),
        ("REQUEST", 3),
        ("CANCEL", 4),
        ("REQUEST", 5),
        ("CANCEL", 7),
    ]


def test_who_withdraws_gets_the_entry_taken_out_of_the_calendar(member):
    event = LearningEventPageFactory()
    aino = registration.register(event, member("Aino"), "on-site")

    registration.withdraw(aino)

    letter = Letter.objects.order_by("pk").last()
    file = parsed(letter.calendar)
    item = file.walk("VEVENT")[0]
    assert (letter.calendar_method, str(file["method"]), str(item["status"]), str(item["uid"])) == (
        "CANCEL",
        "CANCEL",
        "CANCELLED",
        f"{event.permanent_id}@adit",
    )


def test_one_event_and_the_feed_are_calendar_files(client):
    event = an_event(7, "Europe/Athens", title="Mine water", slug="mine-water", mode="online")
    JoinLink.objects.create(event=event, url="https://meet.example.org/secret-room")
    LearningEventPageFactory(days=-3)
    LearningEventPageFactory(live=False)

    one, feed = client.get("/events/mine-water/event.ics"), client.get("/events/calendar.ics")

    for answer in (one, feed):
        text = answer.content.decode()
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert [str(item["summary"]) for item in parsed(text).walk("VEVENT")] == ["Mine water"]
        assert "secret-room" not in text


def test_a_draft_has_no_calendar_file(client):
    LearningEventPageFactory(live=False, slug="draft")

    assert client.get("/events/draft/event.ics").status_code == 404


def ends(text):
    """When the one event begins and ends, as the file writes it."""
    item = parsed(text).walk("VEVENT")[0]
    return item["dtstart"].dt, item["dtend"].dt


def local_event(first, last, zone="Europe/Athens", **about):
    """An event from one time to another on the clocks of its place."""
    where = ZoneInfo(zone)
    return LearningEventPageFactory(
        start=first.replace(tzinfo=where), end=last.replace(tzinfo=where), timezone=zone, **about
    )


def at(day, hour=0, minute=0):
    return datetime(2027, 3, day, hour, minute)  # noqa: DTZ001 - on the clocks of the place


@pytest.mark.parametrize(
    ("last", "end"),
    [(at(11), date(2027, 3, 11)), (at(10, 23, 59), date(2027, 3, 11)), (at(13), date(2027, 3, 13))],
)
def test_an_event_from_midnight_to_the_end_of_a_day_takes_whole_days(last, end):
    text = calendar.entry(local_event(at(10), last))

    assert ends(text) == (date(2027, 3, 10), end)
    assert "DTSTART;VALUE=DATE:20270310" in text
    # Days have no zone.
    assert "VTIMEZONE" not in text


@pytest.mark.parametrize(
    ("first", "last"), [(at(10, 9), at(11)), (at(10), at(10, 18)), (at(10, 9), at(11, 9))]
)
def test_an_event_with_hours_keeps_them(first, last):
    begins, ended = ends(calendar.entry(local_event(first, last)))

    assert (begins.replace(tzinfo=None), ended.replace(tzinfo=None)) == (first, last)


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
@pytest.mark.parametrize(
    ("about", "name", "address"),
    [
        ({}, "Adit", "adit@localhost"),
        ({"contact": "events@example.org"}, "Adit", "events@example.org"),
    ],
)
def test_every_file_names_whom_to_ask(method, about, name, address, settings):
    settings.DEFAULT_FROM_EMAIL = "Adit <adit@localhost>"
    attendee = "" if method == "PUBLISH" else "aino@example.org"

    item = parsed(calendar.entry(an_event(7, "Europe/Athens", **about), method=method, attendee=attendee))

    organiser = item.walk("VEVENT")[0]["organizer"]
    assert (str(organiser), organiser.params["CN"]) == (f"MAILTO:{address}", name)


def test_whom_to_ask_is_called_as_the_organisation_of_the_event():
    owner = OrganisationFactory(name='Община "Перник"; бюро, архив: 1')

    text = calendar.entry(an_event(7, "Europe/Sofia", organisation=owner, contact="a@example.org"))

    organiser = parsed(text).walk("VEVENT")[0]["organizer"]
    assert organiser.params["CN"] == "Община 'Перник'; бюро, архив: 1"


def test_lines_are_folded_and_no_sign_ends_a_text():
    title = "Ü" * 90 + ', a; b\\c: "d"'
    event = an_event(7, "Europe/Athens", title=title, summary="One\r\ntwo\x0b\u200b three" + "😀" * 40)

    text = calendar.entry(event)

    item = parsed(text).walk("VEVENT")[0]
    assert max(len(line) for line in text.encode().split(b"\r\n")) <= 75
    assert (str(item["summary"]), str(item["description"])) == (title, "One\ntwo\n three" + "😀" * 40)
    assert text.replace("\r\n", "").isprintable()


def test_a_feed_describes_each_zone_once_before_its_events(client):
    for zone in ("Europe/Athens", "Europe/Lisbon", "Europe/Athens"):
        an_event(7, zone)

    text = client.get("/events/calendar.ics").content.decode()

    parts = [line for line in text.splitlines() if line.startswith(("TZID:", "BEGIN:VEVENT"))]
    assert parts == ["TZID:Europe/Athens", "TZID:Europe/Lisbon", *["BEGIN:VEVENT"] * 3]


def test_a_feed_of_five_costs_as_many_queries_as_one(client, django_assert_num_queries):
    def events(number):
        for _ in range(number):
            an_event(7, "Europe/Athens", organisation=OrganisationFactory())

    events(1)
    with CaptureQueriesContext(connection) as for_one:
        client.get("/events/calendar.ics")
    events(4)

    with django_assert_num_queries(len(for_one)):
        client.get("/events/calendar.ics")


def test_a_file_of_an_event_in_any_script_has_a_name_that_every_system_shows(client):
    LearningEventPageFactory(slug="семинар")

    response = client.get("/events/семинар/event.ics")

    assert response["Content-Disposition"] == (
        "attachment; filename=\"event.ics\"; filename*=UTF-8''%D1%81%D0%B5%D0%BC%D0%B8%D0%BD%D0%B0%D1%80.ics"
    )
