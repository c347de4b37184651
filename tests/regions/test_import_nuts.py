import json
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from regions.importing.nuts import import_nuts
from regions.importing.shapes import point_inside
from regions.models import Region
from tests.factories.regions import RegionFactory

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent / "cases"
HEADINGS = "code,level,edition,parent,name,name_local,country,longitude,latitude,point\n"
SWEDEN = "SE,0,2024,,Sweden,,SE,16.5,62.1,outline\n"
NORTH = "SE3,1,2024,SE,Norra Sverige,,SE,17.2,64.9,outline\n"
UPPER = "SE33,2,2024,SE3,Övre Norrland,,SE,19.7,66.4,outline\n"


@pytest.fixture
def file(tmp_path):
    def write(text, name="nuts.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def run(*args):
    out = StringIO()
    call_command("import_nuts", *args, stdout=out)
    return out.getvalue()


def refusal(path, *args):
    before = list(Region.objects.order_by("code").values())
    with pytest.raises(CommandError) as refused:
        run(path, *args)
    assert list(Region.objects.order_by("code").values()) == before
    return str(refused.value)


def test_the_shipped_edition_loads_and_loads_again_without_change(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        first = run()
    second = run()

    assert first == "2204 regions created, 0 updated, 0 ended, 0 unchanged.\n"
    assert second == "0 regions created, 0 updated, 0 ended, 2204 unchanged.\n"
    assert Region.objects.get(code="SE332").parent.parent.parent.name == "Sweden"
    assert Region.objects.get(code="EL64").name_local == "Στερεά Ελλάδα"
    assert Region.objects.get(code="UKK3").first_edition == 2021


def test_a_region_carries_what_the_file_says(file):
    run(file(HEADINGS + SWEDEN + NORTH + UPPER))

    region = Region.objects.get(code="SE33")
    assert (region.level, region.parent.code, region.name, region.country) == (
        2,
        "SE3",
        "Övre Norrland",
        "SE",
    )
    assert (region.longitude, region.latitude, region.point) == (19.7, 66.4, "outline")
    assert (region.first_edition, region.last_edition) == (2024, None)


def test_names_are_brought_up_to_date(file):
    RegionFactory(code="SE", name="Schweden")

    out = run(file(HEADINGS + SWEDEN))

    assert out == "0 regions created, 1 updated, 0 ended, 0 unchanged.\n"
    assert Region.objects.get(code="SE").name == "Sweden"


def test_a_region_that_the_new_edition_lacks_has_ended_and_stays(file):
    run(
        file(
            HEADINGS
            + "PT,0,2021,,Portugal,,PT,,,\nPT1,1,2021,,Continente,,PT,,,\nPT16,2,2021,PT1,Centro,,PT,,,\n"
        )
    )

    out = run(
        file(
            HEADINGS
            + "PT,0,2024,,Portugal,,PT,,,\nPT1,1,2024,,Continente,,PT,,,\nPT19,2,2024,,Centro,,PT,,,\n"
        )
    )

    assert "1 regions created" in out
    assert "No longer in the classification: PT16." in out
    ended = Region.objects.get(code="PT16")
    assert (ended.first_edition, ended.last_edition, ended.has_ended) == (2021, 2021, True)


def test_a_region_that_comes_back_has_not_ended(file):
    RegionFactory(code="SE", first_edition=2016, last_edition=2021)

    run(file(HEADINGS + SWEDEN))

    assert Region.objects.get(code="SE").last_edition is None


def test_countries_and_levels_that_a_file_does_not_hold_are_left_alone(file):
    RegionFactory(code="UKK3", first_edition=2021)
    RegionFactory(code="SE332")

    run(file(HEADINGS + SWEDEN + NORTH + UPPER))

    assert list(Region.objects.filter(last_edition=None).values_list("code", flat=True)) == [
        *("SE", "SE3", "SE33", "SE332", "UKK3")
    ]


def test_an_older_edition_only_adds_what_has_ended(file):
    run(
        file(
            HEADINGS
            + "PT,0,2024,,Portugal,,PT,,,\nPT1,1,2024,,Continente,,PT,,,\nPT19,2,2024,,Centro,,PT,,,\n"
        )
    )

    run(file(HEADINGS + "PT,0,2021,,Old name,,PT,,,\nPT1,1,2021,,Old,,PT,,,\nPT16,2,2021,,Centro,,PT,,,\n"))

    assert list(Region.objects.values_list("code", "name", "first_edition", "last_edition")) == [
        ("PT", "Portugal", 2021, None),
        ("PT1", "Continente", 2021, None),
        ("PT16", "Centro", 2021, 2021),
        ("PT19", "Centro", 2024, None),
    ]


def test_a_table_with_other_headings_is_taken(file):
    table = "code;level;country;name;name_local;parent;lat;lon\nEL;0;EL;Greece;Ελλάδα;;39.5;22\n"

    run(file("\ufeff" + table), "--edition", "2024")

    region = Region.objects.get()
    assert (region.name, region.name_local, region.longitude, region.latitude) == (
        "Greece",
        "Ελλάδα",
        22,
        39.5,
    )


def test_a_geojson_file_is_taken_with_a_point_inside_each_shape(file):
    square = [[[10, 50], [14, 50], [14, 54], [10, 54], [10, 50]]]
    features = [
        {
            "type": "Feature",
            "properties": {"NUTS_ID": "DE", "LEVL_CODE": 0, "NAME_LATN": "Deutschland", "NUTS_NAME": None},
            "geometry": {"type": "Polygon", "coordinates": square},
        }
    ]

    run(
        file(json.dumps({"type": "FeatureCollection", "features": features}), "nuts.geojson"),
        "--edition=2024",
    )

    region = Region.objects.get()
    assert (region.name, region.longitude, region.latitude, region.point) == (
        "Deutschland",
        12,
        52,
        "outline",
    )


def geojson(*codes, beside=0):
    """A GeoJSON file with a square for each of these regions, far from where degrees end if it says so."""
    square = [[x + beside, y + beside] for x, y in ((10, 50), (14, 50), (14, 54), (10, 54), (10, 50))]
    features = [
        {
            "type": "Feature",
            "properties": {"NUTS_ID": code, "NAME_LATN": f"Name of {code}"},
            "geometry": {"type": "Polygon", "coordinates": [square]},
        }
        for code in codes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.mark.parametrize("before", ["", "\ufeff", "\n  "])
def test_geojson_is_known_by_what_it_holds_whatever_its_name_is(file, before):
    run(file(before + geojson("DK"), "NUTS_AT_2021.csv"), "--edition=2021")

    assert list(Region.objects.values_list("code", "name", "longitude")) == [("DK", "Name of DK", 12)]


def test_shapes_in_metres_are_refused_in_one_sentence(file):
    path = file(geojson("DK", "SE", beside=1_000_000), "nuts.geojson")

    assert refusal(path, "--edition=2021") == (
        f"{path} is not taken, nothing was changed.\n"
        "Its shapes are not in degrees. Take the file with the projection EPSG:4326."
    )


@pytest.mark.parametrize("name", ["3857.geojson", "geojson-named.csv"])
def test_gisco_files_in_metres_are_refused_whatever_their_name_is(name):
    assert refusal(CASES / name, "--edition=2021").endswith(
        "Its shapes are not in degrees. Take the file with the projection EPSG:4326."
    )


def test_eurostats_own_headings_are_known():
    RegionFactory(code="AT1", name="Ostösterreich", level=1)

    run(CASES / "eurostat-heads.csv", "--edition=2024")

    assert Region.objects.filter(code="AT11").values_list("name", "level", "parent__code").get() == (
        *("Burgenland", 2, "AT1"),
    )


def test_eurostats_workbook_is_read_and_the_sheet_is_named(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.title = "Changes"
    workbook.active.append(["Regions that changed"])
    sheet = workbook.create_sheet("NUTS2024")
    for row in (["Country code", "NUTS Code", "NUTS label", "NUTS level"], ["SE", "SE", "Sverige", 0]):
        sheet.append(row)
    workbook.save(tmp_path / "nuts.xlsx")

    assert run(tmp_path / "nuts.xlsx", "--edition=2024") == (
        "Note: The sheet “NUTS2024” is read. Not read: Changes.\n"
        "1 regions created, 0 updated, 0 ended, 0 unchanged.\n"
    )


def test_a_name_in_other_letters_does_not_replace_the_one_that_everybody_reads(file):
    RegionFactory(code="EL", name="Greece", name_local="")

    run(file("NUTS Code;NUTS label\nEL;Ελλάδα\nBG;България\n"), "--edition=2024")

    assert list(Region.objects.order_by("code").values_list("code", "name", "name_local")) == [
        ("BG", "България", ""),
        ("EL", "Greece", "Ελλάδα"),
    ]


def test_extra_regio_is_left_out_and_said_so(file):
    path = file("code,name\nSE,Sweden\nSEZ,Extra-Regio NUTS 1\nSEZZ,Extra-Regio NUTS 2\nSEZZZ,Extra-Regio\n")

    assert run(path, "--edition=2024") == (
        "Left out, because Extra-Regio is no place: SEZ, SEZZ, SEZZZ.\n"
        "1 regions created, 0 updated, 0 ended, 0 unchanged.\n"
    )
    assert list(Region.objects.values_list("code", flat=True)) == ["SE"]


def test_extra_regio_of_an_earlier_import_has_ended_with_the_next(file):
    RegionFactory(code="SEZ", name="Extra-Regio NUTS 1", level=1)

    run(file(HEADINGS + SWEDEN + NORTH))

    assert Region.objects.get(code="SEZ").has_ended


def test_a_file_of_extra_regio_alone_holds_no_regions():
    assert refusal(CASES / "gisco-like.csv", "--edition=2021").endswith("The file holds no regions.")


def test_a_file_without_local_names_leaves_those_we_have(file):
    RegionFactory(code="EL", name="Greece", name_local="Ελλάδα")

    run(file("code,name\nEL,Greece\n"), "--edition=2024")

    assert Region.objects.get(code="EL").name_local == "Ελλάδα"


def test_a_file_that_does_not_say_its_edition_is_refused_once(file):
    report = refusal(file("code,name\nSE,Sweden\nFI,Finland\n"))

    assert report.count("Say of which edition the file is") == 1


def test_a_dry_run_says_what_would_change_and_changes_nothing(file):
    out = run(file(HEADINGS + SWEDEN), "--dry-run")

    assert out == "Nothing was changed. It would be:\n1 regions created, 0 updated, 0 ended, 0 unchanged.\n"
    assert not Region.objects.exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("se33,2,2024,,Name,,SE,,,", "row 3, column “code”, “se33”: A NUTS code has two capital letters"),
        ("SE33,1,2024,,Name,,SE,,,", "row 3, column “level”, “1”: The code has as many signs"),
        ("SE3,1,2024,FI,Name,,SE,,,", "row 3, column “parent”, “FI”: A region is part of the one"),
        ("SE3,1,2024,,,,SE,,,", "row 3, column “name”: A name has between 1 and 200 characters."),
        ("SE3,1,2024,," + "x" * 400 + ",,SE,,,", "row 3, column “name”, “" + "x" * 59 + "…”: A name has"),
        ("SE3,1,1999,,Name,,SE,,,", "row 3, column “edition”, “1999”: Say of which edition the file is"),
        ("SE3,1,2024,,Name,,SE,abc,1,", "row 3, column “longitude”, “abc”: This is not a number of degrees."),
        ("SE3,1,2024,,Name,,SE,1,91,", "row 3, column “latitude”, “91”: This is not a number of degrees."),
        ("SE3,1,2024,,Name,,SE,1,1,somewhere", "row 3, column “point”, “somewhere”: A point is one of"),
        ("SE,0,2024,,Sweden,,SE,,,", "row 3, column “code”, “SE”: This code stands in the file already."),
        ("FI1,1,2024,,Name,,FI,,,", "row 3, column “code”, “FI1”: The region it is part of, FI, is neither"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(file, row, reason):
    RegionFactory(code="DE")

    assert reason in refusal(file(HEADINGS + SWEDEN + row + "\n"))


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "nuts.csv", "The file is empty."),
        (HEADINGS.encode(), "nuts.csv", "The file has no rows below its headings."),
        (
            HEADINGS.encode() + "SE,0,2024,,Schwedön".encode("latin-1"),
            "nuts.csv",
            "row 2, column “name”, “Schwedön”: The byte 0xF6 is not UTF-8.",
        ),
        (b"PK\x03\x04 a workbook", "nuts.csv", "The workbook is damaged or no workbook."),
        (b"{}", "nuts.geojson", "This is not a GeoJSON file"),
        (b"[" * 100_000, "nuts.geojson", "This is not a GeoJSON file"),
        (b'{"features": []}', "nuts.geojson", "The file holds no regions."),
        (
            b'{"features": [{"properties": {"code": "SE", "name": "", "edition": 2024}}]}',
            "nuts.geojson",
            "A name has between",
        ),
        (b"just a line", "nuts.csv", "no rows"),
        (b"a,b\n1,2", "nuts.csv", "column “code”: There is no such column. It may also be called: nuts_id"),
        (b"code,b\nSE,2", "nuts.csv", "column “name”: There is no such column."),
        (b"code,name\nSE,Sweden", "nuts.csv", "Say of which edition the file is"),
        (b"code,name,edition\n1,One,2024", "nuts.csv", "column “code”, “1”: A NUTS code has"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(file, content, name, reason):
    assert reason in refusal(file(content, name))


def test_a_missing_file_is_refused_in_a_sentence(tmp_path):
    assert "The file cannot be opened: No such file or directory." in refusal(tmp_path / "nothing.csv")


def test_every_wrong_row_is_reported_at_once(file):
    report = refusal(file(HEADINGS + "x,0,2024,,A,,X,,,\ny,0,2024,,B,,Y,,,\n"))

    assert report.count("A NUTS code has two capital letters") == 2


def test_regions_that_read_differently_are_announced_once(file, django_assert_max_num_queries):
    run(file(HEADINGS + SWEDEN))

    outcome = import_nuts(file(HEADINGS + SWEDEN.replace("16.5", "17")))

    assert (outcome.created, outcome.updated, outcome.unchanged) == ([], ["SE"], 0)


@pytest.mark.parametrize(
    ("geometry", "point"),
    [
        (None, None),
        ({"type": "Point", "coordinates": [1, 2]}, None),
        ({"type": "MultiPolygon", "coordinates": []}, None),
        # A ring-shaped region: its middle is a hole, the point is beside it.
        (
            {
                "type": "Polygon",
                "coordinates": [
                    [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]],
                    [[1, 1], [7, 1], [7, 9], [1, 9], [1, 1]],
                ],
            },
            (8.5, 5),
        ),
    ],
)
def test_a_point_lies_inside_a_shape_or_is_missing(geometry, point):
    assert point_inside(geometry) == point
