from dataclasses import dataclass
from datetime import date

from progress.chart import Bar, Chart, chart_of
from progress.report import Column


@dataclass
class Counted:
    target: int | None
    columns: list


def column(new, total, plan=None):
    return Column(1, date(2026, 1, 1), date(2026, 6, 30), new, total, plan, is_current=False, is_locked=False)


def test_a_picture_has_a_bar_for_each_period_that_has_begun_and_stairs_for_the_plan():
    counter = Counted(10, [column(2, 2, 4), column(3, 5, 10), column(None, None, 10)])

    assert chart_of(counter) == Chart(
        width=30,
        top=10,
        bars=[Bar(2, 100.0, 0.0, 80.0, 20.0), Bar(12, 80.0, 20.0, 50.0, 30.0)],
        plan_path="M0 60.0L10 60.0L10 0.6L20 0.6L20 0.6L30 0.6",
        target_y=0.6,
    )


def test_what_is_withdrawn_draws_no_bar_below_nothing():
    assert chart_of(Counted(None, [column(2, 2), column(-2, 0)])) == Chart(
        width=20,
        top=2,
        bars=[Bar(2, 100.0, 0.0, 0.0, 100.0), Bar(12, 100.0, 0.0, 100.0, 0.0)],
        plan_path="",
        target_y=None,
    )
