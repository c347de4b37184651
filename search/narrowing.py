"""What an address narrows the results to: choices, switches and bands, read once for every door.

The names and what they mean stand in search/facets.py. What cannot be used is left out, and `notes` has a
sentence about it: the page shows them, the API refuses with them.
"""

import datetime as dt
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from regions.countries import nuts_country
from search.documents import UNREADABLE
from search.facets import BANDS, COUNTED, MANY_VALUED, STAGE_WEIGHTS
from search.query import MAX_FACET_VALUES
from search.vocabulary import FILTERS, LATEST_YEAR, YEAR, facet_name, thing

ENDS = ("from", "to")
SWITCHES = ("match_all", "stage_weight")
# The end that is counted in, as people mean it: the page asks for it, addresses are written with "to".
LAST = "last"
BAND_NAMES = tuple(
    f"{band}_{end}" for band in BANDS for end in (*ENDS, *((LAST,) if band in COUNTED else ()))
)
# Every parameter that narrows the results.
NAMES = (*FILTERS, *SWITCHES, *BAND_NAMES)
QUOTED = 40
NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?(e[+-]?[0-9]{1,2})?", re.IGNORECASE)
HIGHEST_SUM = Decimal("999999999999.99")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Narrowing:
    """What the address narrows to, as the values of a Query.

    facets, match_all, stage_weight, bands   see search.query.Query
    notes                                    sentences about what was left out

    A band in which nothing can lie is left out too, unless it `may_be_empty`: then it finds nothing.
    """

    def __init__(self, data, vocabulary, *, may_be_empty=False):
        self.notes = []
        self.vocabulary = vocabulary
        self.may_be_empty = may_be_empty
        asked = {facet: self.values(facet, data.getlist(facet)) for facet in FILTERS}
        self.facets = {facet: self.known(facet, values) for facet, values in asked.items() if values}
        self.match_all = self.switches(data.getlist("match_all"))
        self.stage_weight = self.weight(readable(data.get("stage_weight", "")).lower())
        bands = {band: self.band(band, data) for band in BANDS}
        self.bands = {band: ends for band, ends in bands.items() if ends != (None, None)}

    @property
    def asked(self):
        return {name: getattr(self, name) for name in ("facets", "match_all", "stage_weight", "bands")}

    def values(self, facet, typed):
        """The values as they are written, each once, no more than can be asked for."""
        fold = region_code if facet == "region" else str.lower
        values = list(dict.fromkeys(fold(readable(value)) for value in typed if readable(value)))
        if len(values) > MAX_FACET_VALUES:
            self.notes.append(
                _("One can make up to %(number)s choices of “%(facet)s”; the others were left out.")
                % {"number": MAX_FACET_VALUES, "facet": facet_name(facet)}
            )
        return values[:MAX_FACET_VALUES]

    def known(self, facet, values):
        unknown = [value for value in values if not self.vocabulary.knows(facet, value)]
        if len(unknown) == 1:
            self.notes.append(
                _("There is no %(facet)s “%(value)s”; it was left out.")
                % {"facet": thing(facet), "value": quoted(unknown[0])}
            )
        elif unknown:
            self.notes.append(
                _("%(number)s choices of “%(facet)s” do not exist, such as “%(value)s”; they were left out.")
                % {"number": len(unknown), "facet": facet_name(facet), "value": quoted(unknown[0])}
            )
        return tuple(value for value in values if value not in unknown)

    def switches(self, typed):
        names = dict.fromkeys(readable(name).lower() for name in typed if readable(name))
        if unknown := [name for name in names if name not in MANY_VALUED]:
            called = facet_name(unknown[0]) if unknown[0] in FILTERS else unknown[0]
            self.notes.append(
                _("One cannot ask for all of several choices of “%(name)s”; any of them will do.")
                % {"name": quoted(called)}
            )
        return tuple(name for name in MANY_VALUED if name in names)

    def weight(self, typed):
        if typed and typed not in STAGE_WEIGHTS:
            self.notes.append(
                _("Stages are “main” or “touched”, not “%(value)s”; it was left out.")
                % {"value": quoted(typed)}
            )
        return typed if typed in STAGE_WEIGHTS else ""

    def band(self, band, data):
        typed = {end: readable(data.get(f"{band}_{end}", "")) for end in (*ENDS, LAST)}
        start, end = (self.end(band, typed[end]) for end in ENDS)
        last = after(self.end(band, typed[LAST])) if band in COUNTED else None
        if last is not None and (end is None or last < end):
            end = last
        if start is not None and end is not None and start >= end and not self.may_be_empty:
            self.notes.append(
                _("Nothing of “%(facet)s” lies from %(start)s up to %(end)s; both were left out.")
                % {"facet": facet_name(band), "start": start, "end": typed[LAST] or end}
            )
            return None, None
        return start, end

    def end(self, band, typed):
        """One end of a band, or None where there is none that can be used."""
        read = {"cost": sum_in_euro, "year": year, "date": day}[band]
        value = read(typed) if typed else None
        if typed and value is None:
            sentence = {
                "cost": _("“%(value)s” is not a sum in euro, such as 250000; it was left out."),
                "year": _("“%(value)s” is not a year, such as 2021; it was left out."),
                "date": _("“%(value)s” is not a day, such as 2026-11-30; it was left out."),
            }
            self.notes.append(sentence[band] % {"value": quoted(typed)})
        return value


def region_code(typed):
    """A code as regions have it here: of countries Eurostat's, of which ISO has two otherwise."""
    return nuts_country(typed.upper())


def sum_in_euro(typed):
    """The sum, whole where it is: people write 250 000 and €250000."""
    written = "".join(typed.replace("€", "").split())
    if not (written.isascii() and NUMBER.fullmatch(written)):
        return None
    amount = Decimal(written)
    if not 0 <= amount <= HIGHEST_SUM or amount != round(amount, 2):
        return None
    return int(amount) if amount == int(amount) else amount


def year(typed):
    # The year after the last one ends a band.
    is_one = typed.isascii() and (YEAR.fullmatch(typed) or typed == str(LATEST_YEAR + 1))
    return int(typed) if is_one else None


def day(typed):
    try:
        return dt.date.fromisoformat(typed) if typed.isascii() and DAY.fullmatch(typed) else None
    except ValueError:
        return None


def after(last):
    """Where a band ends that counts its last year or day in."""
    if last is None or last == dt.date.max:
        return None
    return last + 1 if isinstance(last, int) else last + dt.timedelta(days=1)


def last_of(band, end):
    """The last year or day of a band that ends before `end`; nothing where it is open."""
    if end is None or end == dt.date.min:
        return end
    return end - 1 if band == "year" else end - dt.timedelta(days=1)


def pairs(query, without=(), **changes):
    """The parameters that narrow like this query with `changes`, leaving out single choices given as
    (facet, value)."""
    facets, bands = changes.get("facets", query.facets), changes.get("bands", query.bands)
    kept = {
        facet: [value for value in facets[facet] if (facet, value) not in without]
        for facet in FILTERS
        if facet in facets
    }
    for facet, values in kept.items():
        yield from ((facet, value) for value in values)
    # A switch without a choice changes nothing.
    yield from (
        ("match_all", facet) for facet in changes.get("match_all", query.match_all) if kept.get(facet)
    )
    yield "stage_weight", changes.get("stage_weight", query.stage_weight)
    for band, ends in bands.items():
        for end, value in zip(ENDS, ends, strict=True):
            yield f"{band}_{end}", "" if value is None else str(value)


def readable(value):
    """`value` without what no page can show, and without white space around it."""
    return UNREADABLE.sub(" ", value).strip()


def quoted(value):
    """As much of what was typed as fits in a sentence."""
    return value if len(value) <= QUOTED else value[:QUOTED] + "…"
