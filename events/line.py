"""The line at one event: who has a place, who waits, who comes next. All of it under the lock of Places.

The order is strict: while anyone waits, newcomers wait, and every freed place goes to the first in line in
the same transaction that freed it. Only registration.py comes here.
"""

from django.utils.translation import gettext as _

from events import invitations
from events.choices import AttendanceMode, RegState
from events.models import PlaceChange, Places, Registration
from network import content_version
from network.client import scrambled
from network.content_version import seats_of

# More unconfirmed places than these are not held: not for one client, ...
HOLDS_OF_A_CLIENT = 10
# ... and of all places only every third. One may always be held, else nobody could at a small event.
ONE_IN = 3


def lock(event, now):
    """The event's Places rows by mode, held until the transaction ends; rows that are missing are made.

    PostgreSQL locks the rows. SQLite has one writer from the beginning of the transaction (IMMEDIATE). Holds
    that have run out end here, so that whoever has the lock sees the line as it is now. Afterwards pages that
    show places at this event are drawn anew, and no others.
    """
    content_version.rise(seats_of(event.pk))
    for mode in AttendanceMode.values:
        Places.objects.get_or_create(event=event, mode=mode)
    # Always all, in one order: a change of mode needs two, and two changes must not wait for each other.
    rows = Places.objects.select_for_update().filter(event=event).order_by("pk")
    places = {row.mode: row for row in rows}
    over = Registration.objects.held_too_long(now).filter(event=event).order_by("number")
    for registration in (freed := list(over)):
        enter(registration, RegState.ASKED, None, _("Not confirmed in time"), now)
    if freed:
        promote(event, places, None, _("A place that was held became free"), now)
    return places


def lock_with(registration, now):
    """The registration's event, its locked places, and the registration as it is once they are locked."""
    places = lock(registration.event, now)
    fresh = Registration.objects.select_related("event", "participant").get(pk=registration.pk)
    return fresh.event, places, fresh


def at(event, states):
    """The event's registrations in these states, in the order of the line."""
    found = Registration.objects.filter(event=event, state__in=states)
    return list(found.select_related("event", "participant").order_by("number"))


def registrations_in(places):
    return Registration.objects.filter(event=places.event_id, mode=places.mode)


def taken_in(places):
    """How many places people have, or have held for them."""
    return registrations_in(places).with_place().count()


def held_in(places):
    return registrations_in(places).filter(state=RegState.HELD).count()


def first_in_line(places):
    return registrations_in(places).waiting().select_related("event", "participant").first()


def has_free_place(places):
    return places.capacity is None or taken_in(places) < places.capacity


def has_place_for(number, places):
    """Whether who came with this number gets a place: one is free, and nobody before them waits for it."""
    before = registrations_in(places).waiting().filter(number__lt=number)
    return not before.exists() and has_free_place(places)


def may_hold(places, client, now):
    """Whether a place may be held for one more guest of this client (empty: not asked by a client)."""
    if places.capacity is not None and held_in(places) >= max(1, places.capacity // ONE_IN):
        return False
    names = scrambled(client, now)
    return not client or Registration.objects.held(now).filter(client__in=names).count() < HOLDS_OF_A_CLIENT


def next_number(places):
    """A number that nobody at this event in this mode has had."""
    places.last_number += 1
    places.save(update_fields=["last_number"])
    return places.last_number


def hold(registration, places, client, now):
    """Hold a place for a guest if one is free and few enough are held; the letter asks them to confirm."""
    is_held = has_place_for(registration.number, places) and may_hold(places, client, now)
    enter(registration, RegState.HELD if is_held else RegState.ASKED, None, _("Asked for a place"), now)
    letter = invitations.to_confirm(registration)
    if is_held:
        registration.client = scrambled(client, now)[0] if client else ""
        registration.hold_letter = letter
        registration.save(update_fields=["client", "hold_letter"])


def settle(registration, places, was_held, by, cause, now):
    """Give the registration the place that was held for it or is free for its number, else let it wait."""
    has_place = was_held or has_place_for(registration.number, places)
    enter(registration, RegState.CONFIRMED if has_place else RegState.WAITING, by, cause, now)
    invitations.about_place(registration)


def enter(registration, state, by, cause, now):
    """Put the registration into this state and note who did it, when and why."""
    registration.state, registration.changed_at = state, now
    # Who holds nothing any more is no client's hold, and what was typed is known or void.
    registration.client, registration.hold_letter = "", None
    if not registration.is_unconfirmed:
        registration.stated = {}
    registration.save()
    PlaceChange.objects.create(
        registration=registration, at=now, by=by, state=state, mode=registration.mode, cause=cause
    )


def promote(event, places, by, cause, now):
    """Give every free place to the first in its line, until none is free or nobody waits."""
    if event.has_begun(now):
        return  # whoever is in the room by then is admitted by the organiser, not by a letter
    for row in (places[mode] for mode in event.modes_offered):
        while (registration := first_in_line(row)) and has_free_place(row):
            enter(registration, RegState.CONFIRMED, by, cause, now)
            invitations.about_place(registration, promoted=True)
