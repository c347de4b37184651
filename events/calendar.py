"""Events as iCalendar objects (RFC 5545): with the IANA zone and its rules, and never with a join link."""

from datetime import UTC, time, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from events.wording import address_path
from events.zone_rules import zone_rules
from language.typed import as_line, as_prose
from network.addresses import full_address

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
MIDNIGHT = time(0)
# How people write the end of a day.
ENDS_OF_A_DAY = (MIDNIGHT, time(23, 59))


def entry(event, *, method=PUBLISH, sequence=0, attendee="", is_cancelled=False, now=None):
    """The event as one calendar file; `attendee` is the e-mail address an invitation goes to."""
    calendar = empty(method)
    add(calendar, [component(event, sequence, attendee, is_cancelled, now)])
    return calendar.to_ical().decode()


def feed(events, name, *, now=None):
    """Several (event, sequence, is_cancelled) as one calendar to subscribe to."""
    calendar = empty(PUBLISH)
    calendar.add("x-wr-calname", name)
    entries = (component(event, sequence, "", cancelled, now) for event, sequence, cancelled in events)
    add(calendar, list(entries))
    return calendar.to_ical().decode()


def empty(method):
    calendar = Calendar()
    calendar.add("prodid", "-//Adit//Learning events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def add(calendar, entries):
    """Add the entries, and before them each zone that they name, for all years in which they are there."""
    years = {}
    for moment in (entry[end] for entry in entries for end in ("dtstart", "dtend")):
        # Whole days and times in UTC name no zone.
        if zone := moment.params.get("TZID"):
            years.setdefault(zone, []).append(moment.dt.year)
    for zone, there in sorted(years.items()):
        calendar.add_component(zone_rules(zone, min(there), max(there)))
    for entry in entries:
        calendar.add_component(entry)


def is_whole_days(event):
    """Whether it takes whole days on the clocks of its place, from midnight to the end of a day."""
    return event.local_start.time() == MIDNIGHT and event.local_end.time() in ENDS_OF_A_DAY


def component(event, sequence, attendee, is_cancelled, now):
    """One VEVENT. Its UID never changes, so that a calendar replaces the entry instead of adding one."""
    item = Event()
    item.add("uid", f"{event.permanent_id}@adit")
    item.add("dtstamp", now or timezone.now())
    item.add("sequence", sequence)
    if is_whole_days(event):
        # Days have no zone and no hours; the end is the day after the last one.
        item.add("dtstart", event.local_start.date())
        item.add("dtend", event.last_day + timedelta(days=1))
    else:
        item.add("dtstart", event.local_start)
        item.add("dtend", event.local_end)
    item.add("summary", as_line(event.title))
    item.add("description", as_prose(event.summary))
    item.add("location", as_line(location(event)))
    item.add("url", address(event))
    item.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    item.add("organizer", organiser(event))
    if attendee:
        guest = vCalAddress(f"MAILTO:{attendee}")
        guest.params["PARTSTAT"] = vText("ACCEPTED")
        guest.params["RSVP"] = vText("FALSE")
        item.add("attendee", guest, encode=0)
    return item


def organiser(event):
    """Whom to ask: the contact of the event in the name of its organisation, or else the site."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if event.contact:
        name = event.organisation.name if event.organisation else ""
    asked = vCalAddress(f"MAILTO:{event.contact or address}")
    asked.params["CN"] = vText(as_line(name.replace('"', "'")) or settings.WAGTAIL_SITE_NAME)
    return asked


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
            *(moment.astimezone(UTC).isoformat() for moment in (event.start, event.end) if moment),
            event.timezone,
            event.mode,
            event.venue,
            event.address,
            event.city,
        ]
    )
