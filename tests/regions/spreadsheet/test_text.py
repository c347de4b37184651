import pytest

from tests.regions.spreadsheet.files import read, refusal

ROWS = {2: ["007", "Złoty; Stok, “mine”", "2016"]}


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def table(delimiter, end="\r\n"):
    line = delimiter.join
    return end.join([line(["id", "title", "start"]), line(["007", '"Złoty; Stok, “mine”"', "2016"])]) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("marks", ["", "\ufeff", "\ufeff\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_separates_cells_and_ends_lines_the_table_is_the_same(tmp_path, delimiter, marks, end):
    path = written(tmp_path / "any.name", marks + table(delimiter, end))

    assert read(path) == (ROWS, [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_excels_unicode_text_is_read(tmp_path, encoding):
    mark = "" if encoding == "utf-16" else "\ufeff"

    assert read(written(tmp_path / "p.txt", mark + table("\t"), encoding)) == (ROWS, [])


@pytest.mark.parametrize(
    ("before", "first_row"),
    [(";;\r\n", 3), ("\r\n\r\n", 4), ("sep=;\r\n", 3), ('"sep=;"\r\n', 3), ("\ufeffsep=;\n;;\n", 4)],
)
def test_rows_are_counted_as_the_spreadsheet_shows_them(tmp_path, before, first_row):
    path = written(tmp_path / "p.csv", before + table(";"))

    assert read(path) == ({first_row: ROWS[2]}, [])


def test_a_hint_may_name_a_separator_that_nobody_would_guess(tmp_path):
    path = written(tmp_path / "p.csv", "sep=|\nid|title|start\n1|a,b;c|2016\n")

    assert read(path) == ({3: ["1", "a,b;c", "2016"]}, [])


def test_a_title_above_the_headings_is_passed_over_and_noted(tmp_path):
    path = written(tmp_path / "p.csv", "Our practices, 2026;;\n\nid;title;start\n1;Mine;2016\n")

    assert read(path) == ({4: ["1", "Mine", "2016"]}, ["What stands above the headings is not read."])


def test_marks_that_nobody_sees_are_gone_and_line_breaks_stay(tmp_path):
    path = written(
        tmp_path / "p.csv", '\u200bid,ti\u00adtle,start\n\u00a0A1\u200b,"eins\vzwei\r\ndrei",\u200b\n'
    )

    assert read(path) == ({2: ["A1", "eins\nzwei\ndrei"]}, [])


def test_headings_and_texts_are_the_same_composed_or_not(tmp_path):
    path = written(tmp_path / "p.csv", "id,title\n1,Zu\u0308rich\n")

    assert read(path) == ({2: ["1", "Zürich"]}, [])


def test_what_is_not_utf_8_is_named_in_its_cell(tmp_path):
    path = written(tmp_path / "p.csv", "id;title\n1;Führung\n", "cp1252")

    assert read(path) == (
        {
            2: [
                "1",
                "The byte 0xFC is not UTF-8. Save it as UTF-8: in Excel as “CSV UTF-8 (comma delimited)”, in "
                "LibreOffice with the character set “Unicode (UTF-8)”.",
            ]
        },
        [],
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n;;;\r\n", "The file is empty."),
        (
            b"  <html><table><tr><td>id</td></tr></table>",
            "The file is a web page or XML, whatever its name says. Open it in Excel or LibreOffice and save "
            "it as .xlsx.",
        ),
        (
            b'\xef\xbb\xbf {"id": 1}',
            "The file is JSON and no table. Save the table as .xlsx or as CSV in UTF-8.",
        ),
        (
            b"ID;PWXL;N;E\r\nP;PGeneral\r\n",
            "The file is in the format SYLK. Save the table as .xlsx or as CSV in UTF-8.",
        ),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "The file is neither a workbook nor text. Save the table as .xlsx or as CSV in UTF-8.",
        ),
        (
            b"\xff\xfei",
            "The heading “�” cannot be read: The file is damaged here. Save it as UTF-8: in Excel as “CSV "
            "UTF-8 (comma delimited)”, in LibreOffice with the character set “Unicode (UTF-8)”.",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "p.csv"
    path.write_bytes(content)

    assert refusal(path) == sentence


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "p.csv"
    with path.open("wb") as file:
        file.write(b"id,title\n")
        file.truncate(40 * 1024 * 1024)

    assert refusal(path) == "The file is larger than 30 MB. Divide it."


def test_a_line_that_goes_on_for_ever_is_refused_quickly(tmp_path):
    path = written(tmp_path / "p.csv", "id,title\n" + "a," * 1_000_000)

    assert refusal(path) == "The row has more than 1000 cells."


def test_a_table_longer_than_any_is_refused(tmp_path):
    path = written(tmp_path / "p.csv", "id,title\n" + "1,Mine\n" * 100_001)

    assert refusal(path) == "The table has more than 100000 rows. Divide it."


def test_a_folder_is_no_file(tmp_path):
    assert refusal(tmp_path) == "The file cannot be opened: Is a directory."
