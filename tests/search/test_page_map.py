import pytest

from search import indexing
from search.engines import EMBEDDED
from search.facets import code_with_ancestors
from tests.factories import RegionFactory
from tests.factories.search import findable, stages
from tests.search.printed import words
from tests.search.test_page_requests import searched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]

PLACES = {
    "SE": ("Sweden", 15, 62),
    "SE3": ("North", 18, 65),
    "SE33": ("Upper North", 20, 67),
    "SE332": ("Norrbotten", 21, 67),
    "SE11": ("Stockholm", 18, 59),
    "FI": ("Finland", 26, 62),
}


@pytest.fixture(autouse=True)
def regions():
    for code, (name, longitude, latitude) in PLACES.items():
        RegionFactory(code=code, name=name, longitude=longitude, latitude=latitude)


def about(title, *codes, kind="practice", **display):
    values = sorted({above for code in codes for above in code_with_ancestors(code)})
    return findable(title, kind, facets={"region": values}, **display)


def listed(soup):
    """The list beside the map: (words, address) of each line, without the region that is zoomed into."""
    return [(words(line), line.a["href"]) for line in soup.select(".mapres .ledger > li:not(.is-on)")]


def discs(soup):
    """The numbers on the map and where they lead."""
    return [(words(disc), disc["href"]) for disc in soup.select(".mapres svg a")]


def test_all_of_europe_counts_by_country_and_every_number_leads_to_its_results(page):
    about("Both", "SE332", "FI")
    about("Sweden", "SE11")
    findable("Nowhere")

    soup = page("/good-practices/?view=map")

    assert listed(soup) == [
        ("Sweden SE 2", "/good-practices/?region=SE&view=map"),
        ("Finland FI 1", "/good-practices/?region=FI&view=map"),
    ]
    assert sorted(discs(soup)) == [
        ("1", "/good-practices/?region=FI&view=map"),
        ("2", "/good-practices/?region=SE&view=map"),
    ]
    assert [words(remark) for remark in soup.select(".mapres__r")] == [
        "1 result names no region and is not on the map; it is in the list."
    ]
    assert soup.select_one(".map svg")["aria-hidden"] == "true"
    assert {link["tabindex"] for link in soup.select(".map svg a")} == {"-1"}
    assert "© EuroGeographics" in words(soup.select_one(".map figcaption"))
    assert [words(link) for link in soup.select(".seg [aria-current]")] == ["Map"]
    assert soup.select("#results li.res, #sort, .pager") == []


def test_a_chosen_country_shows_its_parts_and_its_results(page):
    about("Mine museum", "SE332", stages=stages(use="main"))
    about("Archive", "SE11")
    about("National plan", "SE")

    soup = page("/good-practices/?view=map&region=SE&sort=title")

    assert listed(soup) == [
        ("Stockholm SE11 1", "/good-practices/?region=SE11&sort=title&view=map"),
        ("Upper North SE33 1", "/good-practices/?region=SE33&sort=title&view=map"),
    ]
    assert [words(link) for link in soup.select(".is-on .mini a")] == [
        "Archive",
        "Mine museum",
        "National plan",
    ]
    assert words(soup.select_one(".is-on .row")) == "Sweden SE 3"
    assert soup.select_one(".is-on p a")["href"] == "/good-practices/?sort=title&view=map"


def test_a_smaller_region_leads_back_to_the_larger_one(page):
    about("Mine museum", "SE332")

    inside = page("/good-practices/?view=map&region=SE33")
    smallest = page("/good-practices/?view=map&region=SE332")

    assert listed(inside) == [("Norrbotten SE332 1", "/good-practices/?region=SE332&view=map")]
    assert inside.select_one(".is-on p a")["href"] == "/good-practices/?region=SE&view=map"
    assert smallest.select_one(".is-on p a")["href"] == "/good-practices/?region=SE33&view=map"
    assert [words(remark) for remark in smallest.select(".mapres__r")] == [
        "No smaller region is named by any of these results."
    ]


def test_regions_of_several_countries_are_seen_on_the_map_of_europe(page):
    about("Mine museum", "SE332")
    about("Finland", "FI")

    soup = page("/good-practices/?view=map&region=SE&region=FI")

    assert words(soup.select_one(".is-on .row")) == "Sweden, Finland 2"
    assert [words(disc) for disc in soup.select("svg a")] == ["1", "1"]
    assert len(soup.select("svg .dot--on")) == 2


def test_words_and_other_filters_hold_on_the_map(page):
    about("Copper mud", "SE")
    about("Sand", "FI")

    soup = page("/good-practices/?q=mud&view=map")

    assert listed(soup) == [("Sweden SE 1", "/good-practices/?q=mud&region=SE&view=map")]


def test_without_any_place_the_map_says_so(page):
    findable("Nowhere")
    findable("Nowhere too")

    soup = page("/good-practices/?view=map")

    assert listed(soup) == []
    assert [words(remark) for remark in soup.select(".mapres__r")] == [
        "2 results name no region and are not on the map; they are in the list."
    ]


def test_what_has_no_places_is_listed(page):
    findable("Copper", "material")

    soup = page("/search/?kind=material&view=map")

    assert soup.select(".mapres, .seg") == []
    assert [words(note) for note in soup.select("#results .note p")] == [
        "Choose good practices, instruments or events for a map; this is the list."
    ]


def test_nothing_found_shows_no_map(page):
    assert page("/good-practices/?view=map&q=nothing").select(".mapres") == []


def test_five_countries_cost_as_many_queries_as_one(client):
    about("Sweden", "SE")
    address = "/good-practices/?view=map"
    client.get(address)
    one = searched(client, address)

    for number in range(4):
        about(f"Practice {number}", "FI", "SE332")
    indexing.drain(EMBEDDED)
    five = searched(client, address)

    assert five == one
    assert five == searched(client, "/good-practices/") + 1
