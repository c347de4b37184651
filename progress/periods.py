"""Reporting periods as dates."""

from datetime import date, timedelta


def months_later(day, months):
    """The first of the month so many months after the month of this day."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def six_month_periods(start, end):
    """The (number, first day, last day) of each six-month period from `start` until `end`.

    Periods begin on the first of a month, so `start` must be one; the last ends with the project at `end`.
    """
    if start.day != 1:
        raise ValueError("Periods begin on the first day of a month.")
    periods = []
    first = start
    while first <= end:
        last = min(months_later(first, 6) - timedelta(days=1), end)
        periods.append((len(periods) + 1, first, last))
        first = last + timedelta(days=1)
    return periods
