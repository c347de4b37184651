"""All results of a search as a file: CSV, XLSX and JSON, written in batches so that memory stays bounded."""

import csv
import json
import tempfile
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from network.addresses import full_address
from search import queries
from search.documents import plain
from search.forms import SearchForm
from search.rows import in_batches
from search.saved import proposed_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so is run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_000
LINES_AT_ONCE = 100
KEPT_IN_MEMORY = 5_000_000


@dataclass(frozen=True)
class Export:
    """Everything that a search finds, asked for at one moment."""

    form: SearchForm
    made_at: datetime

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


def terms():
    return _(
        "Each item names the licence of its text. What was collected from a public source has the licence of "
        "that source, which is named too."
    )


def facts(row):
    """Everything a card says of an item, and what leads back to it, in the order of the headings."""
    display = row.display
    return {
        "id": str(row.page.get("permanent_id", "")),
        "reference": display.get("reference", ""),
        "external_id": row.external_id,
        "kind": row.kind,
        "title": display["title"],
        "summary": display.get("summary", ""),
        "url": row.url,
        "permanent_url": row.permanent_url,
        "place": display.get("place", ""),
        "nuts_codes": row.nuts_codes,
        "materials": list(display.get("materials", ())),
        "stages": row.stages,
        "evidence": (display.get("evidence") or {}).get("label", ""),
        "origin": display.get("origin", ""),
        "source": row.source,
        "organisation": display.get("organisation", ""),
        "years": display.get("years", ""),
        "date": display.get("date", ""),
        "cost_eur": display.get("cost", ""),
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
        "stages": _("Value-chain stages"),
        "evidence": _("Evidence"),
        "origin": _("Origin"),
        "source": _("Source"),
        "organisation": _("Organisation"),
        "years": _("Years"),
        "date": _("Date"),
        "cost_eur": _("Cost in euro"),
        "licence": _("Licence"),
    }


def cell(value):
    """The value as one safe cell: lists are joined, and nothing can be run as a formula."""
    text = "; ".join(value) if isinstance(value, list) else str(value)
    text = plain(text)[:LONGEST_CELL]
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


# CSV


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def csv_lines(export):
    """The file line by line. What it is stands in columns of its own, so that every line but the first is an
    item."""
    writer = csv.writer(Echo(), lineterminator="\r\n")
    about = [(name, cell(value)) for name, value in export.about]
    # The mark at the beginning tells spreadsheets that accents are UTF-8.
    yield "\ufeff" + writer.writerow([*headings().values(), *(name for name, _value in about)])
    for row in export.rows():
        yield writer.writerow([*map(cell, row.values()), *(value for _name, value in about)])


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


STREAMS = {"csv": (csv_lines, "text/csv; charset=utf-8"), "json": (json_pieces, "application/json")}


# XLSX


def workbook(export):
    """The workbook as an open file: a sheet with the items, and one that says what it is."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Results"))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths(), start=1):
        sheet.column_dimensions[chr(64 + number)].width = width
    sheet.append([bold(sheet, text) for text in headings().values()])
    for row in export.rows():
        sheet.append([text_cell(value) for value in row.values()])
    about = book.create_sheet(_("About"))
    about.column_dimensions["B"].width = 90
    for name, value in export.about:
        about.append([bold(about, name), text_cell(value)])
    # The answer that sends it closes it.
    file = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file


def widths():
    return [60 if name in ("title", "summary") else 30 if "url" in name else 18 for name in headings()]


def bold(sheet, text):
    made = WriteOnlyCell(sheet, value=text)
    made.font = Font(bold=True)
    return made


def text_cell(value):
    """The value as a cell, empty where there is nothing."""
    return cell(value) or None
