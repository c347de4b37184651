"""Any search as a feed: the newest first, under ids that stay, quiet while nothing changes."""

import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import CollectedSourceFactory, GoodPracticePageFactory
from tests.factories.search import findable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
A, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"


def parsed(response):
    return ET.fromstring(response.content)  # noqa: S314 - our own


def entries(response):
    return parsed(response).findall("a:entry", ATOM)


def titles(response):
    return [entry.findtext("a:title", namespaces=ATOM) for entry in entries(response)]


def test_an_atom_feed_has_the_newest_first(client, committed):
    with committed():
        GoodPracticePageFactory(title="Older tailings")
    with committed():
        new = GoodPracticePageFactory(title="Newer tailings", summary="Sand & water.", place="Lapland")
        GoodPracticePageFactory(title="Gold")

    response = client.get("/search/feed.atom?q=tailings&sort=title")
    feed = parsed(response)
    first = entries(response)[0]

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles(response) == ["Newer tailings", "Older tailings"]
    assert feed.findtext("a:title", namespaces=ATOM) == "tailings – Adit"
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "Adit"
    assert {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)} == {
        "alternate": "http://localhost:8000/search/?q=tailings&sort=title",
        "self": "http://localhost:8000/search/feed.atom?q=tailings&sort=title",
    }
    assert first.findtext("a:id", namespaces=ATOM) == f"http://localhost:8000/id/{new.permanent_id}/"
    assert first.findtext("a:summary", namespaces=ATOM) == "Lapland – Sand & water."
    assert first.find("a:link", ATOM).get("href") == f"http://localhost:8000{new.url}"


def test_an_rss_feed_says_the_same(client, committed):
    with committed():
        page = GoodPracticePageFactory(title="Tailings")

    response = client.get("/search/feed.rss?q=tailings")
    (item,) = parsed(response).iter("item")

    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert item.findtext("title") == "Tailings"
    assert item.findtext("guid") == f"http://localhost:8000/id/{page.permanent_id}/"


def test_a_feed_names_the_licence_of_each_text(client, committed):
    with committed():
        GoodPracticePageFactory(title="Own tailings")
        collected = GoodPracticePageFactory(title="Collected tailings")
        CollectedSourceFactory(page=collected)

    atom, rss = client.get("/search/feed.atom?sort=title"), client.get("/search/feed.rss")

    said = {one.findtext(f"{A}title"): one.findtext(f"{A}rights") for one in entries(atom)}
    also = {one.findtext("title"): one.findtext(f"{DC}rights") for one in parsed(rss).iter("item")}
    assert said == also == {"Own tailings": "CC BY 4.0", "Collected tailings": "see the source"}
    terms = "Each item names the licence of its text."
    assert parsed(atom).findtext("a:rights", namespaces=ATOM).startswith(terms)
    assert parsed(rss).findtext("channel/copyright").startswith(terms)


def test_an_id_stays_when_the_page_is_renamed_and_moved(client, committed):
    with committed():
        page = GoodPracticePageFactory(title="Tailings", slug="one")
    before = entries(client.get("/search/feed.atom"))[0].findtext("a:id", namespaces=ATOM)
    with committed():
        page.slug, page.title = "two", "Tailings again"
        page.save_revision().publish()
    entry = entries(client.get("/search/feed.atom"))[0]

    assert entry.findtext("a:id", namespaces=ATOM) == before
    assert entry.find("a:link", ATOM).get("href").endswith("/good-practices/two/")


def test_drafts_and_restricted_pages_are_not_in_it(client, committed):
    with committed():
        GoodPracticePageFactory(title="Draft", live=False)
        secret = GoodPracticePageFactory(title="Secret")
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        GoodPracticePageFactory(title="For all")

    assert titles(client.get("/search/feed.atom")) == ["For all"]


def test_while_nothing_changes_the_answer_is_short(client, committed):
    with committed():
        page = GoodPracticePageFactory(title="Tailings")
    first = client.get("/search/feed.atom?q=tailings")

    by_tag = client.get("/search/feed.atom?q=tailings", headers={"if-none-match": first["ETag"]})
    by_date = client.get(
        "/search/feed.atom?q=tailings", headers={"if-modified-since": first["Last-Modified"]}
    )
    with committed():
        page.title = "Tailings, more"
        page.save_revision().publish()
    after = client.get("/search/feed.atom?q=tailings", headers={"if-none-match": first["ETag"]})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_date.status_code == 304
    assert (after.status_code, titles(after)) == (200, ["Tailings, more"])


def test_an_empty_feed_is_a_feed_that_stays_the_same(client):
    first, second = (client.get("/search/feed.atom?q=nothing") for _ in range(2))

    assert titles(first) == []
    assert (first.content, first["ETag"]) == (second.content, second["ETag"])


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_five_items_cost_as_many_queries_as_one(client, committed, kind):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    address = f"/search/feed.{kind}?q=tailings"

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    cost()
    one = cost()
    with committed():
        for number in range(4):
            GoodPracticePageFactory(title=f"Tailings {number}")

    assert cost() == one


def test_rubbish_makes_a_feed_all_the_same(client):
    findable("A \x0b<b>bell</b> & more")

    for rubbish in ("\x00", "'\"><script>", "-1", "9" * 400, "\U0001f600", "]]>", "*:*"):
        for kind in ("atom", "rss"):
            asked = dict.fromkeys(("q", "kind", "stage", "region", "year", "page", "sort"), rubbish)
            response = client.get(f"/search/feed.{kind}", asked)
            assert response.status_code == 200
            parsed(response)
    assert client.get("/search/feed.xml").status_code == 404
    assert client.post("/search/feed.atom").status_code == 405


def test_the_search_page_names_its_feeds(page):
    findable("Mud")

    soup = page("/good-practices/?q=mud&stage=use&sort=title")

    assert [(link["type"], link["href"]) for link in soup.select("head link[rel=alternate]")] == [
        ("application/atom+xml", "/search/feed.atom?kind=practice&q=mud&stage=use"),
        ("application/rss+xml", "/search/feed.rss?kind=practice&q=mud&stage=use"),
    ]
    assert [link["href"] for link in soup.select("#keep a[type]")] == [
        link["href"] for link in soup.select("head link[rel=alternate]")
    ]
