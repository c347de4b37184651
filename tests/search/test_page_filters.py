import pytest

from tests.factories import RawMaterialFactory, RegionFactory
from tests.factories.search import findable
from tests.search.printed import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def test_every_stage_stays_in_its_place_and_counts_ignore_their_own_facet(page):
    findable(facets={"stage": ["use"]})
    findable(facets={"stage": ["use", "recycling"]})

    soup = page("/search/?stage=recycling")

    assert [words(value) for value in soup.select("#facet-stage label")] == [
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


def test_regions_are_a_tree_open_where_something_is_chosen(page):
    for code, name in {"SE": "Sweden", "SE3": "North", "SE33": "Upper North", "FI": "Finland"}.items():
        RegionFactory(code=code, name=name)
    findable(facets={"region": ["SE", "SE3", "SE33"]})
    findable(facets={"region": ["SE", "SE3"]})

    soup = page("/search/?region=SE33")

    facet = soup.select_one("#facet-region")
    assert [words(label) for label in facet.select("label.opt")] == [
        "Sweden 2",
        "North 2",
        "Upper North 1",
        "Finland 0",
    ]
    assert [details["id"] for details in facet.select("details[open]")] == ["in-region-SE", "in-region-SE3"]
    assert [words(chip) for chip in soup.select(".chip")] == ["Remove filter Region: Upper North (SE33)"]


def test_of_too_many_regions_only_chosen_branches_are_listed(page, monkeypatch):
    monkeypatch.setattr("search.filters.MOST_REGIONS", 2)
    for code in ("SE", "SE3", "SE33", "FI", "FI1"):
        RegionFactory(code=code, name=code)
    findable(facets={"region": ["SE", "SE3", "SE33"]})
    findable(facets={"region": ["FI", "FI1"]})

    listed = [box["value"] for box in page("/search/").select("#facet-region input[type=checkbox]")]
    with_sweden = page("/search/?region=SE").select("#facet-region input[type=checkbox]")

    assert listed == ["FI", "SE"]
    assert [box["value"] for box in with_sweden] == ["FI", "SE", "SE3"]


def test_materials_without_results_are_folded_away_and_can_still_be_chosen(page):
    for number in range(9):
        RawMaterialFactory(code=f"ore-{number}", name=f"Ore {number}")
    findable(facets={"material": ["ore-8", "any-critical"]})

    facet = page("/search/?material=ore-3").select_one("#facet-material")

    folded = facet.select_one(".facet__more").extract()
    assert [words(label) for label in facet.select("label.opt")] == [
        "Any critical raw material 1",
        "Any strategic raw material 0",
        "Ore 8 1",
        "Ore 3 0",
    ]
    assert words(folded.summary) == "Show 7 more"


def test_a_chip_removes_itself_and_nothing_else(page):
    soup = page("/search/?q=mud&stage=use&stage=recycling&year=2021&page=2")

    assert [(words(chip), chip["href"]) for chip in soup.select(".chips a")] == [
        ("Remove filter Stage: Use", "/search/?q=mud&stage=recycling&year=2021"),
        ("Remove filter Stage: Recycling", "/search/?q=mud&stage=use&year=2021"),
        ("Remove filter Year: 2021", "/search/?q=mud&stage=use&stage=recycling"),
        ("Clear all", "/search/?q=mud"),
    ]
