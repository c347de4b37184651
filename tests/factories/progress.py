import factory

from progress.models import ReportingPeriod, Target
from progress.periods import six_month_periods
from tests.factories.network import ProjectFactory


class TargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Target

    project = factory.SubFactory(ProjectFactory)
    value = 12


def make_periods(project, start, end):
    """The project's six-month periods between two days."""
    return [
        ReportingPeriod.objects.create(project=project, number=number, start=first, end=last)
        for number, first, last in six_month_periods(start, end)
    ]
