import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from regions import outlines
from regions.choices import Language, MaterialGroup, MaterialKind, NameKind, PointPrecision

DATA = Path(outlines.FILE).parent
# The rare earths for permanent magnets and the platinum group metals are marked one by one.
ANNEX_I = """aluminium bismuth boron cobalt copper gallium germanium graphite lithium magnesium manganese
nickel platinum-group-metals silicon-metal titanium-metal tungsten"""
MAGNET_AND_PLATINUM = """cerium dysprosium gadolinium neodymium praseodymium samarium terbium
iridium osmium palladium platinum rhodium ruthenium"""


def rows_of(name):
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def nuts():
    return rows_of("nuts_2024.csv")


@pytest.fixture(scope="module")
def materials():
    return {row["code"]: row for row in rows_of("raw_materials.csv")}


def test_the_whole_nuts_2024_edition_is_there(nuts):
    # Eurostat's own numbers for the 27 member states.
    outside = {"AL", "BA", "CH", "IS", "LI", "ME", "MK", "NO", "RS", "TR", "UA", "UK", "XK"}
    union = Counter(row["level"] for row in nuts if row["country"] not in outside)

    assert union == {"0": 27, "1": 92, "2": 244, "3": 1165}


def test_neighbours_have_their_statistical_regions(nuts):
    counted = Counter(row["country"] for row in nuts if row["level"] == "2")

    assert [counted[c] for c in ("NO", "CH", "TR", "UA", "RS", "BA", "XK", "UK")] == [
        7,
        7,
        26,
        27,
        4,
        3,
        1,
        41,
    ]


def test_the_united_kingdom_keeps_the_codes_of_2021(nuts):
    editions = {(row["country"] == "UK", row["edition"]) for row in nuts}

    assert editions == {(True, "2021"), (False, "2024")}


def test_every_region_lies_in_the_one_its_code_says(nuts):
    codes = {row["code"] for row in nuts}

    assert len(codes) == len(nuts)
    assert all(
        row["level"] == str(len(row["code"]) - 2) and row["country"] == row["code"][:2] for row in nuts
    )
    assert {row["parent"] for row in nuts if row["level"] != "0"} <= codes
    assert all(row["parent"] == row["code"][:-1] for row in nuts if row["level"] != "0")


def test_no_row_stands_for_no_place(nuts):
    assert [row["code"] for row in nuts if row["code"][2:] and not row["code"][2:].strip("Z")] == []


def test_names_can_be_read_by_everyone_and_local_ones_only_where_they_differ(nuts):
    def letters_outside_latin(text):
        return [sign for sign in text if sign.isalpha() and "LATIN" not in unicodedata.name(sign, "LATIN")]

    assert [r["code"] for r in nuts if not r["name"] or letters_outside_latin(r["name"])] == []
    assert {r["country"] for r in nuts if r["name_local"]} == {"BG", "CY", "EL", "ME", "MK", "RS", "UA"}
    assert [r["code"] for r in nuts if r["name_local"] == r["name"]] == []


def test_every_region_has_a_point(nuts):
    assert all(
        -65 < float(r["longitude"]) < 60 and -25 < float(r["latitude"]) < 81 and r["point"] in PointPrecision
        for r in nuts
    )
    assert {r["country"] for r in nuts if r["point"] == "country"} == {"BA", "UA", "XK"}


def test_outlines_are_of_regions_that_exist(nuts):
    codes = {row["code"] for row in nuts}

    assert {*outlines.countries(), *outlines.regions()} <= codes


def test_level_2_regions_without_an_outline_are_known(nuts):
    without = {r["code"] for r in nuts if r["level"] == "2" and r["country"] != "UA"} - set(
        outlines.regions()
    )

    assert without == {
        *("BA01", "BA02", "BA03", "XK00"),
        *("FRY1", "FRY2", "FRY3", "FRY4", "FRY5", "NO0B"),
        *("NL35", "NL36", "PT19", "PT1D"),
    }


def test_thirty_four_raw_materials_are_critical(materials):
    critical = [row for row in materials.values() if row["is_critical"] == "1"]

    assert len(critical) == 34
    assert {(row["kind"], row["list_version"]) for row in critical} == {
        ("material", "Regulation (EU) 2024/1252")
    }
    assert all("Annex II" in row["source"] for row in critical)


def test_strategic_materials_are_those_of_annex_i(materials):
    strategic = {code: row["kind"] for code, row in materials.items() if row["is_strategic"] == "1"}

    assert strategic == {
        **dict.fromkeys(ANNEX_I.split(), "material"),
        # Of the rare earths, those for permanent magnets; the platinum group metals all.
        **dict.fromkeys(
            MAGNET_AND_PLATINUM.split(),
            "element",
        ),
    }


def test_material_rows_keep_to_the_closed_lists_and_to_each_other(materials):
    for row in materials.values():
        assert row["group"] in MaterialGroup
        assert row["kind"] in MaterialKind
        assert {code for code in [row["parent"], *row["members"].split(";")] if code} <= set(materials)


def test_what_belongs_to_a_material_is_among_its_members(materials):
    for code, row in materials.items():
        if row["parent"]:
            assert code in materials[row["parent"]]["members"].split(";")


def test_every_critical_material_has_a_name_in_ten_languages(materials):
    named = {(row["code"], row["language"]) for row in rows_of("material_names.csv") if row["kind"] == "name"}
    languages = ["bg", "de", "el", "es", "fi", "fr", "it", "pl", "pt", "sv"]

    missing = [
        (code, language)
        for code, row in materials.items()
        if row["is_critical"] == "1"
        for language in languages
        if (code, language) not in named
    ]
    assert missing == []


def test_names_keep_to_the_closed_lists(materials):
    for row in rows_of("material_names.csv"):
        assert row["code"] in materials
        assert row["kind"] in NameKind
        assert row["language"] in Language or (row["language"], row["kind"]) == ("", "symbol")


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("coltan", {"niobium", "tantalum"}),
        ("Seltene Erden", {"rare-earths"}),
        ("bauxite", {"aluminium"}),
        ("red mud", {"aluminium"}),
        ("wolfram", {"tungsten"}),
        ("brown coal", {"lignite"}),
        ("PGM", {"platinum-group-metals"}),
        ("miedź", {"copper"}),
        ("λίθιο", {"lithium"}),
    ],
)
def test_other_words_lead_to_a_material(word, codes):
    found = {r["code"] for r in rows_of("material_names.csv") if r["name"].casefold() == word.casefold()}

    assert found == codes


def test_focus_areas_are_a_short_closed_list():
    areas = rows_of("focus_areas.csv")

    assert 20 <= len({area["code"] for area in areas}) == len(areas) <= 24
    assert all(area["name"] and area["description"] for area in areas)
