"""The one door to a place at an event. Everything here happens under the lock of the event's Places rows.

A guest's place is held for a while and becomes firm by the link in their letter; who comes back later stands
where they first asked. Letters are written in the same transaction, so that a change that fails leaves none.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from events import calendar, invitations
from events.choices import STANDING, UNCONFIRMED, AttendanceMode, EventState, RegState
from events.line import (
    at,
    enter,
    has_place_for,
    held_in,
    hold,
    lock,
    lock_with,
    next_number,
    promote,
    settle,
    taken_in,
)
from events.models import EventStatus, LearningEventPage, Registration
from events.participants import describe, participant_for, stated_by, take_over
from events.queries import situation

# The privacy text that the form shows. Change it whenever the words change.
CONSENT_VERSION = "2026-11"


MARKED_AS_PRESENT = gettext_lazy(
    "You are marked as present. If you were not there, tell the organiser, who corrects it."
)


class Refused(Exception):  # noqa: N818 - it is a refusal, not a fault
    """The change is not possible; the message says why, in words for the person who asked."""


@transaction.atomic
def register(event, person, mode, *, by=None, needs="", shows_name=False, client="", now=None):
    """Give this person a place, or the next number in line, and write them a letter.

    Who is signed in takes part at once. A guest's place is held, as far as `client` does not hold too many,
    until they use the link in their letter; what they typed about themselves has no effect before.
    Registering twice is harmless: the place stays as it is and the letter with the link is written again,
    though not more often than every few minutes.
    """
    now = now or timezone.now()
    places = lock(event, now)
    refuse_unless_open(event, mode, now)
    participant = participant_for(person)
    registration = Registration.objects.filter(event=event, participant=participant).first()
    if registration and (
        registration.state in STANDING or (registration.is_unconfirmed and person.user is None)
    ):
        if not invitations.wrote_lately(registration, now):
            invitations.again(registration)
        return registration

    registration = registration or Registration(event=event, participant=participant)
    had_hold, keeps_hold = registration.state == RegState.HELD, registration.mode == mode
    if not registration.is_unconfirmed or registration.mode != mode:
        registration.mode, registration.number = mode, next_number(places[mode])
    registration.consent_version, registration.cancel_reason = CONSENT_VERSION, ""
    if person.user is None:
        registration.stated = stated_by(person, needs, shows_name)
        hold(registration, places[mode], client, now)
        return registration
    registration.needs, registration.shows_name = needs, shows_name
    settle(registration, places[mode], had_hold and keeps_hold, by, _("Registered"), now)
    if had_hold and not keeps_hold:
        promote(event, places, by, _("A place became free by a change of mode"), now)
    return registration


@transaction.atomic
def confirm(registration, *, by=None, now=None):
    """The owner of the address says that they take part: what was typed holds, the place becomes firm.

    Whose hold has run out stands in line by the number they first had. Doing it twice is harmless.
    """
    now = now or timezone.now()
    event, places, registration = lock_with(registration, now)
    if registration.state in STANDING:
        return registration
    if not registration.is_unconfirmed:
        raise Refused(_("You no longer take part. Register again first."))
    refuse_unless_open(event, registration.mode, now)
    take_over(registration)
    was_held = registration.state == RegState.HELD
    settle(registration, places[registration.mode], was_held, by, _("Confirmed by the link"), now)
    return registration


@transaction.atomic
def withdraw(registration, *, by=None, now=None):
    """Give up the place, or the number in line, on the person's own wish. Doing it twice is harmless."""
    now = now or timezone.now()
    event, places, registration = lock_with(registration, now)
    if registration.state not in STANDING + UNCONFIRMED:
        return registration
    if event.is_over(now):
        raise Refused(_("The event is over; the registration stays as it is."))
    if registration.was_there:
        raise Refused(MARKED_AS_PRESENT)
    before = registration.state
    enter(registration, RegState.WITHDRAWN, by, _("Withdrawn"), now)
    if before in STANDING:
        invitations.about_withdrawal(registration, before == RegState.CONFIRMED)
    promote(event, places, by, _("A place became free by withdrawal"), now)
    return registration


@transaction.atomic
def remove(registration, reason, *, by, now=None):
    """Cancel somebody's registration as the organiser, with a reason that the person reads.

    Who has not confirmed reads it on their own page only: nobody writes to strangers through the site.
    """
    now = now or timezone.now()
    event, places, registration = lock_with(registration, now)
    if registration.state not in STANDING + UNCONFIRMED:
        return registration
    if event.is_over(now):
        raise Refused(_("The event is over: mark the person as absent instead."))
    if registration.was_there:
        raise Refused(_("This person is marked as present. If that is wrong, mark them as absent first."))
    before = registration.state
    registration.cancel_reason = reason
    enter(registration, RegState.CANCELLED, by, reason, now)
    if before in STANDING:
        invitations.about_removal(registration, before == RegState.CONFIRMED)
    promote(event, places, by, _("A place became free by cancellation"), now)
    return registration


@transaction.atomic
def change_mode(registration, mode, *, by=None, now=None):
    """Take part in another way, as a newcomer there. Who has a place keeps it when the other way is full."""
    now = now or timezone.now()
    event, places, registration = lock_with(registration, now)
    refuse_unconfirmed(registration)
    if registration.state not in STANDING:
        raise Refused(_("You no longer take part. Register again first."))
    if registration.mode == mode:
        return registration
    refuse_unless_open(event, mode, now)
    number = next_number(places[mode])
    has_room = has_place_for(number, places[mode])
    if registration.state == RegState.CONFIRMED and not has_room:
        raise Refused(_("“%(mode)s” is full. You keep the place you have.") % {"mode": label(mode)})
    registration.mode, registration.number = mode, number
    settle(registration, places[mode], False, by, _("Changed to “%(mode)s”") % {"mode": label(mode)}, now)
    promote(event, places, by, _("A place became free by a change of mode"), now)
    return registration


@transaction.atomic
def correct(registration, person, details):
    """Keep what a person, through their own link, says about themselves; the place stays as it is."""
    _event, _places, fresh = lock_with(registration, timezone.now())
    refuse_unconfirmed(fresh)
    describe(fresh.participant, person, drops_organisation=True)
    fresh.needs, fresh.shows_name = details["needs"], details.get("shows_name", False)
    fresh.save(update_fields=["needs", "shows_name"])


@transaction.atomic
def change_capacity(event, capacities, *, by, now=None):
    """Set how many places each mode has (None: no limit); new places go to those who wait.

    Nobody loses a place: a capacity below the number of people who have one is refused.
    """
    now = now or timezone.now()
    places = lock(event, now)
    before = {mode: row.capacity for mode, row in places.items()}
    for mode, capacity in capacities.items():
        taken = taken_in(places[mode])
        if capacity is not None and capacity < taken:
            have = _("have a place or have one held") if held_in(places[mode]) else _("have a place")
            raise Refused(
                _("%(mode)s: %(taken)s people %(have)s, so there cannot be fewer places.")
                % {"mode": label(mode), "taken": taken, "have": have}
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
    lock(event, now)
    status = status_of(event)
    if status.cancelled_at:
        return
    if event.is_over(now):
        raise Refused(_("The event is over and cannot be called off any more."))
    if Registration.objects.attended().filter(event=event).exists():
        raise Refused(
            _("People are marked as present, so it takes place. If that is wrong, correct the marks.")
        )
    status.cancelled_at, status.cancelled_by, status.cancel_reason = now, by, reason
    status.calendar_sequence += 1
    status.save()
    log(instance=event, action="events.cancel", user=by, data={"reason": reason})
    for registration in at(event, STANDING + UNCONFIRMED):
        before = registration.state
        enter(registration, RegState.CANCELLED, by, _("The event was called off"), now)
        if before in STANDING:
            invitations.about_cancelled_event(registration, before == RegState.CONFIRMED, reason)
    invitations.tell_organisers(event, reason, by)


@transaction.atomic
def announce(event, *, now=None):
    """Note time and place of the published event. When they changed, calendars get a new entry and everybody
    a letter; any other change leaves calendars alone."""
    now = now or timezone.now()
    lock(event, now)
    status = status_of(event)
    facts = calendar.announced_facts(event)
    if facts == status.announced:
        return
    is_first = not status.announced
    status.announced = facts
    status.calendar_sequence += 0 if is_first else 1
    status.save(update_fields=["announced", "calendar_sequence"])
    if is_first or status.cancelled_at or event.is_over(now):
        return
    for registration in at(event, STANDING):
        invitations.about_moved_event(registration)


def release_expired_holds(now=None):
    """Give back the places of guests who did not confirm in time, event by event; part of the worker's round.

    Nothing depends on when it comes: whoever asks for a place at an event does the same there first.
    """
    now = now or timezone.now()
    ids = Registration.objects.held_too_long(now).values("event_id")
    for event in LearningEventPage.objects.filter(pk__in=ids):
        with transaction.atomic():
            lock(event, now)


def refuse_unconfirmed(registration):
    if registration.is_unconfirmed:
        raise Refused(_("Confirm first that you take part."))


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


def status_of(event):
    return EventStatus.objects.get_or_create(event=event)[0]
