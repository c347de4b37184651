import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.regions.spreadsheet.files import changed_parts, compound_file, read, refusal, workbook

CASES = Path(__file__).parent / "cases"
HEADINGS = ["id", "title", "start"]
ONLY_VALUES = (
    "Of this kind of workbook only the values can be read. What is hidden is read too; merged cells may "
    "count in their first row only; zeros that a format puts before a number are missing; a date has a day "
    "even if only its month is shown; an error or a formula that was never calculated counts as empty. Save "
    "it as .xlsx in Excel or LibreOffice to avoid this."
)
DAMAGED = (
    "The workbook is damaged or no workbook. Open it in Excel or LibreOffice and save it again as .xlsx."
)
GAVE_UP = (
    "The workbook is damaged, or its sheet is too large. Delete empty rows and columns at its ends, or save "
    "it as CSV."
)
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


@pytest.fixture
def path(tmp_path):
    # Nobody asks the name of a file what the file is.
    return tmp_path / "table.csv"


def test_numbers_and_dates_are_those_that_the_sheet_shows(path):
    def formats(sheet):
        sheet["A2"].number_format = "000"
        sheet["C2"].number_format = "mmm\\-yy"
        sheet["C4"].number_format = "yyyy"

    workbook(
        path,
        HEADINGS,
        [7, 1250.5, date(2014, 5, 1)],
        [0.1 + 0.2, True, date(2014, 5, 1)],
        ["A_x000D_B", None, date(2014, 5, 1)],
        change=formats,
    )

    assert read(path) == (
        {2: ["007", "1250.5", "2014-05"], 3: ["0.3", "TRUE", "2014-05-01"], 4: ["A\nB", "", "2014"]},
        [],
    )


def test_dates_counted_from_1904_are_the_same_days(path):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in (HEADINGS, ["1", "Mine", date(2014, 5, 17)]):
        book.active.append(row)
    book.save(path)

    assert read(path) == ({2: ["1", "Mine", "2014-05-17"]}, [])


def test_of_a_long_number_the_lost_digits_are_noted(path):
    workbook(path, HEADINGS, [12345678901234567890, "Mine"])

    rows, notes = read(path)

    assert rows == {2: ["12345678901234600000", "Mine"]}
    assert notes == [
        "A spreadsheet keeps fifteen digits of a number; the others became zeros. If all of them count, "
        "write it as text."
    ]


def test_a_formula_counts_by_its_stored_value(path):
    workbook(path, HEADINGS, ["1", "=1+1"], ["2", '=""'], ["3", "=9-9"])
    changed_parts(
        path,
        sheet1={
            "<f>1+1</f><v />": "<f>1+1</f><v>2</v>",
            '<c r="B3"><f>""</f><v />': '<c r="B3" t="str"><f>""</f><v></v>',
            "<f>9-9</f><v />": "<f>9-9</f><v>0</v>",
        },
        workbook={'fullCalcOnLoad="1"': ""},
    )

    assert read(path) == ({2: ["1", "2"], 3: ["2"], 4: ["3", "0"]}, [])


@pytest.mark.parametrize("stored", ["<v />", "<v>0</v>"], ids=["no value", "a program's placeholder"])
def test_a_formula_that_was_never_calculated_is_named(path, stored):
    changed_parts(workbook(path, HEADINGS, ["1", "=1+1"]), sheet1={"<v />": stored})

    assert read(path) == (
        {2: ["1", "The cell holds a formula that was never calculated. Write its value."]},
        [],
    )


def test_a_formula_without_value_below_all_values_is_named_too(path):
    workbook(path, HEADINGS, ["1", "Mine"], [None, "=B2"])

    assert read(path)[0][3] == ["", "The cell holds a formula that was never calculated. Write its value."]


def test_an_error_of_the_spreadsheet_program_is_named(path):
    def error(sheet):
        sheet["B2"].data_type = "e"

    workbook(path, HEADINGS, ["1", "#REF!"], change=error)

    assert read(path) == ({2: ["1", "The cell holds an error of the spreadsheet program."]}, [])


def test_hidden_rows_and_columns_are_read_and_noted(path):
    def hide(sheet):
        for row in (3, 5, 6):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["B"].hidden = True

    workbook(path, HEADINGS, *([str(number), "Mine"] for number in range(2, 8)), change=hide)

    rows, notes = read(path)

    assert list(rows) == [2, 3, 4, 5, 6, 7]
    assert notes == [
        "Hidden rows are read too: 3, 5–6. Delete those that are not meant.",
        "Hidden columns are read too: B.",
    ]


def test_the_value_of_merged_cells_counts_in_each_of_their_rows(path):
    def merge(sheet):
        sheet.merge_cells("B2:B4")
        sheet.merge_cells("C2:D2")

    workbook(path, HEADINGS, ["1", "Mine", 2016], ["2", None, 2017], ["3"], ["4", "Other"], change=merge)

    rows, notes = read(path)

    assert list(rows.values()) == [
        ["1", "Mine", "2016"],
        ["2", "Mine", "2017"],
        ["3", "Mine"],
        ["4", "Other"],
    ]
    assert notes == ["The cell is merged with those down to row 4; its value counts in each of these rows."]


def test_a_practice_that_spans_two_rows_in_every_column_is_one(path):
    def merge(sheet):
        for letter in "ABC":
            sheet.merge_cells(f"{letter}2:{letter}3")

    workbook(path, HEADINGS, ["1", "Mine", 2016], [None], ["2", "Other", 2017], change=merge)

    assert read(path) == ({2: ["1", "Mine", "2016"], 4: ["2", "Other", "2017"]}, [])


def several(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, state, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


TABLE = (HEADINGS, ["1", "Mine", 2016])


@pytest.mark.parametrize(
    ("sheets", "note"),
    [
        (
            [("Read me", "visible", [["How to fill this in"]]), ("Data", "visible", TABLE)],
            "The sheet “Data” is read. Not read: Read me.",
        ),
        (
            [("Old", "hidden", TABLE), ("New", "visible", TABLE), ("Sheet3", "visible", [])],
            "The sheet “New” is read. Not read: Old, Sheet3.",
        ),
        (
            [("Other", "visible", TABLE), ("practices", "visible", TABLE)],
            "The sheet “practices” is read. Not read: Other.",
        ),
    ],
    ids=["the one with headings", "none that is hidden", "the one of the template's name"],
)
def test_of_several_sheets_it_is_said_which_one_was_read(path, sheets, note):
    assert read(several(path, *sheets), sheet="Practices") == ({2: ["1", "Mine", "2016"]}, [note])


def test_the_strict_format_is_read_as_far_as_it_can_be(path):
    workbook(path, HEADINGS, [7, "Mine", date(2014, 5, 17)])
    changed_parts(path, every=STRICT)

    assert read(path) == ({2: ["7", "Mine", "2014-05-17"]}, [ONLY_VALUES])


def test_a_workbook_without_styles_that_openpyxl_needs_is_read_as_far_as_it_can_be(path):
    workbook(path, HEADINGS, ["7", "Mine"])
    changed_parts(path, styles={"<fill><patternFill": "<fill /><fill><patternFill"})

    assert read(path) == ({2: ["7", "Mine"]}, [ONLY_VALUES])


def test_a_column_left_empty_at_the_side_and_rows_left_empty_above_change_nothing(path):
    def table(sheet):
        for column, (name, value) in enumerate(zip(HEADINGS, ["1", "Mine", 2016], strict=True), start=3):
            sheet.cell(5, column, name)
            sheet.cell(7, column, value)

    workbook(path, change=table)

    assert read(path) == ({7: ["", "", "1", "Mine", "2016"]}, [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04rubbish", DAMAGED),
        (b"PK\x05\x06" + bytes(18), DAMAGED),
        (b"\xd0\xcf\x11\xe0", DAMAGED),
        (compound_file("Something", "Else"), DAMAGED),
    ],
)
def test_what_is_no_readable_workbook_is_refused_in_one_sentence(path, content, sentence):
    path.write_bytes(content)

    assert refusal(path) == sentence


def test_a_workbook_with_a_password_says_so(tmp_path):
    path = tmp_path / "p.xlsx"
    path.write_bytes(compound_file("EncryptedPackage", "EncryptionInfo"))

    assert refusal(path) == "The workbook has a password. Save it without one."


def test_a_workbook_without_cells_is_empty(path):
    assert refusal(workbook(path)) == "The file is empty."


def test_a_workbook_of_charts_alone_has_no_sheet(path):
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart")
    book.remove(book.worksheets[0])
    book.save(path)

    assert refusal(path) == "The workbook has no sheet with cells."


def test_another_kind_of_zipped_file_is_no_workbook(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")

    assert refusal(path) == DAMAGED


def test_a_cell_at_the_far_end_of_the_sheet_is_refused_with_little_memory(path):
    def far(sheet):
        sheet["XFD1048576"] = "x"

    assert refusal(workbook(path, HEADINGS, ["1", "Mine"], change=far)) == GAVE_UP


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("asks-for-all-memory.xls", GAVE_UP), ("panics.xls", DAMAGED)],
)
def test_a_damaged_workbook_ends_the_program_that_reads_it_and_not_the_site(name, sentence):
    # Both are an old workbook of LibreOffice in which a few bytes were changed.
    assert refusal(CASES / name) == sentence


def test_a_row_as_wide_as_a_sheet_can_be_is_refused(path):
    def far(sheet):
        sheet["XFD3"] = "x"

    workbook(path, HEADINGS, ["1", "Mine"], change=far)

    assert (
        refusal(path) == "A row of the workbook has more than a thousand cells. Delete what stands far right."
    )


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [(500_000_000, "The workbook is too large. Divide it, or save it as CSV."), (1000, DAMAGED)],
    ids=["as large as it is", "small"],
)
def test_a_zip_bomb_is_refused_whatever_size_it_states(path, stated, sentence):
    workbook(path, HEADINGS, ["1", "Mine"])
    row = '<row r="9"><c r="A9" t="inlineStr"><is><t>x</t></is></c></row>'
    changed_parts(path, sheet1={"<sheetData>": "<sheetData>" + row * 100_000})
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), stated.to_bytes(4, "little")))

    assert refusal(path) == sentence
