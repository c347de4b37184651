"""When saved searches write: each frequency has its hour, in the time zone of the site."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

from search.choices import Frequency

# Before people begin to work.
HOUR = 6
MONDAY = 0


def last_boundary(frequency, now):
    """The last moment up to `now` at which letters of this frequency became due: six in the morning, of each
    day, Monday or first of a month."""
    zone = ZoneInfo(settings.TIME_ZONE)
    here = now.astimezone(zone)
    day = here.date()
    if here.time() < dt.time(HOUR):
        day -= dt.timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day -= dt.timedelta(days=(day.weekday() - MONDAY) % 7)
    elif frequency == Frequency.MONTHLY:
        day = day.replace(day=1)
    return dt.datetime.combine(day, dt.time(HOUR), zone)
