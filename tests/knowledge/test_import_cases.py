"""Files as real programs write them and as people reported them elsewhere: each is imported, or refused in
one sentence. How those of LibreOffice were made says libreoffice/make.py beside them."""

from pathlib import Path

import pytest

from knowledge.models import ImportedRecord
from tests.knowledge.import_files import run, vocabulary, written  # noqa: F401

pytestmark = pytest.mark.usefixtures("vocabulary")
CASES = Path(__file__).parent / "import_cases"
IMPORTED = "{0} practices: {0} new, 0 changed, 0 unchanged, 0 left alone. 0 published."
ONE = "1 practice: 1 new, 0 changed, 0 unchanged, 0 left alone. 0 published."
SHEET = "Note: The sheet “Πρακτικές” is read. Not read: Notes."
ONLY_VALUES = (
    "Note: Of this kind of workbook only the values can be read. What is hidden is read too; merged cells "
    "may count in their first row only; zeros that a format puts before a number are missing; a date has a "
    "day even if only its month is shown; an error or a formula that was never calculated counts as empty. "
    "Save it as .xlsx in Excel or LibreOffice to avoid this."
)
MERGED = (
    "row 4, column title: Note: The cell is merged with those down to row 5; its value counts in each of "
    "these rows."
)
ABOVE = "row 1, “Practices of the year”: Note: What stands above the headings is not read."
NOT_UTF8 = (
    "row 2, column title, “Zeche Zürich – Führung”: The byte 0xFC is not UTF-8. Save it as UTF-8: in Excel "
    "as “CSV UTF-8 (comma delimited)”, in LibreOffice with the character set “Unicode (UTF-8)”."
)
WEB_PAGE = (
    "The file is a web page or XML, whatever its name says. Open it in Excel or LibreOffice and save it as "
    ".xlsx."
)


def hidden(row):
    return f"Note: Hidden rows are read too: {row}. Delete those that are not meant."


LOCALES = ("en-US", "de-DE", "el-GR")
# What is said of each: remarks (after the file's name), and how many practices were imported.
TAKEN = {
    **{f"libreoffice/practices.{locale}.xlsx": ([SHEET, hidden(4)], 3) for locale in LOCALES},
    **{f"libreoffice/practices.{locale}.xls": ([SHEET, ONLY_VALUES], 3) for locale in LOCALES},
    **{f"libreoffice/practices.{locale}.ods": ([SHEET, ONLY_VALUES], 3) for locale in LOCALES},
    **{f"libreoffice/practices.{locale}.csv": ([], 3) for locale in LOCALES},
    "libreoffice/unicode-text.de-DE.txt": ([], 3),
    "libreoffice/merged.de-DE.xlsx": ([SHEET, hidden(4), MERGED, ABOVE], 3),
    "libreoffice/merged.de-DE.xls": ([SHEET, ONLY_VALUES, MERGED, ABOVE], 3),
    "libreoffice/stray.de-DE.xlsx": ([SHEET, hidden(4)], 3),
    "libreoffice/stray.de-DE.xls": ([SHEET, ONLY_VALUES], 3),
    "libreoffice/stray.de-DE.ods": ([SHEET, ONLY_VALUES], 3),
    "reported/cr-only.csv": ([], 1),
    "reported/decimal-comma.csv": ([], 1),
    "reported/double-bom.csv": ([], 1),
    "reported/hidden-row.xlsx": ([hidden(3)], 2),
    "reported/leading-zero-format.xlsx": ([], 2),
    "reported/leading-zero.csv": ([], 2),
    "reported/nbsp-id-nuts.csv": ([], 1),
    "reported/plain.xlsx": ([], 1),
    "reported/plus-title.csv": ([], 2),
    "reported/semicolon-blank-first-row.csv": ([], 1),
    "reported/semicolon-empty-first-line.csv": ([], 1),
    "reported/semicolon-plain.csv": ([], 1),
    "reported/sep-hint.csv": ([], 1),
    "reported/tab.csv": ([], 1),
    "reported/vt.csv": ([], 1),
}
REFUSED = {
    "libreoffice/merged.de-DE.ods": [
        "row 5, column title: This cell must be filled.",
        *(SHEET, ONLY_VALUES, ABOVE),
    ],
    "libreoffice/cp1252.de-DE.csv": [NOT_UTF8],
    "libreoffice/empty.el-GR.ods": ["The file is empty."],
    "libreoffice/empty.el-GR.xls": ["The file is empty."],
    "libreoffice/empty.el-GR.xlsx": ["The file is empty."],
    "libreoffice/flat.de-DE.xml": [WEB_PAGE],
    "libreoffice/web-page.de-DE.xls": [WEB_PAGE],
    "libreoffice/print.de-DE.pdf": [
        "The file is neither a workbook nor text. Save the table as .xlsx or as CSV in UTF-8."
    ],
    "libreoffice/sylk.de-DE.slk": [
        "The file is in the format SYLK. Save the table as .xlsx or as CSV in UTF-8."
    ],
    "reported/cp1252.csv": [NOT_UTF8],
    "reported/german-date.csv": [
        "row 2, column start, “31.12.2024”: Write a date as 2016, 2016-05 or 2016-05-17."
    ],
    "reported/german-thousands.csv": [
        "row 2, column cost_eur, “1.250”: At most 12 digits, and 2 after the point."
    ],
    "reported/gr.csv": [
        "row 2, column nuts_code, “GR30”: There is no region with this NUTS code.",
        "row 3, column nuts_code, “EL30”: There is no region with this NUTS code. Nearest: EL (Greece).",
        "row 4, column nuts_code, “UKE12”: There is no region with this NUTS code.",
        "row 5, column nuts_code, “GBE12”: There is no region with this NUTS code.",
        "row 6, column nuts_code, “ITI4”: There is no region with this NUTS code.",
        "row 6, column country, “IT”: This is no country's code. Write two letters such as PL, or EU for "
        "several countries.",
        "row 7, column nuts_code, “NO01”: There is no region with this NUTS code.",
        "row 7, column country, “NO”: This is no country's code. Write two letters such as PL, or EU for "
        "several countries.",
        "row 8, column nuts_code, “ELZZ”: There is no region with this NUTS code. Nearest: EL (Greece).",
    ],
    "reported/zero-width-id.csv": [
        "row 3, column id, “A1”: Row 2 has the same id. An id stands for one practice only."
    ],
}


def remarks(path):
    """What is said of the file, without its name; and the last line."""
    *lines, last = run(path)
    return [line.removeprefix(path.name).lstrip(":, ") for line in lines], last


def test_every_file_is_in_one_of_the_tables():
    files = {f"{path.parent.name}/{path.name}" for path in CASES.glob("*/*.*") if path.suffix != ".py"}

    assert files == TAKEN.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_of_a_real_program_is_imported(name):
    said, number = TAKEN[name]

    assert remarks(CASES / name) == (said, ONE if number == 1 else IMPORTED.format(number))
    assert written() == (number, number)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_taken_says_why_and_writes_nothing(name):
    said, last = remarks(CASES / name)

    assert said == REFUSED[name]
    assert last.endswith("Nothing was written.")
    assert written() == (0, 0)


def test_the_same_table_is_the_same_in_three_countries_as_workbook_and_as_text():
    files = [f"practices.{locale}.{kind}" for kind in ("xlsx", "csv") for locale in LOCALES]

    for file in files:
        run(CASES / "libreoffice" / file)

    assert {
        record.external_id: (page.title, page.start, page.end, str(page.cost_amount), page.summary)
        for record in ImportedRecord.objects.all()
        for page in [record.page.specific.get_latest_revision_as_object()]
    } == {
        "007": ("Zeche Zürich – Führung", "2016-05", "2018", "7000000", "Ein Besuch."),
        "008": ("Ορυχείο λιγνίτη", "2014-03-09", "", "1250.5", "Two words"),
        "009": ("Мини „Марица“", "2016", "", "0.3", "Kopalnia złota"),
    }


def test_an_id_is_the_same_as_workbook_with_zeros_by_format_and_as_text():
    run(CASES / "reported" / "leading-zero-format.xlsx")

    said = run(CASES / "reported" / "leading-zero.csv")

    assert said[-1] == "2 practices: 0 new, 0 changed, 2 unchanged, 0 left alone. 0 published."
    assert written() == (2, 2)
