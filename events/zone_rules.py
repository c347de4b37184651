"""A time zone as calendar programs read it (RFC 5545): rules instead of lists of dates, which Outlook skips.

What holds in the years asked for is described, and what follows from the same rules afterwards. A change of
the clock that fits no yearly rule stands by itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WEEK = 7
# Three changes of a kind make a rule, and a rule that still holds after so many years has no end.
FEWEST, AHEAD = 3, 10
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# What programs know as the beginning of all time zones.
ALWAYS = datetime(1970, 1, 1)  # noqa: DTZ001 - a local clock has no zone


@dataclass(frozen=True)
class Change:
    """One change of the clock. `local` is what the clock shows when it is changed."""

    moment: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def local(self):
        return (self.moment + self.before).replace(tzinfo=None)

    @property
    def kind(self):
        """What changes that are alike from year to year have in common."""
        return self.before, self.after, self.name, self.local.month, self.local.weekday(), self.local.time()


@lru_cache(maxsize=200)
def zone_rules(name, first_year, last_year):
    """The VTIMEZONE of a zone for events of these years."""
    zone = ZoneInfo(name)
    begin = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    found = changes(zone, begin, datetime(last_year + AHEAD, 1, 1, tzinfo=UTC))
    component = Timezone()
    component.add("tzid", name)
    if not found or found[0].moment.year >= first_year:
        component.add_component(observance(standing(zone, begin, bool(found))))
    for run in yearly(found):
        is_open = run[-1].moment.year >= last_year + AHEAD - 1
        if len(run) >= FEWEST and (nth := place_in_month(run)):
            component.add_component(observance(run[0], rule(run, nth, is_open)))
        else:
            # Those far ahead only tell that no rule is known.
            near = [change for change in run if change.moment.year <= last_year + 1]
            for change in near:
                component.add_component(observance(change))
    return component


def changes(zone, begin, end):
    """The changes of the clock between two moments, found to the second."""
    found, moment = [], begin
    while moment < end:
        later = moment + timedelta(days=1)
        if moment.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            found.append(change_between(zone, moment, later))
        moment = later
    return found


def change_between(zone, early, late):
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early).total_seconds() // 2)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    local = late.astimezone(zone)
    return Change(late, before, local.utcoffset(), local.tzname())


def standing(zone, begin, is_changed_later):
    """What holds before the first change, or always."""
    local = begin.astimezone(zone)
    offset = local.utcoffset()
    moment = begin if is_changed_later else (ALWAYS - offset).replace(tzinfo=UTC)
    return Change(moment, offset, offset, local.tzname())


def yearly(found):
    """The changes in runs of one kind, one each year."""
    for _kind, alike in groupby(sorted(found, key=lambda one: (one.kind, one.moment)), lambda one: one.kind):
        run = []
        for change in alike:
            is_next = run and change.local.year == run[-1].local.year + 1 and place_in_month([*run, change])
            if run and not is_next:
                yield run
                run = []
            run.append(change)
        yield run


def place_in_month(run):
    """Which weekday of the month they all fall on: -1 for the last one, 2 for the second, 0 for none."""
    if all((change.local + timedelta(days=WEEK)).month != change.local.month for change in run):
        return -1
    places = {(change.local.day - 1) // WEEK + 1 for change in run}
    return places.pop() if len(places) == 1 else 0


def rule(run, nth, is_open):
    first = run[0].local
    made = {"FREQ": "YEARLY", "BYMONTH": first.month, "BYDAY": f"{nth}{WEEKDAYS[first.weekday()]}"}
    # The day after the last change: some programs read its moment as a local one.
    return vRecur(made if is_open else made | {"UNTIL": run[-1].moment + timedelta(days=1)})


def observance(change, recurs=None):
    """What holds from a change on, and each year from the same day on."""
    is_summer = change.after > change.before
    part = TimezoneDaylight() if is_summer else TimezoneStandard()
    part.add("dtstart", change.local)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if recurs:
        part.add("rrule", recurs)
    return part
