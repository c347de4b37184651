"""When what is said about events reads differently by itself: nothing is written, only the clock goes on.

Pure functions. Whoever keeps a page that shows an event draws it anew at the first of these moments.
"""

from datetime import UTC, datetime, time

from events.models.registration import HOLD, LETTERS_ARE_TRIED


def next_of(moments, now):
    """The first of these moments (None among them counts for none) that is still to come; None without."""
    return min((moment for moment in moments if moment and moment > now), default=None)


def of_event(event):
    """When registration opens and ends, and when the event begins and ends."""
    return [event.registration_opens, event.registration_ends, event.start, event.end]


def of_materials(materials, zone):
    """When papers and recordings are out: as their days begin on the clocks of the place."""
    # In UTC: of one zone's moments Python compares only what their clocks show.
    return [
        datetime.combine(material.available_from, time(), tzinfo=zone).astimezone(UTC)
        for material in materials
        if material.available_from
    ]


def end_of_hold(sent_at, changed_at, now):
    """When a place that is held now can become free at the earliest.

    The half hour begins as the letter leaves: one that still waits can leave at once.
    """
    return min((sent_at or now) + HOLD, changed_at + LETTERS_ARE_TRIED)
