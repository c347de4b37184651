from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from progress.counting import counted
from progress.locking import lock_period
from progress.models import ReportingPeriod
from progress.report import Column, bar_widths, counters, how_it_stands
from tests.factories import PolicyInstrumentPageFactory, ProjectFactory, UserFactory
from tests.factories.progress import (
    TargetFactory,
    counted_event,
    counted_practice,
    indicator,
    learned,
    make_periods,
    validated_change,
)

pytestmark = pytest.mark.django_db


def period(project, number, first, last):
    """A period from so many days ago until so many days ago."""
    today = timezone.localdate()
    return ReportingPeriod.objects.create(
        project=project, number=number, start=today - timedelta(days=first), end=today - timedelta(days=last)
    )


def practices(project=None):
    return next(counter for counter in counters(project) if counter.key == "GP")


def test_the_five_counters_come_in_the_order_of_the_page():
    assert [(counter.key, counter.value, counter.target) for counter in counters()] == [
        ("PI", 0, None),
        ("GP", 0, None),
        ("EV", 0, None),
        ("ORG", 0, None),
        ("PPL", 0, None),
    ]


def test_a_counter_says_what_was_promised_and_where_its_records_are():
    emrie = ProjectFactory(acronym="EMRIE & co")
    TargetFactory(project=emrie, indicator=indicator("GP"), value=12)
    counted_practice(project=emrie)

    found = practices(emrie)

    assert (found.value, found.target, found.bar) == (1, 12, [8.33])
    assert found.url == "/progress/gp/?project=EMRIE+%26+co"
    assert found.records == counted(indicator("GP"), emrie)


def test_the_sum_adds_up_the_targets_of_all_projects():
    for value in (12, 5):
        TargetFactory(indicator=indicator("GP"), value=value)

    assert practices().target == 17


def test_periods_show_what_is_new_what_is_reached_and_what_was_planned():
    emrie = ProjectFactory()
    TargetFactory(project=emrie, indicator=indicator("GP"), value=12, planned="2, 3, 6")
    first, second, third = period(emrie, 1, 40, 21), period(emrie, 2, 20, -10), period(emrie, 3, -11, -30)
    counted_practice(project=emrie, days=30)
    counted_practice(project=emrie, days=25)
    counted_practice(project=emrie, days=2)

    found = practices(emrie)

    assert found.columns == [
        Column(1, first.start, first.end, 2, 2, 2, is_current=False, is_locked=False),
        Column(2, second.start, second.end, 1, 3, 3, is_current=True, is_locked=False),
        Column(3, third.start, third.end, None, None, 6, is_current=False, is_locked=False),
    ]
    assert (found.state, found.state_label, found.new_label) == ("ok", "On plan", "1 new this period")
    assert (found.bar, found.plan_percent) == ([16.67, 8.33], 25.0)


def test_a_locked_period_does_not_move_and_the_next_one_shows_the_difference():
    emrie = ProjectFactory()
    first = period(emrie, 1, 40, 21)
    period(emrie, 2, 20, -10)
    practice = counted_practice(project=emrie, days=30)
    counted_practice(project=emrie, days=25)
    lock_period(first, UserFactory())

    practice.unpublish()

    found = practices(emrie)
    assert [(column.new, column.total, column.is_locked) for column in found.columns] == [
        (2, 2, True),
        (-1, 1, False),
    ]
    assert (found.value, found.new_label, found.withdrawn, found.added) == (
        1,
        "1 withdrawn this period",
        1,
        0,
    )


def test_projects_with_periods_of_their_own_are_summed_up_year_by_year():
    one, other = ProjectFactory(), ProjectFactory()
    TargetFactory(project=one, indicator=indicator("GP"), planned="2, 4")
    make_periods(one, date(2025, 5, 1), date(2025, 10, 31))
    make_periods(other, date(2025, 11, 1), date(2027, 4, 30))
    counted_practice(project=one)

    found = counters(until=timezone.localdate())[1]

    year = timezone.localdate().year
    assert [(column.number, column.plan, column.is_year) for column in found.columns] == [
        (2025, None, True),
        (2026, None, True),
        (2027, None, True),
    ]
    assert found.new_label == (f"1 new in {year}" if year <= 2027 else "")


def test_the_targets_of_an_example_project_are_known_as_such():
    TargetFactory(project=ProjectFactory(title="Example project"), indicator=indicator("GP"))
    TargetFactory(indicator=indicator("EV"))

    assert {counter.key: counter.has_example_target for counter in counters()} == {
        "PI": False,
        "GP": True,
        "EV": False,
        "ORG": False,
        "PPL": False,
    }


@pytest.mark.parametrize(
    ("value", "target", "planned", "expected"),
    [
        (3, None, None, ("", "")),
        (3, 12, None, ("", "")),
        (3, 12, 3, ("ok", "On plan")),
        (2, 12, 3, ("warn", "1 behind plan")),
        (7, 12, 3, ("ok", "4 ahead of plan")),
        (12, 12, 14, ("ok", "Target reached")),
    ],
)
def test_a_counter_says_how_it_stands(value, target, planned, expected):
    assert how_it_stands(value, target, planned) == expected


def test_a_bar_is_never_longer_than_its_target():
    def column(total):
        day = date(2026, 1, 1)
        return Column(1, day, day, 0, total, None, is_current=False, is_locked=False)

    assert bar_widths(30, 12, [column(6), column(30)]) == [50.0, 50.0]
    assert bar_widths(3, 12, [column(6), column(3)]) == [25.0, 0]
    assert bar_widths(3, 12, []) == [25.0]
    assert bar_widths(3, None, [column(3)]) == []


def test_counters_of_many_records_cost_as_many_queries_as_counters_of_few():
    project = ProjectFactory()
    for key in ("PI", "GP", "EV", "ORG", "PPL"):
        TargetFactory(project=project, indicator=indicator(key))
    period(project, 1, 40, 21)
    period(project, 2, 20, -10)

    def make():
        validated_change(PolicyInstrumentPageFactory(project=project))
        counted_practice(project=project)
        learned(counted_event(project=project))

    make()
    counters(project)
    with CaptureQueriesContext(connection) as one:
        counters(project)

    for _ in range(4):
        make()

    with CaptureQueriesContext(connection) as five:
        counters(project)
    assert len(five) == len(one)
