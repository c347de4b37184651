from datetime import timedelta

import factory
from django.utils import timezone

from events.choices import AttendanceMode, Degree, Presence, RegState, RespondentType
from events.models import Attendance, LearningEventPage, Participant, Registration, SurveyAnswer
from tests.factories.knowledge import KnowledgePageFactory, section


class LearningEventPageFactory(KnowledgePageFactory):
    """A published event of two hours, thirty days from now; `days=-3` puts it three days ago."""

    class Meta:
        model = LearningEventPage

    class Params:
        days = 30

    parent = factory.LazyFunction(lambda: section("events"))
    title = factory.Sequence("Learning event {}".format)
    start = factory.LazyAttribute(
        lambda event: timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=event.days)
    )
    end = factory.LazyAttribute(lambda event: event.start + timedelta(hours=2))


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    email = factory.Sequence("participant{}@example.org".format)
    name = factory.Sequence("Participant {}".format)
    country = "SE"


class RegistrationFactory(factory.django.DjangoModelFactory):
    """A confirmed place on site, as if given out earlier; for the rules themselves call registration.py."""

    class Meta:
        model = Registration

    event = factory.SubFactory(LearningEventPageFactory)
    participant = factory.SubFactory(ParticipantFactory)
    mode = AttendanceMode.ON_SITE
    state = RegState.CONFIRMED
    number = factory.Sequence(lambda n: n + 1)
    consent_version = "2026-11"


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    registration = factory.SubFactory(RegistrationFactory)
    presence = Presence.PRESENT


class SurveyAnswerFactory(factory.django.DjangoModelFactory):
    """A positive answer of somebody's staff."""

    class Meta:
        model = SurveyAnswer

    registration = factory.SubFactory(RegistrationFactory)
    capacity = Degree.LARGE
    respondent_type = RespondentType.STAFF
