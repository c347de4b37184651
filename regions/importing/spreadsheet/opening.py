"""Opening a table: what the file is, which row holds its headings, which rows follow."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from regions.importing.spreadsheet.cell import Faulty, Note, Unreadable, short
from regions.importing.spreadsheet.headings import SEARCHED, heading, heading_row
from regions.importing.spreadsheet.sheet import MOST_COLUMNS
from regions.importing.spreadsheet.text import text_rows
from regions.importing.spreadsheet.workbook import workbook_rows

MOST_BYTES = 30 * 1024 * 1024
MOST_ROWS = 100_000
ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """The headings and, row by row, (row number as a spreadsheet shows it, list of cells), each a text or
    Faulty. The notes are whole once the rows are read."""

    headings: list
    heading_row: int
    rows: Iterator
    read_notes: list

    @property
    def notes(self):
        """What is worth knowing of the file, with the headings of the columns it is about."""
        return [
            note
            if isinstance(note.column, str)
            else Note(note.reason, note.row, self.named(note), note.value)
            for note in self.read_notes
        ]

    def named(self, note):
        return self.headings[note.column - 1] if note.column <= len(self.headings) else ""


@contextmanager
def open_table(path, known, sheet=""):
    """The table in this file, whatever its name ends in; `known` are the headings it may have, and `sheet`
    is the sheet to read where a workbook has one of this name."""
    path = Path(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            first = file.read(4)
    except OSError as error:
        raise Unreadable(_("The file cannot be opened: %s.") % (error.strerror or error)) from None
    if not first:
        raise Unreadable(_("The file is empty."))
    if size > MOST_BYTES:
        raise Unreadable(_("The file is larger than %d MB. Divide it.") % (MOST_BYTES // 1024**2))
    if first.startswith(ZIP) or first == OLE:
        with workbook_rows(path, known, sheet) as (rows, notes):
            yield as_table(rows, known, notes)
    else:
        with text_rows(path, known) as rows:
            yield as_table(rows, known, [])


def as_table(rows, known, notes):
    """Headings and the rows below them, without blank ones and what stands above the headings."""
    filled = filled_rows(rows)
    first, fault = looked_ahead(filled)
    if not first:
        raise Unreadable(_("The file is empty."))
    above = heading_row([cells for _number, cells in first], known)
    number, cells = first[above]
    if above:
        notes.append(
            Note(_("What stands above the headings is not read."), first[0][0], "", shown(first[0][1]))
        )
    while cells and not cells[-1]:
        cells.pop()
    for cell in cells:
        if isinstance(cell, Faulty):
            raise Unreadable(
                _("The heading “%(cell)s” cannot be read: %(reason)s")
                % {"cell": short(cell.shown), "reason": cell.reason},
                number,
            )
    rest = itertools.chain(first[above + 1 :], faulty(fault) if fault else filled)
    return Table([heading(cell) for cell in cells], number, rest, notes)


def filled_rows(rows):
    """The rows that are not blank; Unreadable where there are more, or longer ones, than any table has."""
    filled = ((number, cells) for number, cells in rows if any(cells))
    for count, (number, cells) in enumerate(filled):
        if count > MOST_ROWS:
            raise Unreadable(_("The table has more than %d rows. Divide it.") % MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(_("The row has more than %d cells.") % MOST_COLUMNS, number)
        yield number, cells


def looked_ahead(rows):
    """The first rows, and what keeps the next one from being read: it is said once its turn comes."""
    first = []
    try:
        for row in itertools.islice(rows, SEARCHED):
            first.append(row)
    except Unreadable as error:
        if not first:
            raise
        return first, error
    return first, None


def faulty(error):
    raise error
    yield


def shown(cells):
    return next(cell.shown if isinstance(cell, Faulty) else cell for cell in cells if cell)
