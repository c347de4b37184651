"""Erasing what is known about people once an event's time for it is over. What was counted stays counted."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from events import attendance
from events.invitations import about
from events.models import LearningEventPage, Participant, PlaceChange, Registration, SurveyAnswer
from events.models.registration import new_token
from events.wording import address_path
from network import content_version
from network.content_version import CONTENT
from network.models import Letter

# What people ask to be arranged may tell about their health: it goes first.
NEEDS_KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Erased:
    """How many rows were blanked."""

    needs: int
    registrations: int
    participants: int


def erase_expired(now=None):
    """Blank what is past its date, in one short transaction for each event. Doing it again finds nothing.

    An event that cannot be erased keeps none of the others from it; what was wrong with it is raised at last.
    """
    now = now or timezone.now()
    needs = Registration.objects.filter(event__end__lt=now - NEEDS_KEPT).exclude(needs="").update(needs="")
    events = LearningEventPage.objects.filter(end__lt=now, registrations__erased_at=None).distinct()
    due = [event for event in events if event.end + timedelta(weeks=event.retention_weeks) <= now]
    found, wrong = [], None
    for event in due:
        try:
            found.append(erase_event(event, now))
        except Exception as error:
            wrong = error
    if wrong:
        raise wrong
    return Erased(needs, sum(rows for rows, _people in found), sum(people for _rows, people in found))


@transaction.atomic
def erase_event(event, now):
    """Blank the registrations of one event, and each person who has none left elsewhere."""
    registrations = list(
        Registration.objects.filter(event=event, erased_at=None).select_related("event", "participant")
    )
    people = blank(registrations, now)
    attendance.erase_list(event)
    return len(registrations), people


def blank(registrations, now):
    """Blank these registrations with the letters about them, and each person who has none left elsewhere;
    gives back how many people."""
    # Pages of other events and of progress count these people and their answers too.
    content_version.rise(CONTENT)
    for registration in registrations:
        # Wherever the letter went, the copy here goes, and its link leads nowhere any more. Letters of before
        # they knew what they are about are found by the address of the event.
        Letter.objects.filter(about=about(registration)).delete()
        Letter.objects.filter(
            to=registration.participant.email, about="", text__contains=address_path(registration.event)
        ).delete()
        registration.token, registration.erased_at = new_token(), now
        registration.needs, registration.cancel_reason, registration.shows_name = "", "", False
        registration.stated, registration.client, registration.hold_letter = {}, "", None
        registration.save()
    ids = [registration.pk for registration in registrations]
    PlaceChange.objects.filter(registration__in=ids).update(cause="")
    SurveyAnswer.objects.filter(registration__in=ids).update(comment="")
    people = [registration.participant_id for registration in registrations]
    return (
        Participant.objects.filter(pk__in=people)
        .exclude(registrations__in=Registration.objects.filter(erased_at=None))
        .update(email="", name="", user=None, organisation_as_stated="", erased_at=now)
    )
