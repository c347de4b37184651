"""Events as iCalendar objects (RFC 5545): with the IANA zone and its rules, and never with a join link."""

from datetime import UTC
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from events.wording import address_path
from network.addresses import full_address

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def entry(event, *, method=PUBLISH, sequence=0, attendee="", is_cancelled=False, now=None):
    """The event as one calendar file; `attendee` is the e-mail address an invitation goes to."""
    calendar = empty(method)
    calendar.add_component(component(event, sequence, attendee, is_cancelled, now))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def feed(events, name, *, now=None):
    """Several (event, sequence, is_cancelled) as one calendar to subscribe to."""
    calendar = empty(PUBLISH)
    calendar.add("x-wr-calname", name)
    for event, sequence, is_cancelled in events:
        calendar.add_component(component(event, sequence, "", is_cancelled, now))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def empty(method):
    calendar = Calendar()
    calendar.add("prodid", "-//Adit//Learning events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def component(event, sequence, attendee, is_cancelled, now):
    """One VEVENT. Its UID never changes, so that a calendar replaces the entry instead of adding one."""
    item = Event()
    item.add("uid", f"{event.permanent_id}@adit")
    item.add("dtstamp", now or timezone.now())
    item.add("sequence", sequence)
    item.add("dtstart", event.local_start)
    item.add("dtend", event.local_end)
    item.add("summary", event.title)
    item.add("description", event.summary)
    item.add("location", location(event))
    item.add("url", address(event))
    item.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if attendee:
        organiser = vCalAddress(f"MAILTO:{event.contact or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
        item.add("organizer", organiser)
        guest = vCalAddress(f"MAILTO:{attendee}")
        guest.params["PARTSTAT"] = vText("ACCEPTED")
        guest.params["RSVP"] = vText("FALSE")
        item.add("attendee", guest, encode=0)
    return item


def location(event):
    """Where people meet, in one line."""
    parts = [event.venue, event.address, event.city] if event.is_on_site else [event.get_mode_display()]
    return ", ".join(part for part in parts if part)


def address(event):
    """The full address of the event's public page."""
    return full_address(address_path(event))


def announced_facts(event):
    """Time and place in one text. When it changes, people's calendars must change."""
    return "\n".join(
        [
            event.start.astimezone(UTC).isoformat(),
            event.end.astimezone(UTC).isoformat(),
            event.timezone,
            event.mode,
            event.venue,
            event.address,
            event.city,
        ]
    )
