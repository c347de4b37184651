"""A vocabulary file as rows of text, and what is wrong with it in words a clerk understands."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

LONGEST_SHOWN = 60


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
            where.append(_("column “%s”") % self.column)
        if self.value:
            shown = self.value if len(self.value) <= LONGEST_SHOWN else self.value[: LONGEST_SHOWN - 1] + "…"
            where.append(f"“{shown}”")
        return f"{', '.join(where)}: {self.reason}" if where else self.reason


class Refused(Exception):  # noqa: N818 - it is the file that is refused, and reads better so
    """The file is not taken; nothing was written. `problems` say why."""

    def __init__(self, path, problems):
        self.path, self.problems = path, list(problems)
        super().__init__(
            "\n".join([_("%s is not taken, nothing was changed.") % path, *map(str, self.problems)])
        )


def read_text(path):
    """The file's text, or Refused."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(path, [Problem(_("It cannot be opened: %s.") % (error.strerror or error))]) from None
    if not data.strip():
        raise Refused(path, [Problem(_("The file is empty."))])
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        reason = _("The file is not UTF-8. Save it as UTF-8 and try again.")
        raise Refused(path, [Problem(reason, row=row)]) from None


def read_csv(path, required):
    """The rows as [(number, {column: text})]; commas or semicolons. Refused when a column is missing."""
    text = read_text(path)
    if "\x00" in text or text.startswith("PK\x03\x04"):
        raise Refused(path, [Problem(_("This is not a CSV file. Save the table as CSV in UTF-8."))])
    first = text.lstrip().splitlines()[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [(name or "").strip() for name in reader.fieldnames or []]
        missing = [name for name in required if name not in columns]
        if missing:
            raise Refused(
                path, [Problem(_("The column is missing."), row=1, column=name) for name in missing]
            )
        rows = []
        for row in reader:
            values = {
                (k or "").strip(): (v or "").strip() for k, v in row.items() if isinstance(v, str | None)
            }
            if any(values.values()):
                rows.append((reader.line_num, values))
    except csv.Error as error:
        raise Refused(path, [Problem(str(error), row=reader.line_num)]) from None
    if not rows:
        raise Refused(path, [Problem(_("The file has no rows below its headings."))])
    return rows
