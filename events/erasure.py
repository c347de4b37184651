"""Erasing what is known about people once an event's time for it is over. What was counted stays counted."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from events.models import LearningEventPage, Participant, PlaceChange, Registration, SurveyAnswer
from events.models.registration import new_token
from events.wording import address_path
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
    """Blank what is past its date, in one short transaction for each event. Doing it again finds nothing."""
    now = now or timezone.now()
    needs = Registration.objects.filter(event__end__lt=now - NEEDS_KEPT).exclude(needs="").update(needs="")
    events = LearningEventPage.objects.filter(end__lt=now, registrations__erased_at=None).distinct()
    due = [event for event in events if event.end + timedelta(weeks=event.retention_weeks) <= now]
    found = [erase_event(event, now) for event in due]
    return Erased(needs, sum(rows for rows, _people in found), sum(people for _rows, people in found))


@transaction.atomic
def erase_event(event, now):
    """Blank the registrations of one event, and each person who has none left elsewhere."""
    registrations = list(
        Registration.objects.filter(event=event, erased_at=None).select_related("participant")
    )
    for registration in registrations:
        # Wherever the letter went, the copy here goes, and its link leads nowhere any more.
        Letter.objects.filter(to=registration.participant.email, text__contains=address_path(event)).delete()
        registration.token, registration.erased_at = new_token(), now
        registration.needs, registration.cancel_reason, registration.shows_name = "", "", False
        registration.stated, registration.client = {}, ""
        registration.save()
    ids = [registration.pk for registration in registrations]
    PlaceChange.objects.filter(registration__in=ids).update(cause="")
    SurveyAnswer.objects.filter(registration__in=ids).update(comment="")
    people = [registration.participant_id for registration in registrations]
    blanked = (
        Participant.objects.filter(pk__in=people)
        .exclude(registrations__in=Registration.objects.filter(erased_at=None))
        .update(email="", name="", user=None, organisation_as_stated="", erased_at=now)
    )
    return len(registrations), blanked
