from datetime import timedelta

import factory
from django.utils import timezone

from knowledge.choices import ChangeStatus, EvidenceKind, ValidationKind
from knowledge.models import Evidence, PolicyChange, Validation
from progress.models import Indicator, ReportingPeriod, Target
from progress.periods import six_month_periods
from tests.factories.events import (
    AttendanceFactory,
    LearningEventPageFactory,
    ParticipantFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
)
from tests.factories.knowledge import GoodPracticePageFactory
from tests.factories.network import OrganisationFactory, ProjectFactory


class TargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Target

    project = factory.SubFactory(ProjectFactory)
    value = 12


def indicator(key):
    """The indicator with this key, made by the set-up that every test database gets."""
    return Indicator.objects.get(key=key)


def make_periods(project, start, end):
    """The project's six-month periods between two days."""
    return [
        ReportingPeriod.objects.create(project=project, number=number, start=first, end=last)
        for number, first, last in six_month_periods(start, end)
    ]


def days_ago(days):
    """The moment so many days ago."""
    return timezone.now() - timedelta(days=days)


def attach(kind, *, page=None, change=None):
    """A piece of evidence of this kind."""
    return Evidence.objects.create(page=page, change=change, kind=kind, title=f"The {kind}")


def counted_practice(days=0, **fields):
    """A published practice that an officer let count so many days ago."""
    practice = GoodPracticePageFactory(**fields)
    Validation.objects.create(page=practice, kind=ValidationKind.COUNTED, at=days_ago(days))
    return practice


def validated_change(instrument, days=0, **fields):
    """A change of the instrument that an officer validated so many days ago, with the decision attached."""
    change = PolicyChange.objects.create(
        **{
            "instrument": instrument,
            "title": "A call for re-mining was opened",
            "change_types": ["new-project"],
            "decided_by": OrganisationFactory(),
            "decision_date": "2026-05",
            "attribution_note": "The call was planned, its theme was not.",
            "status": ChangeStatus.VALIDATED,
            "validated_at": days_ago(days),
        }
        | fields
    )
    attach(EvidenceKind.DECISION, change=change)
    return change


def present(event, **person):
    """Somebody who was there; returns their registration."""
    registration = RegistrationFactory(event=event, participant=ParticipantFactory(**person))
    AttendanceFactory(registration=registration)
    return registration


def learned(event, days=0, **person):
    """Somebody who was there and said so many days ago that they learned; returns their registration."""
    registration = present(event, **person)
    SurveyAnswerFactory(registration=registration, answered_at=days_ago(days))
    return registration


def counted_event(days=3, **fields):
    """An event so many days ago that fulfils the whole rule."""
    event = LearningEventPageFactory(days=-days, **fields)
    present(event, country="SE")
    present(event, country="PT")
    attach(EvidenceKind.ATTENDANCE_LIST, page=event)
    attach(EvidenceKind.AGENDA, page=event)
    return event
