import pytest

from regions.choices import Stage
from tests.factories.search import findable
from tests.search.printed import words
from tests.search.test_page_requests import searched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def dated(title, year=None, **about):
    """A practice that began in this year, or says none."""
    said = {"facets": {"year": [str(year)]}, "numbers": {"year": year}} if year else {}
    return findable(title, **said, **about)


def whole_chain(title):
    every = list(Stage.values)
    return findable(title, facets={"stage": every, "stage_touched": every})


def remarks(soup):
    """The sentences above the results, each with the address that leads on."""
    return [(words(line), line.a["href"]) for line in soup.select("#results .reading p:has(a)")]


def test_what_states_no_year_is_named_where_a_year_is_chosen(page):
    dated("Mud, dated", 2020)
    dated("Mud, later", 2030)
    dated("Mud, undated")
    dated("Slag, undated")
    dated("Mud fair", kind="event")
    dated("Mudland", kind="region")

    for asked in ("year_from=2015&year_last=2024", "year=2020"):
        shown = remarks(page(f"/search/?q=mud&{asked}"))

        assert shown == [
            ("1 more result fits otherwise and states no year, so it is not listed. Without the year",
             "/search/?q=mud")
        ]  # fmt: skip


def test_what_states_no_cost_is_named_where_a_cost_is_chosen(page):
    findable("Dear", facets={"cost": ["over-10m"]}, numbers={"cost": 90_000_000})
    findable("Silent")
    findable("Silent too")
    findable("A law", "instrument")

    assert remarks(page("/good-practices/?cost_to=5&stage_weight=main")) == [
        (
            "2 more results fit otherwise and state no cost, so they are not listed. Without the cost",
            "/good-practices/?stage_weight=main",
        )
    ]


@pytest.mark.parametrize(
    "address", ["/search/?q=mud", "/search/?year_from=2015&kind=event", "/search/?year_from=2015&kind=region"]
)
def test_nothing_is_said_of_what_cannot_state_it(page, address):
    dated("Mud", 2020)
    dated("Mud fair", kind="event")
    dated("Mudland", kind="region")

    assert remarks(page(address)) == []


def test_what_touches_every_stage_is_counted_apart_under_a_stage(page):
    findable("Heaps", facets={"stage": ["recycling"], "stage_main": ["recycling"]})
    whole_chain("Network")
    whole_chain("Strategy")

    by_best, by_title, main_only = (
        remarks(page(f"/search/?stage=recycling{more}")) for more in ("", "&sort=title", "&stage_weight=main")
    )

    sentence = "2 of them touch every stage of the value chain, and have none as their main stage."
    assert by_best == [
        (
            f"{sentence} They come last. Main stage only",
            "/search/?stage=recycling&stage_weight=main",
        )
    ]
    assert by_title == [
        (
            f"{sentence} Main stage only",
            "/search/?stage=recycling&stage_weight=main&sort=title",
        )
    ]
    assert main_only == []


def test_the_remarks_cost_the_database_nothing(client):
    every = list(Stage.values)
    for year in (2020, None):
        numbers = {"year": year} if year else {}
        findable("Mud", facets={"stage": every, "stage_touched": every}, numbers=numbers | {"cost": 5})
    searched(client, "/search/?q=mud")

    plain = searched(client, "/search/?kind=practice")
    remarked = searched(client, "/search/?kind=practice&stage=use&year_from=2015&cost_from=0")

    assert remarked == plain
