"""What is often looked for is counted, and nobody is known by it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import engines, frequent, indexing
from search.frequent import collect, countable, frequent_searches, searches_without_results
from search.models import SearchCount
from tests.factories import GoodPracticePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]
TODAY = timezone.localdate()


def counts():
    return sorted(SearchCount.objects.values_list("text", "day", "count", "zero"))


@pytest.fixture(autouse=True)
def nothing_collected_yet():
    frequent.sizes.clear()


def test_what_was_noted_outlives_a_new_index(client, committed):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    client.get("/search/?q=tailings")

    indexing.rebuild(engines.EMBEDDED)
    indexing.rebuild(engines.EMBEDDED)
    collect()

    assert counts() == [("tailings", TODAY, 1, 0)]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("  Red   MUD ", "red mud"),
        ("Śląskie", "śląskie"),
        ("2024/1252", ""),
        ("SE332", "se332"),
        ("aino@example.org", ""),
        ("+358 40 123 4567", ""),
        ("https://example.org", ""),
        ("x", ""),
        ("a very long text that somebody pasted from somewhere else entirely", ""),
        ("one two three four five six seven eight nine", ""),
        ("red\x00mud", ""),
    ],
)
def test_only_short_texts_about_nobody_are_counted(text, counted):
    assert countable(text) == counted


def test_a_visitor_counts_once_a_day_and_two_count_twice(client, committed):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    for _ in range(3):
        client.get("/search/?q=Tailings", headers={"user-agent": "one"})
    client.get("/search/?q=tailings", headers={"user-agent": "two"})
    client.get("/search/?q=xylophone", headers={"user-agent": "two"})

    collect()
    collect()

    assert counts() == [("tailings", TODAY, 2, 0), ("xylophone", TODAY, 1, 1)]


def test_two_visitors_with_one_browser_behind_one_proxy_count_twice(client, committed, settings):
    settings.PROXIES = 1
    with committed():
        GoodPracticePageFactory(title="Tailings")
    for address in ("203.0.113.1", "203.0.113.2", "203.0.113.2"):
        client.get("/search/?q=tailings", HTTP_X_FORWARDED_FOR=address)

    collect()

    assert counts() == [("tailings", TODAY, 2, 0)]


def test_a_search_only_reads_from_the_database(client):
    client.get("/search/?q=tailings")

    with CaptureQueriesContext(connection) as queries:
        client.get("/search/?q=tailings")

    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_the_file_and_its_salt_go_with_the_day_and_counts_after_ninety_days(client, committed):
    client.get("/search/?q=tailings")
    today, yesterday = frequent.day_file(TODAY), frequent.day_file(TODAY - timedelta(days=1))
    today.rename(yesterday)
    today.with_suffix(".salt").rename(yesterday.with_suffix(".salt"))
    SearchCount.objects.create(text="old", day=TODAY - timedelta(days=91), count=9)
    SearchCount.objects.create(text="less old", day=TODAY - timedelta(days=90), count=9)

    collect()

    assert [(text, day) for text, day, *_ in counts()] == [
        ("less old", TODAY - timedelta(days=90)),
        ("tailings", TODAY - timedelta(days=1)),
    ]
    assert list(frequent.folder().iterdir()) == []


def test_a_file_that_is_not_ours_harms_nothing():
    frequent.folder().mkdir(parents=True)
    (frequent.folder() / "notes.txt").write_text("hello")
    frequent.day_file(TODAY).write_bytes(b"\xff\n\tx\t\n1\t1\ta@b.example\n\n7\t0\tslag\n")

    collect()

    assert counts() == [("slag", TODAY, 1, 0)]


def test_only_what_several_people_asked_is_shown():
    day = date.today()  # noqa: DTZ011
    SearchCount.objects.bulk_create(
        [
            SearchCount(text="tailings", day=day, count=2),
            SearchCount(text="tailings", day=day - timedelta(days=1), count=3, zero=1),
            SearchCount(text="tails", day=day, count=3, zero=3),
            SearchCount(text="slag", day=day, count=7),
            SearchCount(text="my neighbour", day=day, count=2),
        ]
    )

    assert frequent_searches() == ["slag", "tailings"]
    assert frequent_searches("Tail") == ["tailings"]
    assert searches_without_results() == [{"text": "tails", "asked": 3, "without": 3}]
