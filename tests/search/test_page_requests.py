import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import indexing
from search.engines import EMBEDDED
from tests.factories import RegionFactory, UserFactory
from tests.factories.search import findable, stages
from tests.search.printed import titles, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def test_nothing_that_people_write_becomes_markup(page):
    findable("<script>alert(1)</script> & mud", summary="<b>mud</b> u", place="<i>here</i>")

    soup = page("/search/?q=mud+<u>&region=<s>")

    assert titles(soup) == ["<script>alert(1)</script> & mud"]
    assert soup.select("#results b, #results i, #results u, #results s, #results script") == [
        soup.select_one(".reshead b")
    ]


def test_htmx_gets_the_same_results_and_what_else_has_changed(page, client):
    findable("Mud practice", facets={"stage": ["use"]})
    address = "/search/?q=mud&stage=use&page=1"

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


@pytest.mark.django_db(transaction=True)
def test_results_cost_a_visitor_two_queries_at_most_and_a_member_five(client, signed_in):
    findable("Mud", stages=stages(use="main"))
    address = "/search/?q=mud&stage=use"
    # The first finds no index and makes it; what the second asked of the frame is remembered.
    client.get(address), client.get(address)
    assert searched(client, address) <= 2

    signed_in(UserFactory())
    client.get(address)
    assert searched(client, address) <= 5


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
        client.get(address, {name: [rubbish, rubbish + "x"] for name in PARAMETERS}, follow=True).status_code
        for rubbish in RUBBISH
    }
    statuses |= {client.get(address, {name: RUBBISH[2]}).status_code for name in PARAMETERS}
    statuses.add(client.get(f"{address}?q=%ff%00&region=%ed%a0%80&page=%d9%a3").status_code)

    assert statuses == {200}


def test_only_reading_is_allowed(client):
    assert client.post("/search/").status_code == 405


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("/search/?q=&stage=use&find_region=&cost_from=&stage_weight=&year_last=", "/search/?stage=use"),
        ("/good-practices/?q=&sort=", "/good-practices/"),
        ("/search/?q=a%26b&stage=use&stage=&stage=recycling", "/search/?q=a%26b&stage=use&stage=recycling"),
        ("/compare/?practice=GP-0001&practice=", "/compare/?practice=GP-0001"),
    ],
)
def test_what_a_form_sent_empty_does_not_stay_in_the_address(client, sent, kept):
    response = client.get(sent)

    assert (response.status_code, response["Location"]) == (302, kept)
    assert client.get(kept).status_code == 200


def test_scripts_that_ask_for_parts_are_not_sent_round(page):
    soup = page("/search/?q=&stage=use", hx_request="true")

    assert soup.select_one("#results") is not None
