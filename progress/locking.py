"""Locking a reporting period: its figures and the records behind them are written down for good."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from progress import queries
from progress.counting import counted
from progress.models import ReportingPeriod, Snapshot
from progress.models.period import seal


class PeriodNotReadyError(Exception):
    """A period cannot be locked yet, or again; the message says why, for people."""


@transaction.atomic
def lock_period(period, by, today=None):
    """Write down what every indicator had reached by the end of the period; returns the snapshots.

    Raises PeriodNotReadyError before the period is over, twice, or while an earlier period is open.
    """
    # Two officers must not lock the same period at once.
    period = ReportingPeriod.objects.select_for_update().select_related("project").get(pk=period.pk)
    refuse_unless_ready(period, today)
    now = timezone.now()
    snapshots = []
    for indicator in queries.all_indicators():
        record_ids = sorted(record.id for record in counted(indicator, period.project, period.end))
        snapshot = Snapshot(
            period=period,
            indicator=indicator,
            value=len(record_ids),
            record_ids=record_ids,
            rule_key=indicator.rule_key,
            rule_version=indicator.rule_version,
            locked_at=now,
        )
        snapshot.hash = seal(snapshot)
        snapshots.append(snapshot)
    Snapshot.objects.bulk_create(snapshots)
    log(
        instance=period,
        action="progress.lock",
        user=by,
        data={"figures": {snapshot.indicator.key: snapshot.value for snapshot in snapshots}},
    )
    return snapshots


def refuse_unless_ready(period, today=None):
    """Raise PeriodNotReadyError unless the period is over, open, and the first open one of its project."""
    if period.is_locked:
        raise PeriodNotReadyError(_("This period is locked already."))
    if period.end >= (today or timezone.localdate()):
        raise PeriodNotReadyError(
            _("This period is not over yet. It can be locked from the day after its last day.")
        )
    earlier = ReportingPeriod.objects.filter(
        project=period.project, start__lt=period.start, snapshots=None
    ).first()
    if earlier:
        raise PeriodNotReadyError(
            _("Lock period %(number)s first: it is earlier and still open.") % {"number": earlier.number}
        )
