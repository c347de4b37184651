import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import indexing
from search.engines import EMBEDDED
from tests.factories import RawMaterialFactory, RegionFactory
from tests.factories.search import findable, stages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


@pytest.fixture
def page(client):
    """The page at an address, read: `page("/search/?q=mud")`."""

    def read(address, **headers):
        response = client.get(address, headers=headers)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read


def words(element):
    return " ".join(element.get_text(" ").split())


def titles(soup):
    return [words(link) for link in soup.select("#results li.res h2 a")]


def test_words_find_items_and_are_marked(page):
    findable("Red mud turned into cement", summary="Residue of alumina refining.")
    findable("A register of dams")

    soup = page("/search/?q=mud")

    assert titles(soup) == ["Red mud turned into cement"]
    assert [words(mark) for mark in soup.select("#results mark")] == ["mud"]
    assert soup.title.string.strip() == "mud: 1 result – Adit"
    assert soup.select_one("#q")["value"] == "mud"


def test_nothing_that_people_write_becomes_markup(page):
    findable("<script>alert(1)</script> & mud", summary="<b>mud</b> u", place="<i>here</i>")

    soup = page("/search/?q=mud+<u>&region=<s>")

    assert titles(soup) == ["<script>alert(1)</script> & mud"]
    assert soup.select("#results b, #results i, #results u, #results s, #results script") == [
        soup.select_one(".reshead b")
    ]


def test_kinds_are_counted_whatever_kind_is_shown(page):
    findable("Mud practice")
    findable("Mud practice too")
    findable("Mud instrument", "instrument")

    soup = page("/search/?q=mud&kind=instrument")

    assert [words(tab) for tab in soup.select("#kinds a")] == [
        "All 3",
        "Good practices 2",
        "Policy instruments 1",
        "Events 0",
        "Regions 0",
        "Materials 0",
    ]
    assert [words(tab) for tab in soup.select("#kinds [aria-current]")] == ["Policy instruments 1"]
    assert soup.select_one("#kinds a")["href"] == "/search/?q=mud"


def test_a_card_says_what_is_known(page):
    findable(
        "Slag register",
        place="Śląskie, Poland (PL22)",
        years="2021–2026",
        stages=stages(use="main", processing="touched"),
        evidence={"state": "verified", "label": "Evidence verified"},
        facts=[
            {"key": "materials", "label": "Materials", "value": "Copper"},
            {"key": "cost", "label": "Cost", "value": "€0.4 m"},
        ],
    )

    soup = page("/good-practices/")

    assert [words(part) for part in soup.select("li.res .card__meta, li.res .stages, li.res dl div")] == [
        "Śląskie, Poland (PL22) 2021–2026",
        "Value-chain stages: Use , processing",
        "Evidence Evidence verified",
        "Materials Copper",
        "Cost €0.4 m",
    ]


def test_a_collected_practice_says_so_instead_of_its_evidence(page):
    findable("Slag", origin="collected", evidence={"state": "self", "label": "Self-reported"})

    assert [words(part) for part in page("/good-practices/").select("li.res dl div")] == [
        "Source From a public source"
    ]


def test_what_is_about_no_stage_shows_no_empty_core(page):
    findable("Study visit", "event", stages=stages())

    assert page("/search/").select("li.res .core, li.res .stages") == []


def test_each_kind_says_what_matters_about_it(page):
    findable("Lithium", "material", reference="Li", group_label="Other", is_critical=True, is_strategic=True)
    findable("Lappi", "region", reference="FI1D7", level_label="NUTS 3", place="Suomi")
    findable("Study visit", "event", date="2026-12-10", place="Kiruna")

    soup = page("/search/")

    assert [words(card) for card in soup.select("li.res")] == [
        "event Study visit 10\u00a0December\u00a02026 Kiruna".replace("\u00a0", " ").replace(
            "event", "Event"
        ),
        "Region Lappi NUTS 3 FI1D7 Suomi",
        "Material Lithium Li Other EU list Strategic raw material EU list Critical raw material",
    ]


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


def test_results_can_be_sorted(page):
    findable("Beta mud")
    findable("Alpha", body="Little about mud.")

    assert titles(page("/search/?q=mud")) == ["Beta mud", "Alpha"]
    assert titles(page("/search/?q=mud&sort=newest")) == ["Alpha", "Beta mud"]
    assert titles(page("/search/?q=mud&sort=title")) == ["Alpha", "Beta mud"]


def test_without_words_the_newest_come_first_and_nothing_offers_best_match(page):
    findable("Old")
    findable("New")

    soup = page("/search/")

    assert titles(soup) == ["New", "Old"]
    assert [words(option) for option in soup.select("#sort option")] == ["Newest", "Title"]


def test_pages_lead_to_the_last_one(page):
    for number in range(25):
        findable(f"Practice {number}")

    soup = page("/good-practices/?page=2")

    assert len(titles(soup)) == 5
    assert words(soup.select_one(".reshead p")) == "25 good practices , showing 21–25"
    assert [words(link) for link in soup.select(".pager li")] == ["Previous page", "Page 1", "Page 2"]
    assert soup.select_one(".pager a")["href"] == "/good-practices/"


def test_a_page_beyond_the_last_shows_the_last_and_says_so(page):
    findable("Practice")

    soup = page("/good-practices/?page=99")

    assert titles(soup) == ["Practice"]
    assert words(soup.select_one("#results .note")) == "There is no page 99; this is the last one, page 1."


def test_beyond_the_bound_the_page_advises_to_narrow(page, monkeypatch):
    monkeypatch.setattr("search.page.DEEPEST_HIT", 1)
    findable("One")
    findable("Two")

    assert words(page("/search/").select_one("#results .note")) == (
        "Only the first 1 results can be paged through. Add a word or a filter."
    )


def test_practices_can_be_compared_by_stage(page):
    findable(
        "Slag register",
        place="Śląskie",
        stages=stages(use="main", processing="touched"),
        evidence={"state": "verified", "label": "Evidence verified"},
        facts=[{"key": "cost", "label": "Cost", "value": "€0.4 m"}],
    )

    soup = page("/good-practices/?view=table")

    assert [words(cell) for cell in soup.select("thead th")] == [
        "Practice",
        "Exploration",
        "Extraction",
        "Processing",
        "Manufacturing",
        "Use",
        "Recycling",
        "Post-mining",
        "Evidence",
        "Cost",
    ]
    assert [words(cell) for cell in soup.select("tbody > tr > *")] == [
        "Slag register Śląskie",
        "no",
        "no",
        "also",
        "no",
        "main stage",
        "no",
        "no",
        "Evidence verified",
        "€0.4 m",
    ]
    assert soup.select_one("#filters input[name=view]")["value"] == "table"
    assert [words(view) for view in soup.select(".seg [aria-current]")] == ["Compare"]


def test_only_practices_offer_the_comparison(page):
    findable("Mud")

    assert page("/search/").select(".seg") == []
    assert page("/search/?kind=practice").select(".seg a") != []


@pytest.mark.parametrize(
    ("address", "heading", "kind"),
    [
        ("/search/", "Search", ""),
        ("/good-practices/", "Good practices", "practice"),
        ("/policy-instruments/", "Policy instruments", "instrument"),
    ],
)
def test_section_pages_show_search_with_the_kind_fixed(page, address, heading, kind):
    findable("A practice")
    findable("An instrument", "instrument")

    soup = page(address)

    assert words(soup.h1) == heading
    assert soup.title.string.strip() == f"{heading} – Adit"
    assert (
        titles(soup)
        == {
            "": ["An instrument", "A practice"],
            "practice": ["A practice"],
            "instrument": ["An instrument"],
        }[kind]
    )
    assert soup.select_one("link[rel=canonical]")["href"] == f"http://testserver{address}"
    assert soup.select_one("#facets")["action"] == address
    assert soup.select("meta[name=robots]") == []


def test_a_search_in_one_kind_names_its_section_as_its_address(page):
    soup = page("/search/?q=mud&kind=practice&stage=use&sort=title&view=table")

    assert soup.select_one("link[rel=canonical]")["href"] == (
        "http://testserver/good-practices/?q=mud&stage=use"
    )
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"


def test_htmx_gets_the_same_results_and_what_else_has_changed(page, client):
    findable("Mud practice", facets={"stage": ["use"]})
    address = "/search/?q=mud&stage=use&region=&page=1"

    whole = page(address)
    swapped = page(address, hx_request="true")
    response = client.get(address, headers={"hx-request": "true"})

    assert str(swapped.select_one("#results")) == str(whole.select_one("#results"))
    assert swapped.select_one("#filters").decode_contents() == whole.select_one("#filters").decode_contents()
    assert swapped.select_one("#kinds").decode_contents() == whole.select_one("#kinds").decode_contents()
    assert [part["id"] for part in swapped.select("[hx-swap-oob=innerHTML]")] == [
        "kinds",
        "filters",
        "filters-label",
        "announcement",
    ]
    assert words(swapped.select_one("#announcement")) == "1 result, page 1 of 1"
    assert swapped.title.string.strip() == whole.title.string.strip()
    assert swapped.html is None
    assert response["HX-Push-Url"] == "/search/?q=mud&stage=use"
    assert "HX-Request" in response["Vary"]


def test_going_back_by_htmx_gets_the_whole_page(page):
    soup = page("/search/", hx_request="true", hx_history_restore_request="true")

    assert soup.html is not None


def test_a_form_without_scripts_sends_everything(page):
    findable("Mud", facets={"stage": ["use"]})

    soup = page("/search/?q=mud&kind=practice&stage=use&view=table")

    names = [field["name"] for field in soup.select("#facets input[name]")]
    outside = [field["name"] for field in soup.select("[form=facets][name]")]
    assert names[:2] == ["kind", "view"]
    assert "stage" in names
    assert outside == ["q", "sort"]


def searched(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("address", ["/search/", "/search/?q=mud", "/good-practices/?view=table"])
def test_five_results_cost_as_many_queries_as_one(client, address):
    RegionFactory(code="SE", name="Sweden")
    RegionFactory(code="SE3", name="North")
    facets = {"region": ["SE", "SE3"], "stage": ["use"], "material": ["any-critical"]}
    findable("Mud", facets=facets, stages=stages(use="main"))
    client.get(address)
    one = searched(client, address)

    for number in range(4):
        findable(f"Mud {number}", facets=facets, stages=stages(use="main"))
    indexing.drain(EMBEDDED)

    assert searched(client, address) == one


RUBBISH = [
    "",
    "\x00",
    "'\"><script>",
    "-1",
    "9" * 400,
    "\U0001f600",
    "%",
    "../../etc",
    '"',
    "-",
    "*:*",
    "ﷺ" * 300,
]
PARAMETERS = [
    "q",
    "kind",
    "stage",
    "material",
    "region",
    "focus",
    "evidence",
    "origin",
    "organisation_type",
    "language",
    "year",
    "sort",
    "page",
    "view",
    "cost",
    "nothing",
]


@pytest.mark.parametrize("address", ["/search/", "/good-practices/", "/policy-instruments/"])
def test_rubbish_in_every_parameter_still_gives_a_page(client, address):
    findable("Mud")

    statuses = {
        client.get(address, {name: [rubbish, rubbish + "x"] for name in PARAMETERS}).status_code
        for rubbish in RUBBISH
    }
    statuses |= {client.get(address, {name: RUBBISH[2]}).status_code for name in PARAMETERS}
    statuses.add(client.get(f"{address}?q=%ff%00&region=%ed%a0%80&page=%d9%a3").status_code)

    assert statuses == {200}


def test_only_reading_is_allowed(client):
    assert client.post("/search/").status_code == 405
