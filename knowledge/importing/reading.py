"""A spreadsheet file as rows of text: CSV (UTF-8, comma or semicolon) or XLSX, read row by row.

What cannot be read raises `Unreadable` with a sentence that says what to do about it.
"""

import csv
import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import openpyxl
from django.utils.translation import gettext as _

from knowledge.importing.columns import BY_NAME, heading

SHEET = "Practices"
MOST_UNPACKED = 400 * 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A byte that is not UTF-8 is read as one of these, so that the cell it stands in can be named.
NOT_UTF8 = re.compile("[\udc80-\udcff]")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Unreadable(Exception):  # noqa: N818 - it is no error of ours, and reads better where it is caught
    """The file, or one row of it (`row`), cannot be read; the message says why and what to do."""

    def __init__(self, message, row=None):
        super().__init__(message)
        self.row = row


@dataclass(frozen=True)
class Faulty:
    """A cell that holds no usable text: what to show of it, and why."""

    shown: str
    reason: str


@dataclass(frozen=True)
class Table:
    """The headings and, row by row, (row number as a spreadsheet shows it, list of cells)."""

    headings: list
    heading_row: int
    rows: Iterator


@contextmanager
def open_table(path):
    """The table in this file. A cell is a text in NFC, or Faulty."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            first = file.read(4)
    except OSError as error:
        raise Unreadable(_("The file cannot be opened: %s.") % (error.strerror or error)) from None
    refuse_wrong_kind(path, first)
    with csv_rows(path) if path.suffix.lower() == ".csv" else excel_rows(path) as rows:
        yield as_table(rows)


def refuse_wrong_kind(path, first):
    """Say it when the name of the file and its first bytes do not agree, or when it is of another kind."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise Unreadable(_("The file's name must end in .csv or .xlsx. Save it as one of these."))
    if not first:
        raise Unreadable(_("The file is empty."))
    if first == OLE:
        raise Unreadable(
            _(
                "The file is an old Excel workbook (.xls) or has a password. Save it as an Excel workbook "
                "(.xlsx) without one."
            )
        )
    if suffix == ".csv" and first == ZIP:
        raise Unreadable(
            _(
                "The file is an Excel workbook although its name ends in .csv. Let the name end in .xlsx, or "
                "save it in Excel as “CSV UTF-8”."
            )
        )
    if suffix == ".xlsx" and first != ZIP:
        raise Unreadable(
            _(
                "The file is not an Excel workbook although its name ends in .xlsx. If it is text, let the "
                "name end in .csv."
            )
        )
    if first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(_("The file is in UTF-16. %s") % how_to_save_as_utf8())


def how_to_save_as_utf8():
    return _(
        "Save it as UTF-8: in Excel as “CSV UTF-8 (comma delimited)”, in LibreOffice with the character set "
        "“Unicode (UTF-8)”."
    )


def as_table(rows):
    """The first row that is not blank as headings, the others after it without blank ones."""
    filled = ((number, cells) for number, cells in rows if any(cells))
    number, headings = next(filled, (0, None))
    if headings is None:
        raise Unreadable(_("The file is empty."))
    while headings and not headings[-1]:
        headings.pop()
    for cell in headings:
        if isinstance(cell, Faulty):
            raise Unreadable(
                _("The heading “%(cell)s” cannot be read: %(reason)s")
                % {"cell": cell.shown, "reason": cell.reason},
                number,
            )
    return Table([heading(cell) for cell in headings], number, filled)


@contextmanager
def csv_rows(path):
    with path.open(newline="", encoding="utf-8-sig", errors="surrogateescape") as file:
        delimiter = delimiter_of(file.readline())
        file.seek(0)
        yield read_csv(csv.reader(file, delimiter=delimiter, strict=True))


def delimiter_of(line):
    """Comma or semicolon: the one that makes more known headings of the first line."""

    def known(delimiter):
        return sum(heading(cell.strip('"')) in BY_NAME for cell in line.split(delimiter))

    return max(",;", key=known)


def read_csv(reader):
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                _(
                    "The row cannot be taken apart (%s). Look for a quotation mark that is not closed, or "
                    "that stands inside a text and is not doubled."
                )
                % error,
                number,
            ) from None
        yield number, [text_cell(cell) for cell in cells]


def text_cell(text):
    """A cell of a CSV file, or text of a workbook."""
    if match := NOT_UTF8.search(text):
        shown = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        byte = ord(match[0]) - 0xDC00
        return Faulty(
            shown,
            _("The byte 0x%(byte)02X is not UTF-8. %(cure)s") % {"byte": byte, "cure": how_to_save_as_utf8()},
        )
    if match := NOT_TEXT.search(text):
        reason = _(
            "It holds a sign that is no text (U+%04X); the file may be damaged. Delete it and type it anew."
        )
        return Faulty(NOT_TEXT.sub("�", text), reason % ord(match[0]))
    return unicodedata.normalize("NFC", text).strip()


@contextmanager
def excel_rows(path):
    try:
        with ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable(_("The workbook is too large. Divide it, or save it as CSV."))
        with warnings.catch_warnings():
            # openpyxl warns of decoration that it leaves out; the cells are all there.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(path, read_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unreadable(damaged()) from error
    try:
        sheet = workbook[SHEET] if SHEET in workbook.sheetnames else workbook.worksheets[0]
        # A stated size may be wrong; what counts is which rows are there.
        sheet.reset_dimensions()
        yield read_excel(sheet)
    finally:
        workbook.close()


def damaged():
    return _("The workbook is damaged or no Excel workbook. Open it in Excel and save it again as .xlsx.")


def read_excel(sheet):
    rows = sheet.iter_rows()
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows, None)
        except Exception as error:
            # A damaged workbook makes openpyxl, zipfile and the XML reader raise whatever they like.
            raise Unreadable(damaged(), number) from error
        if cells is None:
            return
        yield number, [excel_cell(cell) for cell in cells]


def excel_cell(cell):
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Faulty(str(value), _("The cell holds a formula. Copy it and paste it as a value."))
    if cell.data_type == "e":
        return Faulty(str(value), _("The cell holds an error of the spreadsheet program."))
    if isinstance(value, datetime | date):
        return excel_date(value, cell.number_format)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return text_cell(str(value))


def excel_date(value, number_format):
    """A date as exact as its cell shows it: a cell showing only month and year knows no day."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format or "").lower()
    if "d" in shown:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m" if "m" in shown else "%Y")
