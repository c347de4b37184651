"""The records behind the numbers of one reporting period or year."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from progress import queries
from progress.counting import CountedRecord, counted
from progress.report import shared_periods


@dataclass(frozen=True)
class PeriodRecords:
    """The records behind the numbers of one period or year: as locked, or as they count now."""

    period: object
    reached: list
    added: list
    gone: list


def records_of_period(indicator, project, number, until=None):
    """The records that one indicator had by the end of a period, and how they differ from the period before;
    None when there is no such period."""
    until = until or timezone.localdate()
    periods = shared_periods(queries.periods(project))
    index = next((index for index, period in enumerate(periods) if period.number == number), None)
    if index is None:
        return None
    locked = queries.snapshots(project) if project else {}
    records = counted(indicator, project, until)

    def reached(period):
        if snapshot := locked.get((period.pk, indicator.pk)):
            known = {record.id: record for record in records}
            return [known.get(key) or no_longer(key, project) for key in snapshot.record_ids]
        return [record for record in records if record.date <= period.end] if period.start <= until else []

    now, before = reached(periods[index]), reached(periods[index - 1]) if index else []
    ids, ids_before = {record.id for record in now}, {record.id for record in before}
    return PeriodRecords(
        period=periods[index],
        reached=now,
        added=[record for record in now if record.id not in ids_before],
        gone=[record for record in before if record.id not in ids],
    )


def no_longer(key, project):
    """A record of a locked figure that does not count any more: only what it is known by is left."""
    return CountedRecord(
        id=key,
        title=_("No longer counts: %(record)s") % {"record": key},
        url="",
        date=None,
        project=project.acronym,
        region="",
        because="",
    )
