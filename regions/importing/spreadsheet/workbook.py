"""A workbook (XLSX, XLS, ODS, XLSB) as rows of text, read by a program beside the site.

Its lines are: the sheet, what the others are called and whether formats could be seen; then for each row
its number and cells, a text or [what is wrong, what to show]; at the end what is worth knowing, or, at any
time, the word for why it cannot be read.
"""

import contextlib
import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from regions.importing.spreadsheet.cell import Faulty, Note, Unreadable, text_cell

PROGRAM = "regions.importing.spreadsheet.program"
ROOT = Path(__file__).resolve().parents[3]
MOST_NAMED = 10


@contextlib.contextmanager
def workbook_rows(path, known, sheet):
    """(rows, notes) of the sheet of this name, else of the one that has the known headings."""
    request = json.dumps({"path": str(Path(path).resolve()), "known": sorted(known), "sheet": sheet})
    process = subprocess.Popen(  # noqa: S603 - it is our own program, and nobody's words are in its name
        [sys.executable, "-m", PROGRAM],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(request)
            process.stdin.close()
        notes = []
        lines = answered(process)
        first = next(lines)
        notes += notes_before(first)
        yield rows(lines, notes), notes
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def answered(process):
    """What the program says line by line; Unreadable when it refuses, or ends before it is done."""
    for text in process.stdout:
        try:
            line = json.loads(text)
        except ValueError:
            break
        if isinstance(line, dict) and "refused" in line:
            raise Unreadable(refusals().get(line["refused"], refusals()["damaged"]))
        yield line
        if isinstance(line, dict) and "end" in line:
            return
    # Too little memory or time ends the program without a word.
    raise Unreadable(refusals()["gave up"])


def refusals():
    return {
        "damaged": _(
            "The workbook is damaged or no workbook. Open it in Excel or LibreOffice and save it again as "
            ".xlsx."
        ),
        "password": _("The workbook has a password. Save it without one."),
        "no sheet": _("The workbook has no sheet with cells."),
        "too large": _("The workbook is too large. Divide it, or save it as CSV."),
        "too wide": _("A row of the workbook has more than a thousand cells. Delete what stands far right."),
        "gave up": _(
            "The workbook is damaged, or its sheet is too large. Delete empty rows and columns at its ends, "
            "or save it as CSV."
        ),
    }


def wrong_cells():
    return {
        "formula": _("The cell holds a formula that was never calculated. Write its value."),
        "error": _("The cell holds an error of the spreadsheet program."),
        "no number": _("The cell holds no number that can be written."),
    }


def rows(lines, notes):
    for line in lines:
        if isinstance(line, dict):
            notes += notes_after(line)
            return
        number, cells = line
        yield number, [text_cell(cell) if isinstance(cell, str) else faulty(*cell) for cell in cells]


def faulty(wrong, shown):
    return Faulty(shown, wrong_cells()[wrong])


def notes_before(line):
    """Which sheet is read where there are several, and what cannot be seen of it."""
    if line["others"]:
        yield Note(
            _("The sheet “%(sheet)s” is read. Not read: %(others)s.")
            % {"sheet": line["sheet"], "others": some(line["others"])}
        )
    if not line["looks"]:
        yield Note(
            _(
                "Of this kind of workbook only the values can be read. What is hidden is read too; merged "
                "cells may count in their first row only; zeros that a format puts before a number are "
                "missing; a date has a day even if only its month is shown; an error or a formula that was "
                "never calculated counts as empty. Save it as .xlsx in Excel or LibreOffice to avoid this."
            )
        )


def notes_after(line):
    if line["hidden_rows"]:
        yield Note(
            _("Hidden rows are read too: %s. Delete those that are not meant.") % ranges(line["hidden_rows"])
        )
    if line["hidden_columns"]:
        letters = some([letter(column) for column in line["hidden_columns"]])
        yield Note(_("Hidden columns are read too: %s.") % letters)
    for first, column, last in line["merged"]:
        reason = _("The cell is merged with those down to row %d; its value counts in each of these rows.")
        yield Note(reason % last, first, column)
    for row, column, text in line["long"]:
        reason = _(
            "A spreadsheet keeps fifteen digits of a number; the others became zeros. If all of them count, "
            "write it as text."
        )
        yield Note(reason, row, column, text)


def some(names):
    """The names in one line, the first of many."""
    return ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")


def ranges(numbers):
    """Ascending numbers in few words: 3, 7–9."""
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return some([str(first) if first == last else f"{first}–{last}" for first, last in runs])


def letter(column):
    """The letters that a spreadsheet shows above a column."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
