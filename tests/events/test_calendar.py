from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from events import calendar, registration
from events.models import EventStatus, JoinLink
from network.models import Letter
from tests.factories import LearningEventPageFactory

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
        1,
        "Kiruna",
    )


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
