"""Spreadsheet files for the tests, and what a reader says of them."""

import struct
import zipfile

from openpyxl import Workbook

from regions.importing.spreadsheet.cell import Faulty, Unreadable
from regions.importing.spreadsheet.opening import open_table

KNOWN = ("id", "title", "start")


def workbook(path, *rows, change=None):
    """Write these rows as an XLSX file; `change` may do what it likes to the sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    book.save(path)
    return path


def changed_parts(path, **replacements):
    """Rewrite a zipped file: in the part whose name ends like this, one text for another."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, pairs in replacements.items():
        for part in parts:
            if part.rpartition("/")[2].partition(".")[0] == name or name == "every":
                for old, new in pairs.items():
                    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return path


def compound_file(*names):
    """A file of Microsoft's old kind with empty streams of these names, as workbooks with passwords are."""
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    sizes = (0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 4096, end, 0, end, 0)
    head = struct.pack("<8s16x5H6xIII4xIIIII", magic, *sizes) + struct.pack("<109I", 0, *[free] * 108)

    def entry(name, kind, child):
        text = (name + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII16xI8x8xIQ", text, len(text), kind, 1, free, free, child, 0, end, 0)

    entries = [entry("Root Entry", 5, 1), *(entry(name, 2, free) for name in names)]
    entries += [bytes(128)] * (4 - len(entries))
    return head + struct.pack("<128I", table, end, *[free] * 126) + b"".join(entries)


def read(path, known=KNOWN, sheet=""):
    """(rows below the headings as {row number: cells}, notes as sentences). A faulty cell is its reason;
    blank cells at the end of a row are left out."""
    with open_table(path, known, sheet) as table:
        rows = {number: said(cells) for number, cells in table.rows}
        return rows, [note.reason for note in table.notes]


def said(cells):
    texts = [cell.reason if isinstance(cell, Faulty) else cell for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def refusal(path):
    """The sentence with which the file is refused."""
    try:
        rows, _notes = read(path)
    except Unreadable as unreadable:
        return str(unreadable)
    raise AssertionError(f"{path} was read: {rows}")
