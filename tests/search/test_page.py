import pytest

from tests.factories import RawMaterialFactory, RegionFactory
from tests.factories.search import findable, stages
from tests.search.printed import titles, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def test_words_find_items_and_are_marked(page):
    findable("Red mud turned into cement", summary="Residue of alumina refining.")
    findable("A register of dams")

    soup = page("/search/?q=mud")

    assert titles(soup) == ["Red mud turned into cement"]
    assert [words(mark) for mark in soup.select("#results mark")] == ["mud"]
    assert soup.title.string.strip() == "mud: 1 result – Adit"
    assert soup.select_one("#q")["value"] == "mud"


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
    assert [words(option) for option in soup.select("#sort option")] == [
        "Newest",
        "Title",
    ]


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
    assert [words(view) for view in soup.select(".seg [aria-current]")] == ["Table"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "/search/?q=mud",
            [
                ("List", "/search/?q=mud"),
                ("Table of good practices", "/search/?q=mud&kind=practice&view=table"),
                ("Map of good practices", "/search/?q=mud&kind=practice&view=map"),
            ],
        ),
        (
            "/search/?q=mud&kind=practice",
            [
                ("List", "/search/?q=mud&kind=practice"),
                ("Table", "/search/?q=mud&kind=practice&view=table"),
                ("Map", "/search/?q=mud&kind=practice&view=map"),
            ],
        ),
        (
            "/search/?kind=event",
            [("List", "/search/?kind=event"), ("Map", "/search/?kind=event&view=map")],
        ),
        ("/search/?kind=region", []),
        ("/search/?q=conference", []),
    ],
)
def test_every_view_that_results_can_be_shown_in_is_offered(page, address, expected):
    findable("Mud")
    findable("Mud fair", "event")
    findable("Mudland", "region")
    findable("Conference", "event")

    assert [(words(link), link["href"]) for link in page(address).select(".seg a")] == expected


def test_the_keyboard_can_skip_to_the_results(page):
    findable("Mud")

    soup = page("/search/")

    assert [(words(link), link["href"]) for link in soup.select("a.skip")] == [
        ("Skip to main content", "#main"),
        ("Skip to results", "#results"),
    ]
    assert soup.select_one("#results")["tabindex"] == "-1"


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
    assert soup.select_one("link[rel=canonical]")["href"] == f"http://localhost:8000{address}"
    assert soup.select_one("#facets")["action"] == address
    assert soup.select("meta[name=robots]") == []


def test_a_search_in_one_kind_names_its_section_as_its_address(page):
    soup = page("/search/?q=mud&kind=practice&stage=use&sort=title&view=table")

    assert soup.select_one("link[rel=canonical]")["href"] == (
        "http://localhost:8000/good-practices/?q=mud&stage=use"
    )
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"


def offered(soup):
    return [words(option) for option in soup.select("#sort option")]


def test_each_kind_offers_the_orders_that_mean_something_for_it(page):
    findable("Mud")
    findable("Visit to the mud", "event")

    assert offered(page("/good-practices/")) == ["Newest", "Title", "Most transferred", "Lowest cost"]
    assert offered(page("/search/?kind=event&q=mud")) == [
        "Best match",
        "Newest",
        "Title",
        "Event date, next first",
    ]
    assert offered(page("/search/?q=mud&sort=cost")) == ["Best match", "Newest", "Title", "Lowest cost"]


def test_practices_can_be_chosen_for_a_comparison_without_scripts(page):
    findable("Mud", reference="GP-0007")
    findable("Visit", "event", reference="EV-0001")

    soup = page("/search/")

    assert [(box["name"], box["value"], box["form"]) for box in soup.select("#results [type=checkbox]")] == [
        ("practice", "GP-0007", "compare")
    ]
    assert [words(label) for label in soup.select("label.pick")] == ["Compare Mud"]
    assert soup.select_one("form#compare")["action"] == "/compare/"
    assert page("/good-practices/?view=table").select_one("th label.pick") is not None
    assert page("/search/?kind=event").select("#compare") == []


def test_transfers_are_said_where_there_are_any(page):
    findable("Taken over", transfers=2)
    findable("Not yet", transfers=0)

    soup = page("/good-practices/")
    table = page("/good-practices/?view=table")

    assert [words(part) for part in soup.select("li.res dl div")] == ["Used in 2 policy changes"]
    assert [words(row.select("td")[-1]) for row in table.select("tbody tr")] == ["0", "2"]


def test_an_excerpt_says_when_it_does_not_stand_in_the_summary(page):
    findable("One", summary="All about slag.")
    findable("Two", summary="Something.", body="Nobody wanted the slag.")

    shown = [
        words(card.select_one(".res__b p"))
        for card in page("/good-practices/?q=slag&sort=title").select("li.res")
    ]

    assert shown == ["All about slag .", "In the text: Nobody wanted the slag ."]


def test_a_place_is_known_by_its_code_whatever_its_card_calls_it(page):
    RegionFactory(code="SE", name="Sweden")
    inside = {"region_codes": ["SE332"], "place": "Norrbotten, Suède (SE332)"}
    findable("One", summary="Metal.", facets={"region": ["SE", "SE3", "SE33", "SE332"]}, **inside)

    # The words of the index are known once it was asked.
    page("/good-practices/")
    shown = [
        words(card.select_one(".res__b p:nth-of-type(2)"))
        for card in page("/good-practices/?q=sweden").select("li.res")
    ]

    assert shown == ["Found by: region Sweden. Metal."]


def test_what_is_only_tagged_says_by_what_it_was_found(page):
    RawMaterialFactory(code="copper", name="Copper")
    findable("One", summary="Metal.", material_codes=["copper"], facets={"material": ["copper"]})

    # The words of the index are known once it was asked.
    page("/good-practices/")
    shown = [
        words(card.select_one(".res__b p")) for card in page("/good-practices/?q=copper").select("li.res")
    ]

    assert shown == ["Found by: raw material Copper. Metal."]
