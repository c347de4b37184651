"""Moments as they are typed on the clocks of a place, also where the clocks change."""

import re
from datetime import UTC
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dateformat import format as date_format
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from language.typed import as_key

TYPED = "%Y-%m-%d %H:%M"
# What clocks are called: 2027-10-31 03:30 EEST.
WITH_ZONE = re.compile(r"(?P<time>.*\d)\s?(?P<zone>[^\W\d_]{2,6})$")
YEARS = range(2000, 2101)


class MomentField(forms.DateTimeField):
    """A moment on the clocks of a place, such as 2027-10-31 03:30.

    An hour that the clocks leave out is no moment; one that comes twice has the name of the zone behind it.
    """

    widget = AdminDateTimeInput
    # Besides ISO's. With slashes nobody knows which is the day and which the month.
    input_formats = ["%d.%m.%Y %H:%M"]
    default_error_messages = {
        "invalid": _("Write day and hour as 2027-03-28 09:30."),
        "year": _("Write a year from %(first)s to %(last)s."),
        "never": _(
            "There is no %(hour)s on %(day)s in %(zone)s: the clocks are put forward over it. "
            "Write “%(before)s” for the time before, or “%(after)s” for the time after."
        ),
        "twice": _(
            "%(hour)s on %(day)s comes twice in %(zone)s: the clocks are put back. "
            "Write “%(before)s” for the first, or “%(after)s” for the second."
        ),
        "other_clocks": _("“%(name)s” is not what the clocks in %(zone)s show then. Write “%(right)s”."),
    }

    def __init__(self, *, zone=None, **keywords):
        super().__init__(input_formats=self.input_formats, **keywords)
        self.zone = zone or ZoneInfo(settings.TIME_ZONE)

    def prepare_value(self, value):
        """A moment as somebody would type it; what somebody has typed as it is."""
        return typed(value.astimezone(self.zone)) if hasattr(value, "astimezone") else value

    def to_python(self, value):
        """The moment in UTC: on one zone's clocks the two of an hour that comes twice count as the same."""
        if value in self.empty_values or hasattr(value, "astimezone"):
            return value or None
        return self.moment(value).astimezone(UTC)

    def moment(self, value):
        """What was typed, or the refusal that says why it is no moment."""
        text = as_key(value)
        named = WITH_ZONE.match(text)
        time = self.parsed(named["time"] if named else text)
        if time.year not in YEARS:
            raise self.refusal("year", first=YEARS[0], last=YEARS[-1])
        if is_aware(time):  # typed with its distance from UTC
            return time
        found = moments(time, self.zone)
        if named:
            return self.of_these_clocks(found or neighbours(time, self.zone), named["zone"])
        if len(found) == 1:
            return found[0]
        kind, (before, after) = ("twice", found) if found else ("never", neighbours(time, self.zone))
        raise self.refusal(
            kind,
            hour=date_format(time, "H:i"),
            day=date_format(time, "j F Y"),
            zone=self.zone.key,
            before=with_zone(before),
            after=with_zone(after),
        )

    def parsed(self, text):
        """Day and hour as Django reads them, without a zone."""
        try:
            found = parse_datetime(text)
        except ValueError:
            found = None
        return found or super(forms.DateTimeField, self).to_python(text)

    def of_these_clocks(self, found, name):
        """The one of these moments at which the clocks have this name."""
        for moment in found:
            if moment.tzname().casefold() == name.casefold():
                return moment
        raise self.refusal("other_clocks", name=name, zone=self.zone.key, right=with_zone(found[0]))

    def refusal(self, code, **params):
        return ValidationError(self.error_messages[code], code=code, params=params)


def moments(time, zone):
    """What an hour on the clocks of a zone means: one moment, two where it comes twice, none where never."""
    found = [time.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    there = [
        moment for moment in found if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == time
    ]
    return there if len({moment.utcoffset() for moment in there}) == 2 else there[:1]


def neighbours(time, zone):
    """The moments on both sides of an hour that the clocks leave out, the earlier first."""
    found = [time.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone) for fold in (0, 1)]
    return sorted(found, key=lambda moment: moment.timestamp())


def typed(moment):
    """A moment as somebody would type it: with the zone's name if its hour comes twice."""
    is_alone = len(moments(moment.replace(tzinfo=None, fold=0), moment.tzinfo)) == 1
    return moment.strftime(TYPED) if is_alone else with_zone(moment)


def with_zone(moment):
    """The moment with the zone's name; with its distance from UTC where the name alone would not tell."""
    other, name = moment.replace(fold=1 - moment.fold), moment.tzname()
    tells = name != other.tzname() or moment.utcoffset() == other.utcoffset()
    if name.isalpha() and tells:
        return f"{moment.strftime(TYPED)} {name}"
    return moment.isoformat(" ", "minutes")
