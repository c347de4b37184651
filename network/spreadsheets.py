"""Tables as files: the one place that writes CSV and XLSX.

CSV   no cell begins a formula, whether the file is read with commas, semicolons or tabs between the cells
XLSX  texts are texts, word for word; numbers, dates and truths are what they are

A cell is given as a text, a number, a date, a moment, a truth, a list of these, or None for nothing.
"""

import datetime as dt
import math
import re
import tempfile
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from language.typed import LINE_BREAK
from network.downloads import attachment

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("csv", "xlsx")
# Tells spreadsheets that accents are UTF-8.
MARK = "\ufeff"
# Excel counts halves of signs: two for each sign beyond the first 65,536.
LONGEST_CELL = 32_767
MOST_DIGITS = 15
# Before it Excel has no days.
FIRST_YEAR = 1900
LONGEST_SHEET_NAME = 31
KEPT_IN_MEMORY = 5_000_000
WIDTH = 18
# What XML, and so a workbook, cannot hold.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Signs that begin a formula, also as they are written in full width and small.
SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
BEGINS_FORMULA = re.compile(rf"[\s\"]*[{SIGNS}]")
# Where a cell begins: at its own beginning, and, read with another separator, behind every semicolon and line
# break in it.
BEGINNING = re.compile(rf"(^|[;\n])(?=[\s\"\u00ad\u200b-\u200f\u2060\ufeff]*[{SIGNS}])")
# What parts cells and lines, with which separator ever, and blanks that programs drop.
PARTED = re.compile(r"[\",;\n]|^\s|\s$")
# Excel reads this as one sign, unless its first sign is written so itself.
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. `widths` are those of its columns, in signs; without them all are alike."""

    name: str
    headings: list
    rows: object
    widths: list = ()


def table_file(name, kind, headings, rows):
    """A table as an answer that is saved under this name: a CSV file, or a workbook with one sheet."""
    if kind == "xlsx":
        with workbook([Sheet(name, headings, rows)]) as file:
            response = HttpResponse(file.read(), content_type=XLSX)
    else:
        response = HttpResponse("".join(csv_lines(headings, rows)), content_type=CSV)
    response.headers["Content-Disposition"] = attachment(f"{name}.{kind}", "table")
    return response


# What a cell holds


def value_of(cell):
    """The cell as a number, a date, a moment of the site's clock, a truth, a text, or None for nothing."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float | Decimal):
        return number_of(cell)
    if isinstance(cell, dt.datetime):
        local = timezone.localtime(cell) if timezone.is_aware(cell) else cell
        return local.replace(tzinfo=None, microsecond=0)
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, list | tuple | set | frozenset):
        return text_of("; ".join(str(one) for one in cell))
    return text_of(str(cell)) or None


def number_of(number):
    """The number, whole where it is; as a text where a spreadsheet would not keep all its digits."""
    if not math.isfinite(number):
        return str(number)
    if number == int(number):
        number = int(number)
    elif isinstance(number, Decimal):
        number = number.normalize()
    is_kept = isinstance(number, float) or len(str(abs(number)).replace(".", "")) <= MOST_DIGITS
    return number if is_kept else str(number)


def text_of(text):
    """The text without what no workbook can hold, its lines ended alike, and no longer than a cell."""
    text = ILLEGAL.sub("", LINE_BREAK.sub("\n", text))
    if signs(text) <= LONGEST_CELL:
        return text
    sentence = "… " + _("[The rest is left out: a cell holds 32,767 characters.]")
    room = LONGEST_CELL - signs(sentence)
    # Half a sign is no sign.
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept.rstrip() + sentence


def signs(text):
    """How long Excel takes the text to be."""
    return len(text) + sum(sign > "\uffff" for sign in text) if len(text) > LONGEST_CELL // 2 else len(text)


# CSV


def csv_lines(headings, rows):
    """The file line by line."""
    yield MARK + csv_line(headings)
    yield from map(csv_line, rows)


def csv_line(row):
    """One line, its end included."""
    return ",".join(map(written, row)) + "\r\n"


def written(cell):
    """What a CSV file holds for a cell: a number as it is, everything else as a text that begins no formula,
    with an apostrophe where it would."""
    value = value_of(cell)
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    # A tab would part the cell in a file that is read with tabs, in quotes or not.
    text = BEGINNING.sub(r"\1'", str(value).replace("\t", " "))
    return '"' + text.replace('"', '""') + '"' if PARTED.search(text) else text


# XLSX


def workbook(sheets):
    """The workbook as an open file, read from its beginning. Whoever gets it closes it."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(sheet_name(one.name))
        if one.headings:
            sheet.freeze_panes = "A2"
        widths = one.widths or [WIDTH] * len(one.headings)
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        if one.headings:
            sheet.append([bold(sheet, heading) for heading in one.headings])
        for row in one.rows:
            sheet.append([filled(WriteOnlyCell(sheet), cell) for cell in row])
    # Whoever sends it closes it.
    file = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file


def bold(sheet, text):
    """The text as a heading."""
    made = filled(WriteOnlyCell(sheet), text)
    made.font = Font(bold=True)
    return made


def filled(cell, value):
    """The cell of a workbook with this value: a text is never taken for a formula or a fault."""
    value = value_of(value)
    if isinstance(value, dt.date) and value.year < FIRST_YEAR:
        value = str(value)
    if isinstance(value, str):
        cell.value = ESCAPE.sub("_x005F_", value)
        cell.data_type = "s"
        if BEGINS_FORMULA.match(value):
            # It stays a text when somebody edits it.
            cell.number_format = "@"
    else:
        cell.value = value
        if isinstance(value, dt.datetime):
            cell.number_format = "yyyy-mm-dd hh:mm:ss"
        elif isinstance(value, dt.date):
            cell.number_format = "yyyy-mm-dd"
    return cell


def sheet_name(name):
    """The name as a sheet can have it."""
    return re.sub(r"[\[\]:*?/\\]", " ", text_of(str(name))).strip(" '")[:LONGEST_SHEET_NAME] or "1"
