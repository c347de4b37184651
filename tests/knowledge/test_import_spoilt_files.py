"""A file that is wrong is reported cell by cell, in words a clerk understands, and nothing is written."""

import pytest

from regions.models import Region
from tests.knowledge.import_files import (
    PRACTICE,
    row,
    run,
    vocabulary,  # noqa: F401
    write_csv,
    written,
)

pytestmark = pytest.mark.usefixtures("vocabulary")
UTF8 = (
    "Save it as UTF-8: in Excel as “CSV UTF-8 (comma delimited)”, in LibreOffice with the character set "
    "“Unicode (UTF-8)”."
)
DAMAGED = (
    "The workbook is damaged or no workbook. Open it in Excel or LibreOffice and save it again as .xlsx."
)
STAGES = (
    "closure and aftercare, exploration, exploration and planning, extraction, manufacturing, post-mining, "
    "processing, recycling, use, waste and by-products, whole value chain"
)

WRONG_CELLS = {
    "unknown region": (
        {"nuts_code": "PL519"},
        "column nuts_code, “PL519”: There is no region with this NUTS code. Nearest: PL51 (Dolnośląskie), "
        "PL5 (Makroregion południowo-zachodni).",
    ),
    "a region's name for its code": (
        {"nuts_code": "dolnośląskie"},
        "column nuts_code, “dolnośląskie”: There is no region with this NUTS code. Nearest: PL51 "
        "(Dolnośląskie).",
    ),
    "a region's name without its accents": (
        {"nuts_code": "Dolnoslaskie"},
        "column nuts_code, “Dolnoslaskie”: There is no region with this NUTS code. Nearest: PL51 "
        "(Dolnośląskie).",
    ),
    "ISO's code of a country": (
        {"nuts_code": "GBK3", "country": ""},
        "column nuts_code, “GBK3”: There is no region with this NUTS code. Nearest: UKK3 (Cornwall and "
        "Isles of "
        "Scilly).",
    ),
    "no region and one country": (
        {"nuts_code": ""},
        "column nuts_code: Write a NUTS code. Only with the country EU it may be empty, for several "
        "countries "
        "at large.",
    ),
    "region and country that differ": (
        {"country": "PT"},
        "column country, “PT”: The NUTS code lies in another country (PL51 (Dolnośląskie): PL).",
    ),
    "unknown country": (
        {"country": "Poland"},
        "column country, “Poland”: This is no country's code. Write two letters such as PL, or EU for "
        "several "
        "countries.",
    ),
    "misspelt stage": (
        {"stage": "postmining"},
        "column stage, “postmining”: This value is not in the list. Nearest: post-mining.",
    ),
    "stage like no other": (
        {"stage": "???"},
        f"column stage, “???”: This value is not in the list. Allowed: {STAGES}.",
    ),
    "misspelt topic": (
        {"topic": "mining heritage & tourism"},
        "column topic, “mining heritage & tourism”: This value is not in the list. Nearest: mining "
        "heritage and "
        "tourism.",
    ),
    "title of 400 characters": (
        {"title": "x" * 400},
        f"column title, “{'x' * 59}…”: At most 100 characters; this has 400. Shorten it by 300.",
    ),
    "title in angle brackets": (
        {"title": f"<{'x' * 400}>"},
        f"column title, “<{'x' * 58}…”: At most 100 characters; this has 402. Shorten it by 302.",
    ),
    "no title": ({"title": ""}, "column title: This cell must be filled."),
    "no id": ({"id": " "}, "column id: This cell must be filled."),
    "month thirteen": ({"start": "2016-13"}, "column start, “2016-13”: There is no such day: 2016-13."),
    "date the other way round": (
        {"start": "05.2016"},
        "column start, “05.2016”: Write a date as 2016, 2016-05 or 2016-05-17.",
    ),
    "end before start": (
        {"start": "2016-05", "end": "2016-04"},
        "column end, “2016-04”: The end lies before the start (2016-05).",
    ),
    "negative cost": ({"cost_eur": "-5"}, "column cost_eur, “-5”: It cannot be less than nothing."),
    "cost in words": (
        {"cost_eur": "2 million"},
        "column cost_eur, “2 million”: Write a plain number, with a point before decimals and no other sign: "
        "7000000 or 1250.50.",
    ),
    "thousands or decimals": (
        {"cost_eur": "1,250"},
        "column cost_eur, “1,250”: Write a plain number, with a point before decimals and no other sign: "
        "7000000 or 1250.50.",
    ),
    "cost of fifteen digits": (
        {"cost_eur": "9" * 15},
        f"column cost_eur, “{'9' * 15}”: At most 12 digits, and 2 after the point.",
    ),
    "source without address": (
        {"source": "Annual report"},
        "column source, “Annual report”: Write a whole web address that begins with https:// or http://.",
    ),
    "neither source nor organisation": (
        {"source": "", "organisation": ""},
        "column organisation: Name the organisation that owns the practice, or give its source.",
    ),
    "NUL byte": (
        {"summary": "A\x00B"},
        "column summary, “A�B”: It holds a sign that is no text (U+0000); the file may be damaged. "
        "Delete it and "
        "type it anew.",
    ),
}


@pytest.mark.parametrize(("changes", "line"), WRONG_CELLS.values(), ids=WRONG_CELLS.keys())
def test_a_wrong_cell_is_named_and_nothing_is_written(tmp_path, changes, line):
    path = write_csv(tmp_path / "p.csv", row(), row(id="GP2") | changes)

    said = run(path)

    assert said == [f"p.csv, row 3, {line}", "1 problem in 2 rows. Nothing was written."]
    assert written() == (0, 0)


def test_an_id_may_stand_in_one_row_only(tmp_path):
    path = write_csv(tmp_path / "p.csv", row(), row(), row(id="GP2"))

    said = run(path)

    assert said == [
        "p.csv, row 3, column id, “GP1”: Row 2 has the same id. An id stands for one practice only.",
        "1 problem in 3 rows. Nothing was written.",
    ]
    assert written() == (0, 0)


def test_every_wrong_cell_of_every_row_is_reported_at_once(tmp_path):
    path = write_csv(tmp_path / "p.csv", row(title="", start="soon"), row(id="GP2", stage="minig"))

    said = run(path)

    assert said == [
        "p.csv, row 2, column start, “soon”: Write a date as 2016, 2016-05 or 2016-05-17.",
        "p.csv, row 2, column title: This cell must be filled.",
        "p.csv, row 3, column stage, “minig”: This value is not in the list. Nearest: post-mining.",
        "3 problems in 2 rows. Nothing was written.",
    ]


def test_an_unknown_column_is_named_with_the_one_that_may_be_meant(tmp_path):
    path = write_csv(tmp_path / "p.csv", row(organization="City"))

    said = run(path)

    assert said == [
        "p.csv, row 1, column organization: This column is not known. Did you mean organisation? Remove "
        "it, or "
        "give it one of the headings of the template.",
        "1 problem in 1 row. Nothing was written.",
    ]
    assert written() == (0, 0)


def test_a_missing_column_is_named(tmp_path):
    path = write_csv(tmp_path / "p.csv", {name: value for name, value in PRACTICE.items() if name != "topic"})

    said = run(path)

    assert said == [
        "p.csv, row 1, column topic: This column is missing. Add it, with exactly this heading.",
        "1 problem in 0 rows. Nothing was written.",
    ]


def test_a_row_longer_than_the_headings_is_named(tmp_path):
    path = write_csv(tmp_path / "p.csv", row())
    path.write_text(path.read_text(encoding="utf-8").rstrip() + ",one more\n", encoding="utf-8")

    said = run(path)

    assert said[0] == "p.csv, row 2, “one more”: The row has more cells than there are headings."
    assert written() == (0, 0)


def test_latin_1_is_named_by_its_cell_with_the_way_to_utf_8(tmp_path):
    path = write_csv(
        tmp_path / "p.csv", row(organisation="City"), row(id="GP2", organisation="Örebro"), encoding="latin-1"
    )

    said = run(path)

    assert said == [
        f"p.csv, row 3, column organisation, “Örebro”: The byte 0xD6 is not UTF-8. {UTF8}",
        "1 problem in 2 rows. Nothing was written.",
    ]
    assert written() == (0, 0)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("p.csv", b"", "p.csv: The file is empty."),
        ("p.csv", b"\n\n", "p.csv: The file is empty."),
        (
            "p.xlsx",
            b"PK\x03\x04rubbish",
            f"p.xlsx: {DAMAGED}",
        ),
        ("p.csv", b"\xd0\xcf\x11\xe0", f"p.csv: {DAMAGED}"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)

    said = run(path)

    assert said == [sentence, "Nothing was written."]
    assert written() == (0, 0)


def test_of_many_missing_columns_one_sentence_speaks(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("id,title\nA1,Mine\n", encoding="utf-8")

    said = run(path)

    assert said == [
        "p.csv, row 1: These columns are missing: summary, nuts_code, stage, topic. Add them, with exactly "
        "these headings.",
        "1 problem in 0 rows. Nothing was written.",
    ]


def test_a_table_about_something_else_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("Name,Street\nAnna,Main street\n", encoding="utf-8")

    said = run(path)

    assert said == [
        "p.csv, row 1, “name, street”: None of these is a heading of an import file. It needs at least: id, "
        "title, summary, nuts_code, stage, topic.",
        "1 problem in 0 rows. Nothing was written.",
    ]


def test_a_file_that_is_not_there_is_said_to_be(tmp_path):
    said = run(tmp_path / "gone.csv")

    assert said == ["gone.csv: The file cannot be opened: No such file or directory.", "Nothing was written."]


def test_headings_alone_are_not_enough(tmp_path):
    path = write_csv(tmp_path / "p.csv", row())
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")

    said = run(path)

    assert said == ["p.csv: The file has headings but no rows.", "1 problem in 0 rows. Nothing was written."]


def test_an_open_quotation_mark_is_named_by_its_row(tmp_path):
    path = write_csv(tmp_path / "p.csv", row())
    path.write_text(path.read_text(encoding="utf-8") + '"GP2,never closed', encoding="utf-8")

    said = run(path, skip_bad=True)

    assert said == [
        "p.csv, row 3: The row cannot be taken apart (unexpected end of data). Look for a quotation "
        "mark that is "
        "not closed, or that stands inside a text and is not doubled.",
        "1 problem in 1 row. Nothing was written.",
    ]
    assert written() == (0, 0)


def test_skipping_bad_rows_writes_the_good_ones_and_says_so(tmp_path):
    path = write_csv(tmp_path / "p.csv", row(), row(id="GP2", title=""), row(id="GP3"))

    said = run(path, skip_bad=True)

    assert said == [
        "p.csv, row 3, column title: This cell must be filled.",
        "1 problem; left out: 1 of 3 rows.",
        "2 practices: 2 new, 0 changed, 0 unchanged, 0 left alone. 0 published.",
    ]
    assert written() == (2, 2)


def test_skipping_bad_rows_does_not_overlook_an_unknown_column(tmp_path):
    path = write_csv(tmp_path / "p.csv", row(colour="red"))

    run(path, skip_bad=True)

    assert written() == (0, 0)


def test_a_site_without_regions_says_what_to_load_first(tmp_path):
    Region.objects.all().delete()

    said = run(write_csv(tmp_path / "p.csv", row()))

    assert said == [
        "The site has no regions or focus areas yet. Run import_nuts and import_vocabulary first."
    ]
