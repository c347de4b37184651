"""Events in words: dates on the clocks of the place, where, and what can be said about places in one line."""

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.choices import EventState, RegState
from network.addresses import page_path
from regions.choices import Language

# From this many free places on the list says how many are left.
FEW = 10


def address_path(event):
    """The path of the event's public page, without asking the database."""
    return page_path(event)


def dates(event, *, month="F", with_year=True):
    """The day or days: 16 December 2026, 10–11 December 2026, 30 November – 2 December 2026."""
    days = known_days(event)
    if not days:
        return _("Date not set yet")
    first, last = days[0], days[-1]
    year = " Y" if with_year else ""
    if first == last:
        return date_format(last, f"j {month}{year}")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–" + date_format(last, f"j {month}{year}")
    return f"{day(first, month, first.year != last.year)} – " + date_format(last, f"j {month}{year}")


def day(moment, month="F", with_year=False):
    return date_format(moment, f"j {month} Y" if with_year else f"j {month}")


def times(event):
    """The hours with the zone: 10:00–11:00 CET, or Thu 09:30 to Fri 15:00 CET. The zone stands at both ends
    where the clocks change in between: Sat 09:30 WET to Sun 15:00 WEST."""
    if not event.is_dated:
        return "".join(date_format(moment, "H:i T") for moment in known_moments(event))
    start, end = event.local_start, event.local_end
    zone = "" if start.tzname() == end.tzname() else " T"
    if start.date() != event.last_day:
        ends = {"from": date_format(start, f"D H:i{zone}"), "to": date_format(end, "D H:i T")}
        return _("%(from)s to %(to)s") % ends
    if zone:
        return f"{date_format(start, 'H:i T')} – {date_format(end, 'H:i T')}"
    return f"{date_format(start, 'H:i')}–{date_format(end, 'H:i T')}"


def known_moments(event):
    """Beginning and end on the clocks of the place, as far as a draft says them."""
    return [moment for moment in (event.local_start, event.local_end) if moment]


def known_days(event):
    """The first day and the last, likewise."""
    return [day for day in (event.local_start and event.local_start.date(), event.last_day) if day]


def when(event, *, with_year=True):
    """Date and, for an event of one day, its hours."""
    if len(set(known_days(event))) == 1:
        return f"{dates(event, with_year=with_year)}, {times(event)}"
    return dates(event, with_year=with_year)


def in_full(event):
    """Dates and hours, also of an event of several days."""
    return ", ".join(filter(None, [dates(event), times(event)]))


def moment(value, event):
    """A moment on the clocks of the place: 3 December 2026, 23:59 CET."""
    return date_format(value.astimezone(event.zone), "j F Y, H:i T")


def clock(value, event):
    """A time of today on the clocks of the place: 14:32 CET."""
    return date_format(value.astimezone(event.zone), "H:i T")


def where(event):
    """The town, and whether one can also join online."""
    if not event.is_on_site:
        return _("Online")
    if event.mode == "hybrid":
        return _("%(place)s, and online") % {"place": event.city or event.venue or _("On site")}
    return event.city or event.venue or _("On site")


def languages(event):
    """The languages by their English-page names, such as Deutsch, English."""
    return ", ".join(Language(code).label for code in event.languages if code in Language.values)


def row(event, situation=None, *, with_year=True):
    """The event as components/event_row.html takes it."""
    return {
        "url": address_path(event),
        "title": event.title,
        "day": event.local_start.day,
        "month": date_format(event.local_start, "M"),
        "meta": f"{event.get_event_kind_display()} · {where(event)}",
        "when": ", ".join(filter(None, [when(event, with_year=with_year), languages(event)])),
        "places": places(event, situation) if situation else None,
    }


def places(event, situation):
    """What can be said about places in a list: badge state, label and a note."""
    closes = _("Closes %(day)s") % {"day": day(event.registration_ends.astimezone(event.zone))}
    state, left = situation.state, situation.left
    label, note = EventState(state).label, ""
    if state == EventState.OPEN and (few := few_left(situation)):
        return {"state": "warn", "label": few, "note": closes}
    if state == EventState.OPEN:
        label, note = _("Open"), closes if left is not None or event.registration_closes else _("No limit")
    elif state == EventState.FULL:
        note = ngettext(
            "Waiting list: %(number)s person", "Waiting list: %(number)s people", situation.waiting
        ) % {"number": situation.waiting}
    elif state == EventState.OPENS_LATER:
        label = _("Opens %(day)s") % {"day": day(event.registration_opens.astimezone(event.zone))}
        if left is not None:
            note = ngettext("%(number)s place", "%(number)s places", left) % {"number": left}
    return {"state": BADGES[state], "label": label, "note": note}


def seats(places):
    """How many places are left in one way of taking part, for somebody who has none."""
    if places.is_full:
        return _("Full: join the waiting list, you would be number %(number)s") % {
            "number": places.waiting + 1
        }
    if places.left is None:
        return _("No limit")
    return ngettext(
        "%(left)s of %(capacity)s place left", "%(left)s of %(capacity)s places left", places.capacity
    ) % {"left": places.left, "capacity": places.capacity}


def few_left(situation):
    """How many places are left once they are few: in all, or in one way while others are open."""
    if situation.left is not None and situation.left <= FEW:
        number = situation.left
        return ngettext("%(number)s place left", "%(number)s places left", number) % {"number": number}
    for one in situation.places:
        if one.left == 0:
            return _("Full: %(mode)s") % {"mode": one.label.lower()}
        if one.left is not None and one.left <= FEW:
            text = ngettext("%(number)s place left %(mode)s", "%(number)s places left %(mode)s", one.left)
            return text % {"number": one.left, "mode": one.label.lower()}
    return ""


BADGES = {
    EventState.DRAFT: "none",
    EventState.OPENS_LATER: "due",
    EventState.OPEN: "ok",
    EventState.FULL: "bad",
    EventState.CLOSED: "none",
    EventState.CANCELLED: "bad",
    EventState.FINISHED: "none",
}

PLACE_BADGES = {
    RegState.HELD: "due",
    RegState.ASKED: "none",
    RegState.CONFIRMED: "ok",
    RegState.WAITING: "due",
    RegState.WITHDRAWN: "none",
    RegState.CANCELLED: "bad",
}
