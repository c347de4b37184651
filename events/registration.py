"""The one door to a place at an event. Everything here happens under the lock of the event's Places rows.

The order of the line is strict: while anyone waits, newcomers wait, and every freed place goes to the first
in line in the same transaction that freed it. Letters are written in that transaction too, so that a change
that fails leaves no letter.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import calendar, invitations
from events.choices import AttendanceMode, EventState, RegState
from events.models import EventStatus, PlaceChange, Places, Registration
from events.participants import describe, participant_for
from events.queries import situation

# The privacy text that the form shows. Change it whenever the words change.
CONSENT_VERSION = "2026-11"
STANDING = (RegState.CONFIRMED, RegState.WAITING)


class Refused(Exception):  # noqa: N818 - it is a refusal, not a fault
    """The change is not possible; the message says why, in words for the person who asked."""


@transaction.atomic
def register(event, person, mode, *, by=None, needs="", shows_name=False, now=None):
    """Give this person a place, or the next number in line, and write them a letter.

    Registering twice is harmless: the place stays as it is and the letter with the link is written again,
    though not more often than every few minutes.
    """
    now = now or timezone.now()
    places = lock(event)
    refuse_unless_open(event, mode, now)
    participant = participant_for(person)
    registration = Registration.objects.filter(event=event, participant=participant).first()
    if registration and registration.state in STANDING:
        if not invitations.wrote_lately(registration, now):
            invitations.about_place(registration)
        return registration

    registration = registration or Registration(event=event, participant=participant)
    registration.mode = mode
    registration.number = next_number(places[mode])
    registration.needs, registration.shows_name = needs, shows_name
    registration.consent_version, registration.cancel_reason = CONSENT_VERSION, ""
    # A newcomer gets a free place only when nobody waits for one.
    state = RegState.CONFIRMED if has_room_for_newcomer(places[mode]) else RegState.WAITING
    enter(registration, state, by, _("Registered"), now)
    invitations.about_place(registration)
    return registration


@transaction.atomic
def withdraw(registration, *, by=None, now=None):
    """Give up the place, or the number in line, on the person's own wish. Doing it twice is harmless."""
    now = now or timezone.now()
    event, places, registration = lock_with(registration)
    if registration.state not in STANDING:
        return registration
    if event.end <= now:
        raise Refused(_("The event is over; the registration stays as it is."))
    had_place = registration.state == RegState.CONFIRMED
    enter(registration, RegState.WITHDRAWN, by, _("Withdrawn"), now)
    invitations.about_withdrawal(registration, had_place)
    promote(event, places, by, _("A place became free by withdrawal"), now)
    return registration


@transaction.atomic
def remove(registration, reason, *, by, now=None):
    """Cancel somebody's registration as the organiser, with a reason that the person reads."""
    now = now or timezone.now()
    event, places, registration = lock_with(registration)
    if registration.state not in STANDING:
        return registration
    if event.end <= now:
        raise Refused(_("The event is over: mark the person as absent instead."))
    had_place = registration.state == RegState.CONFIRMED
    registration.cancel_reason = reason
    enter(registration, RegState.CANCELLED, by, reason, now)
    invitations.about_removal(registration, had_place)
    promote(event, places, by, _("A place became free by cancellation"), now)
    return registration


@transaction.atomic
def change_mode(registration, mode, *, by=None, now=None):
    """Take part in another way, as a newcomer there. Who has a place keeps it when the other way is full."""
    now = now or timezone.now()
    event, places, registration = lock_with(registration)
    if registration.state not in STANDING:
        raise Refused(_("You no longer take part. Register again first."))
    if registration.mode == mode:
        return registration
    refuse_unless_open(event, mode, now)
    has_room = has_room_for_newcomer(places[mode])
    if registration.state == RegState.CONFIRMED and not has_room:
        raise Refused(_("“%(mode)s” is full. You keep the place you have.") % {"mode": label(mode)})
    registration.mode = mode
    registration.number = next_number(places[mode])
    state = RegState.CONFIRMED if has_room else RegState.WAITING
    enter(registration, state, by, _("Changed to “%(mode)s”") % {"mode": label(mode)}, now)
    invitations.about_place(registration)
    promote(event, places, by, _("A place became free by a change of mode"), now)
    return registration


@transaction.atomic
def change_capacity(event, capacities, *, by, now=None):
    """Set how many places each mode has (None: no limit); new places go to those who wait.

    Nobody loses a place: a capacity below the number of people who have one is refused.
    """
    now = now or timezone.now()
    places = lock(event)
    before = {mode: row.capacity for mode, row in places.items()}
    for mode, capacity in capacities.items():
        taken = confirmed_in(places[mode])
        if capacity is not None and capacity < taken:
            raise Refused(
                _("%(mode)s: %(taken)s people have a place, so there cannot be fewer places.")
                % {"mode": label(mode), "taken": taken}
            )
        places[mode].capacity = capacity
        places[mode].save(update_fields=["capacity"])
    after = {mode: row.capacity for mode, row in places.items()}
    if before != after:
        log(instance=event, action="events.places", user=by, data={"before": before, "after": after})
    promote(event, places, by, _("More places"), now)


@transaction.atomic
def cancel_event(event, reason, *, by, now=None):
    """Call the event off: every registration ends and everybody gets a letter. It cannot be undone."""
    now = now or timezone.now()
    lock(event)
    status = status_of(event)
    if status.cancelled_at:
        return
    if event.end <= now:
        raise Refused(_("The event is over and cannot be called off any more."))
    status.cancelled_at, status.cancelled_by, status.cancel_reason = now, by, reason
    status.calendar_sequence += 1
    status.save()
    log(instance=event, action="events.cancel", user=by, data={"reason": reason})
    for registration in standing_at(event):
        had_place = registration.state == RegState.CONFIRMED
        enter(registration, RegState.CANCELLED, by, _("The event was called off"), now)
        invitations.about_cancelled_event(registration, had_place, reason)


@transaction.atomic
def announce(event, *, now=None):
    """Note time and place of the published event. When they changed, calendars get a new entry and everybody
    a letter; any other change leaves calendars alone."""
    now = now or timezone.now()
    lock(event)
    status = status_of(event)
    facts = calendar.announced_facts(event)
    if facts == status.announced:
        return
    is_first = not status.announced
    status.announced = facts
    status.calendar_sequence += 0 if is_first else 1
    status.save(update_fields=["announced", "calendar_sequence"])
    if is_first or status.cancelled_at or event.end <= now:
        return
    for registration in standing_at(event):
        invitations.about_moved_event(registration)


def lock(event):
    """The event's Places rows by mode, held until the transaction ends; rows that are missing are made.

    PostgreSQL locks the rows. SQLite has one writer from the beginning of the transaction (IMMEDIATE).
    """
    for mode in AttendanceMode.values:
        Places.objects.get_or_create(event=event, mode=mode)
    # Always all, in one order: a change of mode needs two, and two changes must not wait for each other.
    rows = Places.objects.select_for_update().filter(event=event).order_by("pk")
    return {row.mode: row for row in rows}


def lock_with(registration):
    """The registration's event, its locked places, and the registration as it is once they are locked."""
    places = lock(registration.event)
    fresh = Registration.objects.select_related("event", "participant").get(pk=registration.pk)
    return fresh.event, places, fresh


def refuse_unless_open(event, mode, now):
    """Raise Refused when nobody can register for this event in this mode now."""
    if mode not in event.modes_offered:
        raise Refused(_("This event does not offer “%(mode)s”.") % {"mode": label(mode)})
    reasons = {
        EventState.DRAFT: _("This event is not public yet."),
        EventState.OPENS_LATER: _("Registration is not open yet."),
        EventState.CLOSED: _("Registration is closed."),
        EventState.CANCELLED: _("This event has been called off."),
        EventState.FINISHED: _("This event is over."),
    }
    state = situation(event, now).state
    if state in reasons:
        raise Refused(reasons[state])


def label(mode):
    return AttendanceMode(mode).label if mode in AttendanceMode.values else mode


def confirmed_in(places):
    return Registration.objects.confirmed().filter(event=places.event_id, mode=places.mode).count()


def first_in_line(places):
    return (
        Registration.objects.waiting()
        .filter(event=places.event_id, mode=places.mode)
        .select_related("event", "participant")
        .first()
    )


def has_free_place(places):
    return places.capacity is None or confirmed_in(places) < places.capacity


def has_room_for_newcomer(places):
    return first_in_line(places) is None and has_free_place(places)


def next_number(places):
    """A number that nobody at this event in this mode has had."""
    places.last_number += 1
    places.save(update_fields=["last_number"])
    return places.last_number


def enter(registration, state, by, cause, now):
    """Put the registration into this state and note who did it, when and why."""
    registration.state, registration.changed_at = state, now
    registration.save()
    PlaceChange.objects.create(
        registration=registration, at=now, by=by, state=state, mode=registration.mode, cause=cause
    )


def promote(event, places, by, cause, now):
    """Give every free place to the first in its line, until none is free or nobody waits."""
    if event.start <= now:
        return  # whoever is in the room by then is admitted by the organiser, not by a letter
    for row in (places[mode] for mode in event.modes_offered):
        while (registration := first_in_line(row)) and has_free_place(row):
            enter(registration, RegState.CONFIRMED, by, cause, now)
            invitations.about_place(registration, promoted=True)


def status_of(event):
    return EventStatus.objects.get_or_create(event=event)[0]


def standing_at(event):
    return list(
        Registration.objects.standing()
        .filter(event=event)
        .select_related("event", "participant")
        .order_by("number")
    )


@transaction.atomic
def correct(registration, person, details):
    """Keep what a person, through their own link, says about themselves; the place stays as it is."""
    lock(registration.event)
    fresh = Registration.objects.select_related("participant").get(pk=registration.pk)
    if not person.organisation:
        fresh.participant.organisation, fresh.participant.organisation_as_stated = None, ""
    describe(fresh.participant, person, overwrite=True)
    fresh.needs, fresh.shows_name = details["needs"], details.get("shows_name", False)
    fresh.save(update_fields=["needs", "shows_name"])
