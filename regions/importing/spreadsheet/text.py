"""A text file with a table (CSV) as rows: commas, semicolons or tabs, in UTF-8 or Excel's “Unicode text”."""

import csv
import io
import itertools
import re
from contextlib import contextmanager

from django.utils.translation import gettext as _

from regions.importing.spreadsheet.cell import Faulty, Unreadable, text_cell
from regions.importing.spreadsheet.headings import SEARCHED, heading_row, known_in

DELIMITERS = ",;\t"
BYTE_ORDER_MARK = "\ufeff"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# The first line may say what separates the cells, as Excel reads it.
HINT = re.compile(r'"?sep=([,;|:\t])"?', re.IGNORECASE)
# A byte that is not UTF-8 is read as one of these, so that the cell it stands in can be named.
NOT_UTF8 = re.compile("[\udc80-\udcff]")
SYLK = re.compile(rb"ID;P[^\r\n]*[\r\n]+[A-Z]+;")
LOOKED_AT = 64 * 1024
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROL = 0.02


@contextmanager
def text_rows(path, known):
    """The rows of the file, each a list of texts and Faulty cells by its number."""
    with path.open("rb") as file:
        first = file.read(LOOKED_AT)
    is_utf_16 = first[:2] in UTF_16
    refuse_what_is_no_table(first, is_utf_16)
    coding = {"encoding": "utf-16", "errors": "replace"} if is_utf_16 else {"encoding": "utf-8"}
    with path.open(newline="", **{"errors": "surrogateescape"} | coding) as file:
        lines = without_marks(file)
        begin = list(itertools.islice(lines, SEARCHED * 10))
        hint = HINT.fullmatch(begin[0].strip("\r\n")) if begin else None
        skipped = 1 if hint else 0
        delimiter = hint[1] if hint else delimiter_of(begin, known)
        reader = csv.reader(itertools.chain(begin[skipped:], lines), delimiter=delimiter, strict=True)
        yield read(reader, skipped, lossy=is_utf_16)


def refuse_what_is_no_table(first, is_utf_16):
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        raise Unreadable(
            _(
                "The file is a web page or XML, whatever its name says. Open it in Excel or LibreOffice and "
                "save it as .xlsx."
            )
        )
    if SYLK.match(first):
        raise Unreadable(_("The file is in the format SYLK. Save the table as .xlsx or as CSV in UTF-8."))
    if start in (b"{", b"["):
        raise Unreadable(_("The file is JSON and no table. Save the table as .xlsx or as CSV in UTF-8."))
    sample = first[:4096]
    if not is_utf_16 and len(CONTROL.findall(sample)) > max(1, len(sample) * MOST_CONTROL):
        raise Unreadable(
            _("The file is neither a workbook nor text. Save the table as .xlsx or as CSV in UTF-8.")
        )


def without_marks(lines):
    """The lines of a file, the first without the marks of byte order that programs put before it."""
    for number, line in enumerate(lines):
        yield line if number else line.lstrip(BYTE_ORDER_MARK)


def delimiter_of(lines, known):
    """Comma, semicolon or tab: what makes most known headings, or else most cells, of the first rows."""

    sample = io.StringIO("".join(lines)[:LOOKED_AT], newline="")

    def found(delimiter):
        rows = []
        sample.seek(0)
        try:
            for row in csv.reader(sample, delimiter=delimiter):
                if any(row):
                    rows.append(row)
                if len(rows) == SEARCHED:
                    break
        except csv.Error:
            pass
        if not rows:
            # What makes everything blank is what separates it.
            return len(known) + 1, 0
        cells = rows[heading_row(rows, known)]
        return known_in(cells, known), len(cells)

    return max(DELIMITERS, key=found)


def read(reader, number, *, lossy):
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
        yield number, [decoded(cell, lossy) for cell in cells]


def decoded(text, lossy):
    if match := NOT_UTF8.search(text):
        shown = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        reason = _("The byte 0x%(byte)02X is not UTF-8. %(cure)s")
        return Faulty(shown, reason % {"byte": ord(match[0]) - 0xDC00, "cure": how_to_save()}, for_all=True)
    if lossy and "\ufffd" in text:
        return Faulty(text, _("The file is damaged here. %s") % how_to_save(), for_all=True)
    return text_cell(text)


def how_to_save():
    return _(
        "Save it as UTF-8: in Excel as “CSV UTF-8 (comma delimited)”, in LibreOffice with the character set "
        "“Unicode (UTF-8)”."
    )
