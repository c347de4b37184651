from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from progress.counting import counted
from progress.locking import PeriodNotReadyError, lock_period
from progress.models import Snapshot
from tests.factories import ProjectFactory, UserFactory
from tests.factories.progress import counted_practice, indicator, make_periods

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """A project that began more than a year ago."""
    return ProjectFactory(acronym="EMRIE")


@pytest.fixture
def periods(project):
    first = (timezone.localdate() - timedelta(days=400)).replace(day=1)
    return make_periods(project, first, first + timedelta(days=700))


def figures(period):
    return {snapshot.indicator.key: snapshot.value for snapshot in period.snapshots.all()}


def test_locking_writes_down_every_figure_with_its_records_and_who_did_it(project, periods):
    officer = UserFactory()
    practice = counted_practice(project=project, days=380)
    counted_practice(project=project, days=1)

    lock_period(periods[0], officer)

    snapshot = Snapshot.objects.get(indicator=indicator("GP"))
    assert figures(periods[0]) == {"PI": 0, "GP": 1, "EV": 0, "ORG": 0, "PPL": 0}
    assert snapshot.record_ids == [f"page-{practice.permanent_id}"]
    assert snapshot.is_intact
    entry = ModelLogEntry.objects.get(action="progress.lock")
    assert (entry.user, entry.data) == (officer, {"figures": {"PI": 0, "GP": 1, "EV": 0, "ORG": 0, "PPL": 0}})


def test_withdrawing_a_practice_moves_the_counter_and_not_the_locked_figure(project, periods):
    practice = counted_practice(project=project, days=380)
    lock_period(periods[0], UserFactory())

    practice.delete()

    assert counted(indicator("GP"), project) == []
    assert figures(periods[0])["GP"] == 1


def test_a_locked_figure_that_was_tampered_with_is_noticed(project, periods):
    lock_period(periods[0], UserFactory())
    snapshot = Snapshot.objects.get(indicator=indicator("GP"))

    snapshot.value = 12

    assert not snapshot.is_intact


@pytest.mark.parametrize(
    ("locked_before", "which", "reason"),
    [
        (1, 0, "This period is locked already."),
        (0, 1, "Lock period 1 first: it is earlier and still open."),
        (2, 2, "This period is not over yet. It can be locked from the day after its last day."),
    ],
)
def test_a_period_that_is_not_ready_stays_open(periods, locked_before, which, reason):
    for period in periods[:locked_before]:
        lock_period(period, UserFactory())
    count = Snapshot.objects.count()

    with pytest.raises(PeriodNotReadyError) as refusal:
        lock_period(periods[which], UserFactory())

    assert str(refusal.value) == reason
    assert Snapshot.objects.count() == count


def test_a_period_is_locked_from_the_day_after_its_last_day(project):
    period = make_periods(project, date(2026, 1, 1), date(2026, 6, 30))[0]
    with pytest.raises(PeriodNotReadyError):
        lock_period(period, UserFactory(), today=date(2026, 6, 30))

    lock_period(period, UserFactory(), today=date(2026, 7, 1))

    assert period.is_locked


def test_a_locked_period_cannot_be_deleted(project, periods):
    lock_period(periods[0], UserFactory())

    with pytest.raises(ProtectedError):
        project.delete()
