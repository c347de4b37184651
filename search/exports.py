"""All results of a search as a file: CSV, XLSX and JSON, written in batches so that memory stays bounded."""

import datetime as dt
import json
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from knowledge.licences import terms
from language.typed import as_prose
from network import spreadsheets
from network.addresses import full_address
from search import queries
from search.facets import MAIN, TOUCHED
from search.forms import SearchForm
from search.rows import in_batches
from search.saved import proposed_name

LINES_AT_ONCE = 100


@dataclass(frozen=True)
class Export:
    """Everything that a search finds, asked for at one moment."""

    form: SearchForm
    made_at: dt.datetime

    @cached_property
    def keys(self):
        return queries.keys(self.form.query)

    def rows(self):
        """The facts of each item, by column."""
        for row in in_batches(self.keys):
            yield facts(row)

    @property
    def about(self):
        """What the file says of itself, as (name, value)."""
        return [
            (_("Search in words"), proposed_name(self.form)),
            (_("Address of the search"), full_address(self.form.url())),
            (_("Date of this file"), timezone.localtime(self.made_at).isoformat(timespec="minutes")),
            (_("Terms"), terms()),
        ]


def facts(row):
    """Everything a card says of an item, and what leads back to it, in the order of the headings."""
    display, weights = row.display, row.stage_weights
    return {
        "id": str(row.page.get("permanent_id", "")),
        "reference": display.get("reference", ""),
        "external_id": display.get("external_id", ""),
        "kind": row.kind,
        "title": display["title"],
        "summary": display.get("summary", ""),
        "url": row.url,
        "permanent_url": row.permanent_url,
        "place": display.get("place", ""),
        "nuts_codes": row.nuts_codes,
        "materials": list(display.get("materials", ())),
        "material_codes": list(display.get("material_codes", ())),
        "stages": row.stages,
        "stages_main": [stage for stage, weight in weights.items() if weight == MAIN],
        "stages_touched": [stage for stage, weight in weights.items() if weight == TOUCHED],
        "evidence": row.evidence.get("label", ""),
        "origin": display.get("origin", ""),
        "source": display.get("source", ""),
        "organisation": display.get("organisation", ""),
        "year_begin": display.get("year_begin"),
        "year_end": display.get("year_end"),
        "date": display.get("date", ""),
        "cost_eur": row.cost,
        "licence": row.licence,
    }


def headings():
    """The columns with their headings, in their order."""
    return {
        "id": _("Id"),
        "reference": _("Reference"),
        "external_id": _("External id"),
        "kind": _("Kind"),
        "title": _("Title"),
        "summary": _("Summary"),
        "url": _("Address"),
        "permanent_url": _("Permanent address"),
        "place": _("Place"),
        "nuts_codes": _("NUTS codes"),
        "materials": _("Raw materials"),
        "material_codes": _("Codes of the raw materials"),
        "stages": _("Value-chain stages"),
        "stages_main": _("Codes of the main stages"),
        "stages_touched": _("Codes of the other stages"),
        "evidence": _("Evidence"),
        "origin": _("Origin"),
        "source": _("Source"),
        "organisation": _("Organisation"),
        "year_begin": _("First year"),
        "year_end": _("Last year"),
        "date": _("Date"),
        "cost_eur": _("Cost in euro"),
        "licence": _("Licence"),
    }


def cells(export):
    """Each item as the cells of a table."""
    for row in export.rows():
        yield [shown(value) for value in row.values()]


def shown(value):
    """The value without what nobody sees."""
    if isinstance(value, list):
        return [shown(one) for one in value]
    return as_prose(value) if isinstance(value, str) else value


# CSV


def csv_lines(export):
    """The file line by line. What it is stands in columns of its own, so that every line but the first is an
    item."""
    about = export.about
    names, values = [name for name, _value in about], [shown(value) for _name, value in about]
    rows = ([*row, *values] for row in cells(export))
    return spreadsheets.csv_lines([*headings().values(), *names], rows)


# JSON


def json_pieces(export):
    """One object: what the file is, and the items in `results`."""
    about = {
        "search": proposed_name(export.form),
        "url": full_address(export.form.url()),
        "date": timezone.localtime(export.made_at).isoformat(timespec="minutes"),
        "licence": terms(),
        "total": len(export.keys),
    }
    yield json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "results": ['
    between = "\n  "
    for row in export.rows():
        yield between + json.dumps(row, ensure_ascii=False)
        between = ",\n  "
    yield "\n ]\n}\n"


def in_pieces(lines):
    """The same text in pieces of some size: each is sent by itself."""
    piece = []
    for line in lines:
        piece.append(line)
        if len(piece) == LINES_AT_ONCE:
            yield "".join(piece)
            piece = []
    yield "".join(piece)


STREAMS = {"csv": (csv_lines, spreadsheets.CSV), "json": (json_pieces, "application/json")}


# XLSX


def workbook(export):
    """The workbook as an open file: a sheet with the items, and one that says what it is."""
    on = list(headings()).index("date")
    rows = ([*row[:on], local(row[on]), *row[on + 1 :]] for row in cells(export))
    results = spreadsheets.Sheet(_("Results"), list(headings().values()), rows, widths())
    about = spreadsheets.Sheet(_("About"), (), [(name, shown(text)) for name, text in export.about], [24, 90])
    return spreadsheets.workbook([results, about])


def local(written):
    """A moment as the clocks of its place show it: a workbook knows no zones."""
    return dt.datetime.fromisoformat(written).replace(tzinfo=None) if written else None


def widths():
    return [60 if name in ("title", "summary") else 30 if "url" in name else 18 for name in headings()]
