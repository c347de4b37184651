import csv
import re
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from regions import map as maps
from regions import outlines
from regions.data import make_drawing
from regions.map import Place, close_up, europe_map
from regions.projection import UNITS, metres, project

DATA = Path(maps.__file__).parent / "data"


@pytest.fixture(scope="module")
def shipped():
    with (DATA / "nuts_2024.csv").open(encoding="utf-8", newline="") as source:
        return {row["code"]: row for row in csv.DictReader(source)}


@pytest.fixture
def place(shipped):
    def make(code, number=None, **more):
        row = shipped[code]
        return Place(
            code,
            row["name"],
            float(row["longitude"]),
            float(row["latitude"]),
            number,
            f"/regions/{code}/",
            is_exact=row["point"] == "outline",
            **more,
        )

    return make


def test_the_projection_agrees_with_epsg_3035():
    # The test point published with the definition of ETRS89-LAEA: 50° N 5° E.
    easting, northing = metres(5, 50)

    assert (round(easting, 2), round(northing, 2)) == (3962799.45, 2999718.85)


def test_every_place_on_earth_has_finite_coordinates():
    far = [
        metres(longitude, latitude) for longitude in (-180, -170, 0, 190) for latitude in (-90, -52, 0, 90)
    ]

    assert all(abs(value) < 1e14 for pair in far for value in pair)


def test_europe_lies_inside_the_window():
    for longitude, latitude in [
        (-24.5, 65.5),
        (25.8, 71.1),
        (-9.5, 37),
        (34.5, 34.6),
        (24, 34.9),
        (31.5, 62.9),
    ]:
        x, y = project(longitude, latitude)

        assert 0 < x < UNITS
        assert 0 < y < UNITS


def test_countries_and_level_2_regions_have_outlines():
    assert (outlines.outlines("SE"), outlines.outlines("SE33")) == (["SE"], ["SE33"])


def test_a_nuts_1_region_is_drawn_from_its_regions():
    assert outlines.outlines("DED") == ["DED2", "DED4", "DED5"]


@pytest.mark.parametrize("code", ["NL35", "PT19", "UA", "UA11", "XK", "SE332", "", "ZZ", "<script>"])
def test_what_has_no_outline_gives_none(code):
    assert outlines.outlines(code) == []


def test_outlines_stay_small():
    assert (DATA / "outlines.json").stat().st_size <= 150_000


def test_outlines_hold_path_data_only():
    data = "".join([*outlines.countries().values(), *outlines.regions().values(), outlines.neighbours()])

    assert re.fullmatch(r"[MLlz0-9 -]+", data)


def test_the_land_that_browsers_fetch_is_what_the_outlines_say():
    assert make_drawing.TARGET.read_text(encoding="utf-8") == make_drawing.drawing()


def test_a_map_carries_none_of_its_land(place):
    markup = render_to_string("components/map.html", {"map": close_up("ES43", place("ES43"))})

    assert re.findall(r'<use class="(\w+)" href="/static/europe.svg#(\w+)"/>', markup) == [
        ("other", "neighbours"),
        ("land", "countries"),
        ("land", "regions"),
        ("reg", "ES43"),
    ]
    assert "<path" not in markup


def test_a_place_gets_its_region_filled_and_a_disc_with_its_number(place):
    drawn = europe_map([place("ES43", 3)])

    assert drawn.regions == (maps.Shape("ES43"),)
    assert [(disc.place.number, disc.place.url) for disc in drawn.discs] == [(3, "/regions/ES43/")]
    assert drawn.view_box == "0 0 760 760"


def test_a_whole_country_gets_a_disc_but_no_fill(place):
    drawn = europe_map([place("FI", 2)])

    assert (drawn.regions, len(drawn.discs)) == ((), 1)


def test_a_region_without_an_outline_says_that_it_is_only_a_dot(place):
    drawn = europe_map([place("PT19", 2), place("UA12", 1), place("FRY3", 1), place("SE33", 1)])

    assert [p.code for p in drawn.dots] == ["PT19"]
    assert [p.code for p in drawn.at_their_country] == ["UA12"]
    assert [p.code for p in drawn.outside] == ["FRY3"]


def test_a_place_without_a_point_is_named_as_outside_the_map():
    drawn = europe_map([Place("SE33", "Övre Norrland", None, None, 4)])

    assert ([p.code for p in drawn.outside], drawn.discs) == (["SE33"], ())


def test_the_list_says_the_biggest_number_first(place):
    drawn = europe_map([place("ES43", 1), place("SE33", 5), place("FI1D", 5)])

    assert [entry.place.code for entry in drawn.entries] == ["FI1D", "SE33", "ES43"]


def test_a_chosen_region_is_drawn_last(place):
    drawn = europe_map([place("ES43", 1, is_chosen=True), place("ES42", 9)])

    assert [shape.is_chosen for shape in drawn.regions] == [False, True]
    assert drawn.discs[-1].place.code == "ES43"


def test_discs_at_one_place_do_not_hide_each_other(place):
    drawn = europe_map([place("UA11", 1), place("UA12", 1), place("UA13", 1)])

    spots = {(disc.x, disc.y) for disc in drawn.discs}
    assert len(spots) == 3


def test_a_cropped_map_shows_the_part_of_europe_around_its_places(place):
    whole, cropped = (europe_map([place("ES43"), place("PT11")], crop=crop) for crop in (None, "places"))

    assert (cropped.land, whole.land) == (("countries",), ("countries",))
    assert cropped.transform != whole.transform
    assert [disc.place.code for disc in cropped.discs] == [disc.place.code for disc in whole.discs]


def test_a_map_of_nothing_is_a_map_of_europe():
    assert europe_map([], crop="places") == europe_map([])


def test_a_close_up_shows_a_region_among_its_neighbours(place):
    drawn = close_up("ES43", place("ES43"))

    assert drawn.regions == (maps.Shape("ES43"),)
    assert drawn.land == ("countries", "regions")
    assert drawn.discs == ()


def test_a_close_up_of_a_nuts_3_region_is_a_dot_in_the_region_around_it(place):
    drawn = close_up("SE332", place("SE332"))

    assert drawn.regions == (maps.Shape("SE33"),)
    assert [disc.place.code for disc in drawn.discs] == ["SE332"]


def test_a_close_up_without_an_outline_is_a_dot_that_says_so(place):
    drawn = close_up("NL35", place("NL35"))

    assert (drawn.regions, [p.code for p in drawn.dots]) == ((), ["NL35"])


def test_there_is_no_close_up_of_what_lies_outside_our_maps(place):
    assert close_up("FRY3", place("FRY3")) is None
    assert close_up("ZZ99") is None


def test_every_shipped_region_of_some_size_has_a_close_up_or_lies_far_away(shipped, place):
    codes = [code for code in shipped if len(code) < 5]

    without = {code for code in codes if close_up(code, place(code)) is None}

    assert without == {"FRY", "FRY1", "FRY2", "FRY3", "FRY4", "FRY5", "NO0B"}


def test_discs_of_a_small_picture_are_a_finger_apart_on_a_phone(place):
    near = [place(code, number) for number, code in enumerate(("UA11", "UA12", "UA13"), 1)]

    drawn = europe_map(near, width=480)

    on_a_phone = [(disc.x * 350 / 480, disc.y * 350 / 480) for disc in drawn.discs]
    # To half a pixel, for places are whole units.
    assert all(dist(one, other) >= 23.5 for one, other in combinations(on_a_phone, 2))


def test_a_map_beside_other_things_shows_the_places_with_the_highest_numbers():
    places = [
        maps.Place(f"SE{number:02}", f"Region {number:02}", 15.0 + number / 10, 60.0, number)
        for number in range(1, 71)
    ]

    drawn = maps.europe_map(places, most=maps.MANY)

    assert sorted(disc.place.number for disc in drawn.discs) == list(range(11, 71))
    assert drawn.left_out == 10
    assert maps.europe_map(places[:5], most=maps.MANY).left_out == 0
