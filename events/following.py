"""What a page that shows events follows besides the content, and until when it reads like this."""

from events import moments
from events.queries import ends_of_holds
from network import kept
from network.content_version import seats_of


def follow_seats(events):
    """Say that the page being drawn shows the places at these events. To be said before they are read."""
    kept.follows(*(seats_of(event.pk) for event in events if event.pk))


def until_next(events, situations, now):
    """Say until when the page being drawn can say of these events and their places what it says now."""
    with_holds = [event for event in events if any(places.held for places in situations[event.pk].places)]
    found = [moment for event in events for moment in moments.of_event(event)]
    kept.until(moments.next_of([*found, *ends_of_holds(with_holds, now)], now))


def until_out(event, materials, now):
    """Say likewise until when the same of the event's papers and recordings is out."""
    kept.until(moments.next_of(moments.of_materials(materials, event.zone), now))
