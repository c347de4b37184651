"""Every row of an import file, checked before anything is written: what is wrong, and what a row means.

A row that is right becomes a record: plain values that name regions, materials and fields as the site does.
Records are kept in a temporary file, one JSON line each, so that what is written is what was checked.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from tempfile import TemporaryFile

from django.utils.translation import gettext as _

from knowledge.importing.cells import Row
from knowledge.importing.columns import BY_NAME, REQUIRED
from knowledge.importing.meanings import record
from knowledge.importing.vocabulary import nearest
from regions.importing.spreadsheet.cell import Faulty, Unreadable, short


@dataclass(frozen=True)
class Remark:
    """One line of the report: what is wrong (or, as a note, worth knowing) in one cell."""

    row: int
    column: str
    value: str
    reason: str
    is_note: bool = False

    def line(self, file_name):
        """The remark as the report prints it: file, row, column, value, reason."""
        where = [file_name]
        if self.row:
            where.append(_("row %d") % self.row)
        if self.column:
            where.append(_("column %s") % short(self.column))
        if value := short(self.value):
            where.append(f"“{value}”")
        reason = _("Note: %s") % self.reason if self.is_note else self.reason
        return f"{', '.join(where)}: {reason}"


@dataclass
class Checked:
    """What came of checking a file: its good rows, and how many were wrong."""

    rows: int = 0
    good: int = 0
    problems: int = 0
    # Set when the file as a whole is wrong, so that not even its good rows may be written.
    unusable: bool = False
    spool: object = field(default_factory=lambda: TemporaryFile("w+", encoding="utf-8"))  # noqa: SIM115

    def keep(self, line):
        self.good += 1
        self.spool.write(line + "\n")

    def lines(self):
        """The records of the good rows, each as a line of JSON that is the same whenever the row is."""
        self.spool.seek(0)
        for line in self.spool:
            yield line.rstrip("\n")


def check(table, vocabulary, report: Callable[[Remark], None], today):
    """Check the whole table; `report` is called with every remark as it is found."""
    checked = Checked()

    def tell(remark):
        checked.problems += not remark.is_note
        report(remark)

    for remark in wrong_headings(table):
        tell(remark)
    checked.unusable = bool(checked.problems)
    if all(name in table.headings for name in REQUIRED):
        try:
            check_rows(table, checked, vocabulary, tell, today)
        except Unreadable as error:
            tell(Remark(error.row or 0, "", "", str(error)))
            checked.unusable = True
    # What the whole file is like shows only once it is read to its end.
    for note in table.notes:
        tell(Remark(note.row, note.column, note.value, note.reason, True))
    return checked


def check_rows(table, checked, vocabulary, tell, today):
    rows_of = {}
    for number, cells in table.rows:
        checked.rows += 1
        if remark := wrong_throughout(number, table.headings, cells):
            tell(remark)
            checked.unusable = True
            return
        row = Row(number, table.headings, cells, vocabulary, today)
        found = record(row)
        first = rows_of.setdefault(row.text("id") or number, number)
        if first != number:
            row.wrong("id", _("Row %d has the same id. An id stands for one practice only.") % first)
        for remark in row.remarks:
            tell(Remark(number, *remark))
        if not row.is_wrong:
            checked.keep(json.dumps(found, ensure_ascii=False, sort_keys=True))
    if not checked.rows and not checked.problems:
        tell(Remark(0, "", "", _("The file has headings but no rows.")))


def wrong_throughout(number, headings, cells):
    """A remark on a cell that shows that the whole file was saved wrongly, so that no more of it is read."""
    for position, cell in enumerate(cells):
        if isinstance(cell, Faulty) and cell.for_all:
            column = headings[position] if position < len(headings) else ""
            return Remark(number, column, cell.shown, cell.reason)
    return None


def wrong_headings(table):
    """What is wrong with the headings: unknown, doubled and missing columns."""
    if not BY_NAME.keys() & set(table.headings):
        shown = ", ".join(filter(None, table.headings))
        reason = _("None of these is a heading of an import file. It needs at least: %s.")
        yield Remark(table.heading_row, "", shown, reason % ", ".join(REQUIRED))
        return
    seen = set()
    for name in table.headings:
        if not name:
            reason = _("A column between the others has no heading.")
        elif name not in BY_NAME:
            near = nearest(name, BY_NAME)
            hint = _(" Did you mean %s?") % near[0] if near else ""
            reason = (
                _("This column is not known.%s Remove it, or give it one of the headings of the template.")
                % hint
            )
        elif name in seen:
            reason = _("This column is there twice.")
        else:
            seen.add(name)
            continue
        yield Remark(table.heading_row, name, "", reason)
    missing = [name for name in REQUIRED if name not in table.headings]
    if len(missing) == 1:
        reason = _("This column is missing. Add it, with exactly this heading.")
        yield Remark(table.heading_row, missing[0], "", reason)
    elif missing:
        reason = _("These columns are missing: %s. Add them, with exactly these headings.")
        yield Remark(table.heading_row, "", "", reason % ", ".join(missing))
