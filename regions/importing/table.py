"""A file of regions or words as rows of text, and what is wrong with it in words a clerk understands."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from language.typed import as_line
from regions.importing.spreadsheet.cell import Faulty, Unreadable, short
from regions.importing.spreadsheet.opening import open_table
from regions.importing.spreadsheet.text import BYTE_ORDER_MARK

# Outlines of all regions in the finest scale are half as large.
MOST_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Problem:
    """One reason why a file is not taken: in which row and column, what stands there, and why not."""

    reason: str
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self):
        where = []
        if self.row:
            where.append(_("row %d") % self.row)
        if self.column:
            where.append(_("column “%s”") % short(self.column))
        if value := short(self.value):
            where.append(f"“{value}”")
        return f"{', '.join(where)}: {self.reason}" if where else self.reason


class Refused(Exception):  # noqa: N818 - it is the file that is refused, and reads better so
    """The file is not taken; nothing was written. `problems` say why."""

    def __init__(self, path, problems):
        self.path, self.problems = path, list(problems)
        super().__init__(
            "\n".join([_("%s is not taken, nothing was changed.") % as_line(path), *map(str, self.problems)])
        )


def read_text(path):
    """The file's text, or Refused."""
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(path, [Problem(_("It is larger than %d MB.") % (MOST_BYTES // 1024**2))])
        data = path.read_bytes()
    except OSError as error:
        raise Refused(path, [Problem(_("It cannot be opened: %s.") % (error.strerror or error))]) from None
    try:
        return data.decode().lstrip(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        reason = _("The file is not UTF-8. Save it as UTF-8 and try again.")
        raise Refused(path, [Problem(reason, row=row)]) from None


def read_table(path, required, known=(), notes=None):
    """The rows of a spreadsheet file as [(number, {column: text})], the columns named as headings are
    compared; Refused when one that is required is missing. What is worth knowing is added to `notes`."""
    try:
        with open_table(path, {*required, *known}) as table:
            missing = [name for name in required if name not in table.headings]
            if missing:
                reason = _("The column is missing.")
                raise Refused(path, [Problem(reason, table.heading_row, name) for name in missing])
            rows = [(number, row_of(path, number, table.headings, cells)) for number, cells in table.rows]
            if notes is not None:
                notes += [Problem(note.reason, note.row, note.column, note.value) for note in table.notes]
    except Unreadable as error:
        raise Refused(path, [Problem(str(error), error.row)]) from None
    if not rows:
        raise Refused(path, [Problem(_("The file has no rows below its headings."))])
    return rows


def row_of(path, number, headings, cells):
    for name, cell in zip(headings, cells, strict=False):
        if isinstance(cell, Faulty):
            raise Refused(path, [Problem(cell.reason, number, name, cell.shown)])
    values = dict.fromkeys(headings, "") | dict(zip(headings, map(as_line, cells), strict=False))
    values.pop("", None)
    return values
