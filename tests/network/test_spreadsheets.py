"""Tables as files: no cell of them is ever run, whatever it is read with, and nothing in them is lost."""

import csv
import datetime as dt
import io
import random
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from python_calamine import load_workbook

from network.spreadsheets import LONGEST_CELL, Sheet, csv_lines, sheet_name, table_file, workbook

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "﹦1+1",
    '"=1+1"',
    '""=1+1',
    "a;=1+1",
    "a; =1+1",
    'a;"=1+1"',
    'a;""=1+1',
    "a\t=1+1",
    'a\t"=1+1',
    "a\n=1+1",
    "a\r\n=1+1",
    "a\u2028=1+1",
    "a\x0b=1+1",
    "a;\ufeff=1+1",
    "a,=1+1",
    '",=1+1',
    '";=1+1',
    "';=1+1",
    '=HYPERLINK("https://x.example";"y")',
]
SEPARATORS = [",", ";", "\t"]


def text_of(rows, headings=("A", "B", "C")):
    return "".join(csv_lines(headings, rows)).removeprefix("\ufeff")


def read(text, separator=","):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def formulas(text, separator):
    """The cells that a spreadsheet could take for a formula; blanks and quotes before it do not help."""
    ways = read(text, separator), list(csv.reader(text.splitlines(), delimiter=separator))
    bare = [cell.strip().lstrip('" \ufeff') for rows in ways for row in rows for cell in row]
    return [cell for cell in bare if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦"))]


def sheet_of(rows, headings=("A", "B", "C"), **about):
    with workbook([Sheet("Sheet", headings, rows, **about)]) as file:
        return openpyxl.load_workbook(io.BytesIO(file.read())).active


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_of_a_csv_begins_a_formula_whatever_parts_its_cells(cell, separator):
    text = text_of([[cell, "x", cell], ["x", cell, 1], [cell, cell, cell]], [cell, "B", cell])

    assert formulas(text, separator) == []


@pytest.mark.parametrize("separator", SEPARATORS)
def test_nor_does_any_of_ten_thousand_made_up_ones(separator):
    signs = [*";,\t\n\r\"'=+-@＝ a1|\x0b\u2028", "\r\n", '""']
    dice = random.Random(20)

    def cell():
        return "".join(dice.choice(signs) for _ in range(dice.randrange(7)))

    rows = [[cell() for _ in range(5)] for _ in range(2_000)]

    assert [row for row in rows if formulas(text_of([row, row]), separator)] == []


def test_read_with_commas_a_csv_has_the_texts_and_an_apostrophe_where_one_would_be_run():
    rows = [["Śląskie; 3 000", 'he said "no"', "two\nlines"], ["=1", "a;=1", "plain"], [None, "", " x "]]

    assert text_of(rows) == (
        'A,B,C\r\n"Śląskie; 3 000","he said ""no""","two\nlines"\r\n\'=1,"a;\'=1",plain\r\n,," x "\r\n'
    )


def test_numbers_and_days_are_written_bare():
    row = [Decimal("12000.00"), Decimal("0.50"), -3, 1.5, dt.date(2026, 3, 1), True, ["b"]]

    assert text_of([row], []) == "\r\n12000,0.5,-3,1.5,2026-03-01,True,b\r\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_has_the_text_itself_and_as_a_text(text):
    sheet = sheet_of([[text, f"{text} ", "x"]], [text, "B", "C"])

    shown = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0b", "\n")
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()] == [
        [(shown, "s"), ("B", "s"), ("C", "s")],
        [(shown, "s"), (f"{shown} ", "s"), ("x", "s")],
    ]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "TRUE", "007", "1e5", "2014-05", "_x000D_", "a_x0041_b"])
def test_what_looks_like_something_else_stays_a_text(text):
    with workbook([Sheet("Sheet", (), [[text]])]) as file:
        sheet = load_workbook(io.BytesIO(file.read())).get_sheet_by_index(0)

    assert sheet.to_python() == [[text]]


def test_numbers_days_moments_and_truths_are_themselves_in_a_workbook(settings):
    settings.TIME_ZONE = "Europe/Brussels"
    moment = dt.datetime(2026, 7, 1, 8, 30, 15, 99, tzinfo=dt.UTC)
    row = [12, Decimal("12000.00"), Decimal("0.50"), 1.5, dt.date(2026, 3, 1), moment, True, None, "", 1]

    cells = sheet_of([row], ())[1]

    assert [cell.value for cell in cells] == [
        12,
        12000,
        0.5,
        1.5,
        dt.datetime(2026, 3, 1),  # noqa: DTZ001
        dt.datetime(2026, 7, 1, 10, 30, 15),  # noqa: DTZ001
        True,
        None,
        None,
        1,
    ]
    assert [cells[4].number_format, cells[5].number_format] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]


def test_what_a_spreadsheet_cannot_keep_as_a_number_or_day_is_a_text():
    row = [1234567890123456, Decimal("1.234567890123456"), float("nan"), float("inf"), dt.date(1815, 6, 9)]

    assert [cell.value for cell in sheet_of([row], ())[1]] == [
        "1234567890123456",
        "1.234567890123456",
        "nan",
        "inf",
        "1815-06-09",
    ]


@pytest.mark.parametrize("sign", ["x", "😀", "é"])
def test_a_text_that_is_too_long_for_a_cell_ends_with_a_sentence(sign):
    fits, longer = sign * (LONGEST_CELL // len(sign.encode("utf-16-le")) * 2), sign * 40_000

    whole, cut, short = (cell.value for cell in sheet_of([[fits, longer, "x"]], ())[1])

    assert (whole, short) == (fits, "x")
    assert cut.endswith(f"{sign}… [The rest is left out: a cell holds 32,767 characters.]")
    assert LONGEST_CELL - 2 < len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert read(text_of([[longer]]))[1] == [cut]


def test_signs_that_no_workbook_can_hold_are_left_out():
    text = "a\x00b\x1fc\ud800d\ufffee\uffff"

    assert sheet_of([[text]], ())["A1"].value == "abcde"
    assert text_of([[text]], ()) == "\r\nabcde\r\n"


def test_a_sheet_has_a_name_that_it_can_have():
    names = ["[All] results: a/b*c?", "x" * 40, "", "'quoted'", "\x00"]

    assert [sheet_name(name) for name in names] == ["All  results  a b c", "x" * 31, "1", "quoted", "1"]


def test_a_sheet_may_have_many_columns():
    sheet = sheet_of([range(60)], [f"Column {number}" for number in range(60)])

    assert (sheet.max_column, sheet["BH2"].value, sheet.freeze_panes) == (60, 59, "A2")


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_table_is_sent_under_its_name(kind, content_type):
    response = table_file("list", kind, ["A"], [["Śląskie"]])

    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="list.{kind}"'
    assert (response.content == "\ufeffA\r\nŚląskie\r\n".encode()) is (kind == "csv")
    assert zipfile.is_zipfile(io.BytesIO(response.content)) is (kind == "xlsx")


def test_nothing_else_of_the_site_writes_tables():
    rooms = ["config", "events", "home", "knowledge", "language", "network", "progress", "regions", "search"]
    # The scripts that make the data of regions/ are never installed with the site; a migration is history.
    modules = [
        path
        for room in rooms
        for path in Path(settings.BASE_DIR, room).rglob("*.py")
        if not path.match("regions/data/*") and "migrations" not in path.parts
    ]

    writers = {
        str(path.relative_to(settings.BASE_DIR))
        for path in modules
        if any(word in path.read_text() for word in ("csv.writer", "DictWriter", "Workbook(", ".writerow"))
    }

    # The template of the import is a form: it fills its cells by the same door.
    assert writers == {"network/spreadsheets.py", "knowledge/importing/template.py"}
