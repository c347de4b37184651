"""What the counters and the period table show: plain values, computed from the records behind each number."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from network import kept
from progress import queries
from progress.choices import COUNTED_WHEN
from progress.counting import counted, is_example


@dataclass(frozen=True)
class Year:
    """A calendar year, in place of a reporting period where several projects report in their own."""

    number: int
    is_year = True
    pk = None

    @property
    def start(self):
        return date(self.number, 1, 1)

    @property
    def end(self):
        return date(self.number, 12, 31)


@dataclass(frozen=True)
class Column:
    """One indicator in one reporting period or year. Figures of one that has not begun are None."""

    number: int
    start: date
    end: date
    new: int | None
    total: int | None
    plan: int | None
    is_current: bool
    is_locked: bool
    is_year: bool = False


@dataclass(frozen=True)
class Counter:
    """How far one indicator has come, on a given day, with the records that say so."""

    key: str
    label: str
    official_code: str
    kind: str
    unit: str
    definition: str
    counted_when: str
    rule_version: int
    value: int
    target: int | None
    url: str
    state: str
    state_label: str
    new_label: str
    bar: list
    plan_percent: float | None
    records: list = field(repr=False)
    columns: list = field(repr=False)
    withdrawn: int = 0
    added: int = 0
    has_example_target: bool = False

    @property
    def cells(self):
        """Each column with the addresses of the records behind what it added and what it had reached."""
        return [
            (column, self.in_period(column, new="yes"), self.in_period(column)) for column in self.columns
        ]

    @property
    def new_url(self):
        """Where the records are listed that the current period added; empty when it added none."""
        current = next((column for column in self.columns if column.is_current and column.new), None)
        return self.in_period(current, new="yes") if current else ""

    def in_period(self, column, **further):
        """The address of the records behind one column's number."""
        joined = "&" if "?" in self.url else "?"
        return f"{self.url}{joined}{urlencode({'period': column.number} | further)}"

    @cached_property
    def has_examples(self):
        """Whether some of its records were only made up to show the site."""
        return any(record.is_example for record in self.records)


def counters(project=None, until=None, limit=None):
    """The counters of one project or the sum of all, in the order of the page.

    The sum counts a record once, be it in two projects or in none. Its columns are years where several
    projects report in periods of their own.
    """
    until = until or timezone.localdate()
    # Of the clock they follow nothing but the day and which events are over by now.
    name = ("counters", project and project.pk, until, queries.events_over(), get_language())
    return kept.remembered(name, lambda: counted_anew(project, until))[:limit]


def counted_anew(project, until):
    """All counters, from all the records behind them."""
    periods = shared_periods(queries.periods(project))
    targets = queries.targets(project)
    locked = queries.snapshots(project) if project else {}
    return [
        counter(
            indicator,
            counted(indicator, project, until),
            [target for target in targets if target.indicator_id == indicator.pk],
            periods,
            {period: snapshot for (period, of), snapshot in locked.items() if of == indicator.pk},
            until,
            project,
        )
        for indicator in queries.all_indicators()
    ]


def examples_among(counters):
    """Whether some of what these counters show was made up, to be said beside them."""
    return {
        "has_examples": any(counter.has_examples for counter in counters),
        "has_example_targets": any(counter.has_example_target for counter in counters),
    }


def shared_periods(periods):
    """The periods of a single project, or the years that the periods of several projects lie in."""
    if len({period.project_id for period in periods}) < 2:
        return periods
    first, last = min(period.start for period in periods), max(period.end for period in periods)
    return [Year(year) for year in range(first.year, last.year + 1)]


def counter(indicator, records, targets, periods, locked, until, project):
    """One counter, from the records behind it and what was promised."""
    target = sum(row.value for row in targets) if targets else None
    own = [row for row in targets if periods and row.project_id == getattr(periods[0], "project_id", None)]
    plan = own[0].plan if own and len(targets) == 1 else []
    columns = period_columns(records, periods, plan, locked, until)
    planned = plan_now(columns, until)
    state, state_label = how_it_stands(len(records), target, planned)
    withdrawn, added = since_locked(records, periods, locked)
    return Counter(
        key=indicator.key,
        label=indicator.name,
        official_code=indicator.official_code,
        kind=indicator.get_kind_display(),
        unit=indicator.unit,
        definition=indicator.definition,
        counted_when=COUNTED_WHEN[indicator.rule_key],
        rule_version=indicator.rule_version,
        value=len(records),
        target=target,
        url=records_address(indicator, project),
        state=state,
        state_label=state_label,
        new_label=new_this_period(columns),
        bar=bar_widths(len(records), target, columns),
        plan_percent=percent(planned, target) if target and planned is not None else None,
        records=records,
        columns=columns,
        withdrawn=withdrawn,
        added=added,
        has_example_target=any(is_example(row.project.title) for row in targets),
    )


def period_columns(records, periods, plan, locked, until):
    """The figures period by period: a locked one as it was locked, an open one as it is now.

    A record that is withdrawn or added after its period was locked changes the first open period instead.
    """
    columns, before = [], 0
    for index, period in enumerate(periods):
        snapshot = locked.get(period.pk)
        if snapshot:
            total = snapshot.value
        elif period.start <= until:
            total = sum(record.date <= period.end for record in records)
        else:
            total = None
        columns.append(
            Column(
                number=period.number,
                start=period.start,
                end=period.end,
                new=None if total is None else total - before,
                total=total,
                plan=plan[index] if index < len(plan) else None,
                is_current=period.start <= until <= period.end,
                is_locked=snapshot is not None,
                is_year=getattr(period, "is_year", False),
            )
        )
        before = before if total is None else total
    return columns


def since_locked(records, periods, locked):
    """How many records the last locked figure has that no longer count, and the other way round."""
    last = next((period for period in reversed(periods) if period.pk in locked), None)
    if last is None:
        return 0, 0
    then = set(locked[last.pk].record_ids)
    now = {record.id for record in records if record.date <= last.end}
    return len(then - now), len(now - then)


def plan_now(columns, until):
    """What should be reached by the end of the period that runs, or of the last one; None without a plan."""
    begun = [column for column in columns if column.start <= until]
    return begun[-1].plan if begun else None


def how_it_stands(value, target, planned):
    """The state of a counter and its words, both empty when nothing is planned."""
    if target and value >= target:
        return "ok", _("Target reached")
    if planned is None:
        return "", ""
    difference = value - planned
    if difference < 0:
        return "warn", _("%(count)s behind plan") % {"count": -difference}
    if difference > 0:
        return "ok", _("%(count)s ahead of plan") % {"count": difference}
    return "ok", _("On plan")


def new_this_period(columns):
    """What the current period added, in words."""
    current = next((column for column in columns if column.is_current), None)
    if current is None or current.new is None:
        return ""
    new = current.new
    if current.is_year:
        return _("%(count)s new in %(year)s") % {"count": new, "year": current.number}
    if new < 0:
        return ngettext("%(count)s withdrawn this period", "%(count)s withdrawn this period", -new) % {
            "count": -new
        }
    return ngettext("%(count)s new this period", "%(count)s new this period", new) % {"count": new}


def bar_widths(value, target, columns):
    """The share of the target each period brought, in percent, the oldest first; together at most 100."""
    if not target:
        return []
    totals = [column.total for column in columns if column.total is not None]
    totals = [*totals[:-1], value] if totals else [value]
    widths, reached = [], 0.0
    for index in range(len(totals)):
        # What was withdrawn later is taken from the period that brought it.
        kept = percent(min(totals[index:]), target)
        widths.append(round(max(kept - reached, 0), 2))
        reached = max(kept, reached)
    return widths


def percent(value, target):
    """A share in percent, at most 100."""
    return round(min(100 * value / target, 100), 2)


def records_address(indicator, project):
    """Where the records behind a number are listed."""
    return addressed("progress_records", indicator.key.lower(), project=project)


def addressed(name, *arguments, project=None):
    """The address of a page about progress, with the chosen project in it."""
    address = reverse(name, args=arguments)
    return f"{address}?{urlencode({'project': project.acronym})}" if project else address
