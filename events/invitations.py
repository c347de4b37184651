"""The letters about a place. None holds a join link: the page behind the person's own link shows it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events import calendar
from events.choices import RegState
from events.models import EventStatus
from events.models.registration import HOLD
from events.queries import position_in_line
from network import letters
from network.addresses import full_address

# A letter asked for again within this time is not written again, so that nobody can flood a stranger's inbox.
PAUSE = timedelta(minutes=5)


def wrote_lately(registration, now):
    """Whether the last letter about this place is too fresh to be written again."""
    return registration.letter_at is not None and now - registration.letter_at < PAUSE


def again(registration):
    """Write the letter with the link once more, as the registration stands now."""
    if registration.is_unconfirmed:
        to_confirm(registration)
    else:
        about_place(registration)


def to_confirm(registration):
    """Ask whoever has the address to confirm that they take part. Nothing that was typed is in this letter:
    anybody can type an address. It gives back the letter."""
    event = registration.event
    letter = letters.write(
        registration.participant.email,
        _("Confirm that you take part: %(event)s") % {"event": event.title},
        "events/letters/to_confirm.txt",
        {
            "event": event,
            "is_held": registration.state == RegState.HELD,
            "is_first": registration.hold_letter is None,
            "minutes": HOLD.seconds // 60,
            "event_url": calendar.address(event),
            "manage_url": manage_url(registration),
        },
        until=event.registration_ends,
        is_secret=True,
        about=about(registration),
    )
    note(registration)
    return letter


def about_place(registration, *, promoted=False):
    """Tell a person whether they have a place, with a calendar entry, or which number in line."""
    if registration.state == RegState.CONFIRMED:
        subject = _("A place has become free: %(event)s") if promoted else _("You have a place: %(event)s")
        send(registration, subject, "place_confirmed", method=calendar.REQUEST, promoted=promoted)
    else:
        position = position_in_line(registration)
        send(registration, _("You are on the waiting list: %(event)s"), "place_waiting", position=position)


def about_withdrawal(registration, had_place):
    """Confirm that a person no longer takes part, and take the entry out of their calendar."""
    method = calendar.CANCEL if had_place else ""
    send(registration, _("You no longer take part: %(event)s"), "place_withdrawn", method=method)


def about_removal(registration, had_place):
    """Tell a person that the organiser has cancelled their registration, and why."""
    method = calendar.CANCEL if had_place else ""
    send(registration, _("Your registration is cancelled: %(event)s"), "place_removed", method=method)


def about_cancelled_event(registration, had_place, reason):
    """Tell a person that the event does not take place."""
    method = calendar.CANCEL if had_place else ""
    send(registration, _("Cancelled: %(event)s"), "event_cancelled", method=method, reason=reason)


def tell_organisers(event, reason, by):
    """Tell the others who run an event that it does not take place, and why."""
    author = event.owner.email if event.owner and event.owner.is_active else ""
    addresses = {author, *event.organisers.values_list("email", flat=True)} - {"", by.email if by else ""}
    title = event.title if event.live else event.reference
    for address in sorted(addresses):
        letters.write(
            address,
            _("Cancelled: %(event)s") % {"event": title},
            "events/letters/organiser_cancelled.txt",
            {"title": title, "reason": reason, "url": organisers_url(event)},
            until=event.end,
            about=f"event:{event.pk}",
        )


def about_moved_event(registration):
    """Tell a person the event's new time or place; who has a place gets a new calendar entry."""
    method = calendar.REQUEST if registration.state == RegState.CONFIRMED else ""
    send(registration, _("New time or place: %(event)s"), "event_moved", method=method)


def about_survey(registration):
    """Ask a person who was there what they learned."""
    url = full_address(reverse("event_survey", args=[registration.token]))
    until = registration.event.end + timedelta(weeks=registration.event.retention_weeks)
    send(registration, _("What did you take home from %(event)s?"), "survey", until=until, survey_url=url)


def about_organising(organiser):
    """Tell whoever has the address that they can manage the event. What is not public yet is not quoted."""
    event = organiser.event
    letters.write(
        organiser.email,
        _("You can manage a learning event: %(reference)s") % {"reference": event.reference},
        "events/letters/organiser.txt",
        {
            "event": event,
            "url": organisers_url(event),
        },
        until=event.end,
        about=f"organiser:{organiser.pk}",
    )


def send(registration, subject, template, *, method="", until=None, **context):
    """Write one letter in this transaction; people whose data was erased get none.

    It has nothing to say once the event is over, unless `until` says when.
    """
    event, participant = registration.event, registration.participant
    if not participant.email:
        return
    letters.write(
        participant.email,
        subject % {"event": event.title},
        f"events/letters/{template}.txt",
        {
            "event": event,
            "registration": registration,
            "name": participant.name,
            "event_url": calendar.address(event),
            "manage_url": manage_url(registration),
            "location": calendar.location(event),
        }
        | context,
        calendar=entry_for(registration, method) if method else "",
        calendar_method=method,
        until=until or event.end,
        is_secret=True,
        about=about(registration),
    )
    note(registration)


def about(registration):
    """By what a letter is found and erased with its registration."""
    return f"registration:{registration.pk}"


def note(registration):
    registration.letter_at = timezone.now()
    registration.save(update_fields=["letter_at"])


def entry_for(registration, method):
    """The person's calendar entry. Its sequence rises with each change of the event and of this place:
    calendars take a cancellation, and an invitation after it, only for the newer word (RFC 5546, 2.1.4)."""
    event = registration.event
    changed = EventStatus.objects.filter(event=event).values_list("calendar_sequence", flat=True).first() or 0
    return calendar.entry(
        event,
        method=method,
        sequence=changed + registration.changes.count(),
        attendee=registration.participant.email,
        is_cancelled=method == calendar.CANCEL,
    )


def organisers_url(event):
    """The address of the organisers' pages of an event."""
    return full_address(reverse("event_participants", args=[event.slug]))


def manage_url(registration):
    """The address of the person's own page about their place; its secret stands for signing in."""
    return full_address(reverse("event_registration", args=[registration.token]))
