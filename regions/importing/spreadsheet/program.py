"""A program of its own: reads one sheet of a workbook and prints it row by row as lines of JSON.

A damaged workbook can take all memory or end the process that reads it, and nothing in Python stops that.
So this runs beside the site, with little memory and time, and knows nothing of it: a request comes in as
JSON, rows go out, words are found elsewhere. See workbook.py for what the lines mean.
"""

import contextlib
import json
import os
import sys
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import python_calamine

from regions.importing.spreadsheet.headings import SEARCHED, heading, heading_row, known_in
from regions.importing.spreadsheet.sheet import Sheet, TooWide

MEMORY = 1024 * 1024 * 1024
SECONDS = 120
EMPTY = -1
MOST_UNPACKED = 400 * 1024 * 1024


class Refused(Exception):  # noqa: N818 - it is the workbook that is refused
    """The workbook cannot be read; the message is a word that workbook.py knows."""


def main():
    limit()
    request = json.load(sys.stdin)
    try:
        for line in lines(request):
            tell(line)
    except Refused as refused:
        tell({"refused": str(refused)})
    except MemoryError:
        tell({"refused": "too large"})
    # A panic inside the library is no Exception.
    except BaseException:
        tell({"refused": "damaged"})
    sys.stdout.flush()
    # Nothing is left to do; a library that is confused by now need not tidy up.
    os._exit(0)


def limit():
    """Take no more memory and time than a workbook needs that somebody would import."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_CORE", 0)):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, what), (most, most))


def tell(line):
    print(json.dumps(line), file=sys.stdout)  # noqa: T201 - it is how this program answers


def lines(request):
    """What there is to tell of the workbook: its sheet, its rows, and at the end what is worth knowing."""
    path = request["path"]
    is_zip = is_zipfile(path)
    if is_zip:
        with ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise Refused("too large")
    workbook = opened(path)
    sheet, others = chosen(workbook, request)
    looks = None
    if is_zip:
        # Takes longer to load than all else.
        from regions.importing.spreadsheet.looks import looks_of

        looks = looks_of(path, sheet.name)
    yield {"sheet": sheet.name, "others": others, "looks": looks is not None}
    read = Sheet(sheet, looks)
    try:
        yield from read.rows()
    except TooWide:
        raise Refused("too wide") from None
    yield {"end": True, **read.noted()}


def opened(path):
    """The workbook, whatever its name ends in."""
    try:
        return python_calamine.load_workbook(Path(path).open("rb"))
    except python_calamine.CalamineError:
        pass
    try:
        # Only by its name it is known what the file should be, and so what is wrong with it.
        return python_calamine.load_workbook(path)
    except python_calamine.PasswordError:
        raise Refused("password") from None


def chosen(workbook, request):
    """The sheet to read, and the names of the others: the one of the name asked for, else the first that
    is shown and has headings that are known, else the first that has anything."""
    tables = [one for one in workbook.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
    if not tables:
        raise Refused("no sheet")
    visible = [one.name for one in tables if one.visible == python_calamine.SheetVisibleEnum.Visible]
    names = visible or [one.name for one in tables]
    asked = [name for name in names if request["sheet"] and heading(name) == heading(request["sheet"])]
    best, most = None, EMPTY - 1
    for name in asked[:1] or names:
        sheet = workbook.get_sheet_by_name(name)
        known = known_headings(sheet, request["known"])
        if known > most:
            best, most = sheet, known
    return best, [one.name for one in tables if one.name != best.name]


def known_headings(sheet, known):
    """How many known headings a sheet has; a sheet without any but with something in it comes before an
    empty one."""
    if sheet.start is None:
        return EMPTY
    rows = first_rows(sheet)
    return known_in(rows[heading_row(rows, known)], known) if rows else 0


def first_rows(sheet):
    rows = []
    for row in sheet.iter_rows():
        if any(value != "" for value in row):
            rows.append(row)
        if len(rows) == SEARCHED:
            break
    return rows


if __name__ == "__main__":
    main()
