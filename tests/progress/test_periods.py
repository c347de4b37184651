from datetime import date

import pytest
from django.core.exceptions import ValidationError

from progress.models import ReportingPeriod, Target
from progress.models.indicator import validate_plan
from progress.periods import six_month_periods
from tests.factories import ProjectFactory
from tests.factories.progress import make_periods


def test_periods_last_six_months_and_the_last_one_ends_with_the_project():
    assert six_month_periods(date(2025, 5, 1), date(2026, 7, 31)) == [
        (1, date(2025, 5, 1), date(2025, 10, 31)),
        (2, date(2025, 11, 1), date(2026, 4, 30)),
        (3, date(2026, 5, 1), date(2026, 7, 31)),
    ]


def test_periods_begin_with_a_month():
    with pytest.raises(ValueError, match="first day of a month"):
        six_month_periods(date(2025, 5, 2), date(2026, 7, 31))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (date(2026, 6, 1), date(2026, 5, 1), "The last day cannot come before the first day."),
        (date(2025, 10, 1), date(2026, 3, 31), "These days overlap with period 1 of the project."),
    ],
)
def test_a_period_that_makes_no_sense_is_refused_with_the_reason(start, end, reason):
    project = ProjectFactory()
    make_periods(project, date(2025, 5, 1), date(2025, 10, 31))

    with pytest.raises(ValidationError) as refusal:
        ReportingPeriod(project=project, number=2, start=start, end=end).full_clean()

    assert refusal.value.messages == [reason]


def test_a_plan_is_a_line_of_totals():
    assert Target(planned="").plan == []
    assert Target(planned="2, 4,6").plan == [2, 4, 6]
    validate_plan("0, 0, 3, 3")


@pytest.mark.parametrize("text", ["two", "2;4", "2,,4", "4, 2", "-1, 2", "1.5", "9999999999999", "2, 4, ²"])
def test_a_plan_that_is_not_is_refused(text):
    with pytest.raises(ValidationError):
        validate_plan(text)
