"""Kept pages on bad days: many at once, a database that is away, a clock that moves."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from home.kept_pages import kept_pages
from network import kept
from tests.factories.knowledge import GoodPracticePageFactory
from tests.factories.network import UserFactory
from tests.threads import at_once

EDITION = re.compile(r"edition (\d+)")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.KEPT_PAGES_MB = 64


@pytest.fixture
def practice():
    return GoodPracticePageFactory(title="Tailings reworked", summary="edition 0")


def test_people_signed_in_and_readers_at_once_never_get_each_others_page(practice):
    people = [UserFactory(), UserFactory()]
    wrong = []

    def read(client, is_signed_in):
        for _time in range(15):
            text = client.get(practice.url).content.decode()
            if ("Sign out" in text) != is_signed_in or ("Sign in" in text) == is_signed_in:
                wrong.append(text)

    def signed_in(person):
        client = Client()
        client.force_login(person)
        return client

    problems = at_once(
        *[lambda client=client: read(client, True) for client in map(signed_in, people)],
        *[lambda: read(Client(), False) for _reader in range(2)],
    )

    assert problems == []
    assert wrong == []
    assert kept_pages.hits > 0


def test_a_page_that_is_published_while_many_read_it_is_never_old_again(practice):
    published, read_at, is_over = [0], [], threading.Event()

    def edition(text):
        return int(EDITION.search(text)[1])

    def read():
        client = Client()
        while not is_over.is_set():
            least = published[-1]
            read_at.append((least, edition(client.get(practice.url).content.decode())))

    def publish():
        try:
            for number in range(1, 9):
                practice.summary = f"edition {number}"
                practice.save_revision().publish()
                published.append(number)
                assert edition(Client().get(practice.url).content.decode()) == number
        finally:
            is_over.set()

    problems = at_once(publish, read, read, read)

    assert problems == []
    assert len(read_at) > 20
    # Whoever asked after an edition was published got it, or a later one.
    assert [pair for pair in read_at if pair[1] < pair[0]] == []


def test_a_database_that_is_away_is_said_plainly_and_nothing_is_served(client, practice, monkeypatch):
    client.get(practice.url)
    assert b"Tailings reworked" in client.get(practice.url).content
    away = {"NAME": "/nowhere/at/all/db"} if connection.vendor == "sqlite" else {"PORT": "1"}
    for name, value in away.items():
        monkeypatch.setitem(connection.settings_dict, name, value)
    connection.close()
    reader = Client(raise_request_exception=False)

    answers = [reader.get(address) for address in (practice.url, "/", "/api/v1/search")]
    monkeypatch.undo()
    connection.close()

    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert all(answer.headers["Retry-After"] == "60" for answer in answers)
    page = answers[0].content.decode()
    assert "does not answer" in page
    assert "Tailings" not in page
    assert b"Tailings reworked" in client.get(practice.url).content


def test_a_page_ends_at_its_moment_and_a_clock_set_back_draws_anew(client, practice, monkeypatch):
    now = timezone.now()
    day = timedelta(days=1)

    def is_kept_at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        before = kept_pages.hits
        client.get(practice.url)
        return kept_pages.hits > before

    assert not is_kept_at(now)
    assert is_kept_at(now)
    # At midnight the page is drawn anew, ...
    assert not is_kept_at(now + day)
    assert is_kept_at(now + day)
    # ... and what was drawn on a day to come does not hold today.
    assert not is_kept_at(now)


def test_the_room_that_draws_a_page_says_until_when_it_holds():
    now = timezone.now()

    with kept.page() as page:
        kept.until(now + timedelta(hours=2))
        kept.until(None)
        kept.until(now + timedelta(hours=1))
        kept.until(now + timedelta(hours=3))

    assert page.until == now + timedelta(hours=1)
    kept.until(now)
    kept.never()
    kept.follows("event-1")
