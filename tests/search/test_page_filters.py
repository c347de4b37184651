import pytest

from search.facets import FACETS
from search.vocabulary import FILTERS
from tests.factories import RawMaterialFactory, RegionFactory
from tests.factories.search import findable
from tests.search.printed import titles, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def values(facet):
    """The values of a facet as they are printed, with their counts."""
    return [words(value) for value in facet.select("[id^=filters-in] label.opt")]


def test_the_page_offers_every_facet_there_is():
    assert sorted(FILTERS) == sorted(FACETS)


def test_every_stage_stays_in_its_place_and_counts_ignore_their_own_facet(page):
    findable(facets={"stage": ["use"]})
    findable(facets={"stage": ["use", "recycling"]})

    soup = page("/search/?stage=recycling")

    assert values(soup.select_one("#facet-stage")) == [
        "Exploration 0",
        "Extraction 0",
        "Processing 0",
        "Manufacturing 0",
        "Use 2",
        "Recycling 1",
        "Post-mining 0",
    ]
    assert [box["value"] for box in soup.select("#facet-stage input[checked]")] == ["recycling"]
    assert words(soup.select_one("#facet-stage .facet__on")) == "1 chosen"
    assert words(soup.select_one("#filters-label")) == "Filters (1)"


@pytest.fixture
def nordic_regions():
    for code, name in {"SE": "Sweden", "SE3": "North", "SE33": "Upper North", "FI": "Finland"}.items():
        RegionFactory(code=code, name=name)
    findable(facets={"region": ["SE", "SE3", "SE33"]})
    findable(facets={"region": ["SE", "SE3"]})


def test_regions_stand_open_where_something_is_chosen(page, nordic_regions):
    soup = page("/search/?region=SE33")

    facet = soup.select_one("#facet-region")
    assert values(facet) == ["Sweden 2", "North 2", "Upper North 1", "Finland 0"]
    assert [label["class"] for label in facet.select("[id^=filters-in] label.opt")] == [
        ["opt"],
        ["opt", "opt--d1"],
        ["opt", "opt--d2"],
        ["opt", "is-0"],
    ]
    assert [words(chip) for chip in soup.select(".chip")] == ["Remove filter Region: Upper North (SE33)"]


def test_regions_open_level_by_level_by_links(page, nordic_regions):
    facet = page("/search/?stage=use").select_one("#facet-region")
    closed = page("/search/").select_one("#facet-region")
    sweden = page(closed.select_one("a")["href"]).select_one("#facet-region")
    north = page(sweden.select_one("a[id=below-SE3]")["href"]).select_one("#facet-region")

    assert values(facet) == ["Finland 0", "Sweden 0"]
    assert (values(closed), [words(link) for link in closed.select("a")]) == (
        ["Sweden 2", "Finland 0"],
        ["Parts of Sweden"],
    )
    assert values(sweden) == ["Sweden 2", "North 2", "Finland 0"]
    assert [words(link) for link in sweden.select("a")] == ["Hide parts of Sweden", "Parts of North"]
    assert values(north) == ["Sweden 2", "North 2", "Upper North 1", "Finland 0"]
    assert sweden.select_one("a[id=below-SE]")["href"] == "/search/"
    assert north.select_one("a[id=below-SE3]")["href"] == "/search/?unfold=SE"


def test_every_region_is_found_by_its_name_or_code_without_scripts(page, nordic_regions):
    by_name = page("/search/?find_region=upper").select_one("#facet-region")
    by_code = page("/search/?find_region=se3").select_one("#facet-region")
    none = page("/search/?find_region=atlantis").select_one("#facet-region")

    assert values(by_name) == ["Upper North (SE33) 1"]
    assert values(by_code) == ["North (SE3) 2", "Upper North (SE33) 1"]
    assert (values(none), words(none.select_one("[id^=filters-in]"))) == ([], "Nothing here has this name.")
    assert none.select_one("input[type=search]")["value"] == "atlantis"


def test_materials_without_results_are_folded_away_and_a_link_shows_all(page):
    for number in range(9):
        RawMaterialFactory(code=f"ore-{number}", name=f"Ore {number}")
    findable(facets={"material": ["ore-8", "any-critical"]})

    soup = page("/search/?material=ore-3")
    facet = soup.select_one("#facet-material")
    whole = page(facet.select_one("a")["href"])

    assert values(facet) == [
        "Any critical raw material 1",
        "Any strategic raw material 0",
        "Ore 8 1",
        "Ore 3 0",
    ]
    assert words(facet.select_one("a")) == "Show all 11"
    assert len(values(whole.select_one("#facet-material"))) == 11
    assert words(whole.select_one("#facet-material a")) == "Show fewer"
    assert whole.select_one("#facet-material a")["href"] == "/search/?material=ore-3"
    # What is unfolded stays so when a further choice is sent.
    assert whole.select_one("#filters input[name=unfold]")["value"] == "material"


def test_the_parts_of_the_filters_that_scripts_ask_for_come_alone(page, nordic_regions):
    headers = {"HX-Request": "true", "HX-Target": "filters-in-region"}

    soup = page("/search/?find_region=finland", **headers)

    assert values(soup.select_one("#filters-in-region").parent) == ["Finland (FI) 0"]
    assert soup.select("#results, #kinds, title") == []


def test_facets_of_events_show_where_events_are(page):
    findable("Visit", "event", facets={"mode": ["online"], "date": ["2026-11"]})
    findable("Law", "instrument", facets={"instrument_kind": ["legal-frame"], "year": ["2020"]})
    findable("Slag", facets={"rex": ["reuse"], "crma": ["skills"], "cost": ["1m-10m"]})

    def offered(address):
        return [facet["id"].removeprefix("facet-") for facet in page(address).select("details.facet")]

    assert offered("/search/?kind=event") == ["mode", "date"]
    assert offered("/policy-instruments/") == ["instrument_kind", "year"]
    assert offered("/good-practices/") == ["crma", "rex", "cost"]
    assert values(page("/search/?kind=event").select_one("#facet-date")) == ["November 2026 1"]
    assert values(page("/search/").select_one("#facet-mode")) == [
        "On site 0",
        "Online 1",
        "On site and online 0",
    ]


def test_all_that_is_chosen_can_be_asked_for(page):
    for code in ("cobalt", "lithium"):
        RawMaterialFactory(code=code, name=code.title())
    findable("Both", facets={"material": ["cobalt", "lithium"]})
    findable("One", facets={"material": ["cobalt"]})
    chosen = "material=cobalt&material=lithium"

    any_of_them, all_of_them = page(f"/search/?{chosen}"), page(f"/search/?{chosen}&match_all=material")

    assert (titles(any_of_them), titles(all_of_them)) == (["One", "Both"], ["Both"])
    assert any_of_them.select("input[name=match_all][checked]") == []
    assert [box["value"] for box in all_of_them.select("input[name=match_all][checked]")] == ["material"]
    assert [(words(chip), chip["href"]) for chip in all_of_them.select(".chips a")][2:] == [
        ("Remove filter Material: all of these", f"/search/?{chosen}"),
        ("Clear all", "/search/"),
    ]


def test_stages_can_be_narrowed_to_main_stages(page):
    findable("Main", facets={"stage": ["use"], "stage_main": ["use"]})
    findable("Touched", facets={"stage": ["use"], "stage_touched": ["use"]})

    soup = page("/search/?stage=use&stage_weight=main")

    assert titles(soup) == ["Main"]
    assert words(soup.select_one("select[name=stage_weight] option[selected]")) == "Main stage"
    assert [(words(chip), chip["href"]) for chip in soup.select(".chips a")][1] == (
        "Remove filter Stage: main stage only",
        "/search/?stage=use",
    )


def test_bands_are_fields_of_their_facets_and_chips(page):
    findable("Old", facets={"year": ["2019"]}, numbers={"year": 2019})
    findable("New", facets={"year": ["2023"]}, numbers={"year": 2023})

    soup = page("/search/?year_from=2020&year_to=2024")

    assert titles(soup) == ["New"]
    assert values(soup.select_one("#facet-year")) == ["2023 1", "2019 0"]
    assert [field["value"] for field in soup.select("#facet-year .facet__band input")] == ["2020", "2023"]
    assert [(words(chip), chip["href"]) for chip in soup.select(".chip")] == [
        ("Remove filter Year it began: from 2020, up to 2023", "/search/")
    ]


def test_nothing_found_offers_to_loosen_a_band(page):
    findable("Old", numbers={"year": 2019})

    soup = page("/search/?year_from=2020")

    assert "Without Year it began: from 2020" in [words(link) for link in soup.select(".zero a")]


def test_a_chip_removes_itself_and_nothing_else(page):
    soup = page("/search/?q=mud&stage=use&stage=recycling&year=2021&page=2")

    assert [(words(chip), chip["href"]) for chip in soup.select(".chips a")] == [
        ("Remove filter Stage: Use", "/search/?q=mud&stage=recycling&year=2021"),
        ("Remove filter Stage: Recycling", "/search/?q=mud&stage=use&year=2021"),
        ("Remove filter Year it began: 2021", "/search/?q=mud&stage=use&stage=recycling"),
        ("Clear all", "/search/?q=mud"),
    ]


def test_values_without_results_are_folded_away_where_none_has_any(page):
    for number in range(9):
        RegionFactory(code=f"X{number}", name=f"Country {number}")
    findable("Mud")

    facet = page("/search/?q=mud").select_one("#facet-region")

    assert values(facet) == []
    assert words(facet.select_one("[id^=filters-in]")) == "None of these results has one. Show all 9"


def test_years_with_results_are_shown_first_however_old_they_are(page):
    for year in range(2010, 2030):
        findable("Slag" if year > 2012 else "Mud", facets={"year": [str(year)]})

    facet = page("/search/?q=mud").select_one("#facet-year")

    assert values(facet) == ["2012 1", "2011 1", "2010 1"]


def test_the_name_of_a_facet_stands_there_once_and_names_its_choices(page):
    findable(facets={"stage": ["use"]})

    facet = page("/search/").select_one("#facet-stage")

    assert words(facet).count("Value-chain stage") == 1
    group = facet.select_one("[role=group]")
    assert words(facet.select_one(f"#{group['aria-labelledby']}")) == "Value-chain stage"
