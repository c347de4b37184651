from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.kept_pages import BESIDES, FOR_A_NUMBER, MEGABYTE, KeptPage, KeptPages, kept_pages
from network import kept
from search import frequent
from tests.factories.knowledge import GoodPracticePageFactory
from tests.factories.network import PASSWORD, LetterFactory, UserFactory
from tests.factories.regions import RegionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.KEPT_PAGES_MB = 64


@pytest.fixture
def practice():
    return GoodPracticePageFactory(title="Tailings reworked", regions=[RegionFactory(code="SE33")])


def was_kept(client, address, **extra):
    """Whether this reader gets the page from memory."""
    before = kept_pages.hits
    client.get(address, **extra)
    return kept_pages.hits > before


def test_a_kept_page_costs_one_query_and_is_the_same(client, practice):
    drawn = client.get(practice.url)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(practice.url)

    assert len(queries) == 1
    assert again.content == drawn.content
    assert again.headers == drawn.headers
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in again.headers["Vary"]
    assert again.headers["Content-Length"] == str(len(again.content))
    assert "Content-Security-Policy" in again.headers


def test_who_has_the_page_is_told_that_it_is_the_same(client, practice):
    etag = client.get(practice.url).headers["ETag"]

    same = client.get(practice.url, headers={"if-none-match": etag})
    practice.title = "Tailings reworked twice"
    practice.save_revision().publish()
    other = client.get(practice.url, headers={"if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200
    assert "reworked twice" in other.content.decode()


def test_head_has_the_length_and_no_body(client, practice):
    whole = client.get(practice.url)

    head = client.head(practice.url)

    assert head.content == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("/", True),
        ("/good-practices/", True),
        ("/good-practices/?stage=recycling&page=2", True),
        ("/search/?q=tailings", False),
        ("/search/?utm_source=letter", False),
        ("/search/?sort=newest", True),
        ("/regions/", True),
        ("/regions/SE33/", True),
        ("/regions/SE33/?x=1", False),
        ("/events/", True),
        ("/progress/", True),
        ("/account/login/", False),
        ("/account/signup/", False),
        ("/healthz", False),
        ("/no-such-page/", False),
        ("/api/v1/search", False),
    ],
)
def test_known_addresses_with_known_parameters_are_kept(client, practice, address, is_kept):
    # The first reader of a new site has its index made, which changes what search knows.
    client.get("/search/")

    assert not was_kept(client, address)
    assert was_kept(client, address) == is_kept


def test_a_signed_in_person_is_never_answered_from_memory_nor_kept(client, practice):
    person = Client()
    person.force_login(UserFactory())

    assert "Sign out" in person.get(practice.url).content.decode()
    assert "Sign out" not in client.get(practice.url).content.decode()
    assert not was_kept(person, practice.url)
    assert "Sign out" in person.get(practice.url).content.decode()
    assert was_kept(client, practice.url)


def test_a_message_is_shown_once_and_to_one_reader(client, practice):
    client.get(practice.url)
    told = Client()
    told.cookies["messages"] = "anything"

    assert not was_kept(told, practice.url)
    assert was_kept(Client(), practice.url)


def test_parts_for_scripts_are_not_taken_for_pages(client, practice):
    client.get("/search/")
    whole = client.get("/search/").content

    part = client.get("/search/", headers={"HX-Request": "true"}).content

    assert part != whole
    assert client.get("/search/").content == whole


def test_each_host_has_pages_of_its_own_and_a_forged_one_has_none(client, practice, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.get(practice.url)

    assert not was_kept(client, practice.url, headers={"host": "other.example"})
    assert client.get(practice.url, headers={"host": "forged.example"}).status_code == 400
    assert client.get(practice.url, headers={"host": "forged.example:99:1"}).status_code == 400
    assert not any("forged" in key[1] for key in kept_pages.pages)


def test_nothing_is_kept_where_it_is_switched_off(client, practice, settings):
    settings.KEPT_PAGES_MB = 0
    client.get(practice.url)

    assert not was_kept(client, practice.url)
    assert kept_pages.figures() == {
        "on": False,
        "pages": 0,
        "bytes": 0,
        "limit_bytes": 0,
        "asked": 0,
        "hit_rate": None,
    }


def test_a_restricted_page_is_gone_at_once(client, practice):
    client.get(practice.url)
    assert was_kept(client, practice.url)

    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(practice.url).status_code == 302


def test_the_health_page_says_what_is_kept(client, practice):
    client.get(practice.url)
    client.get(practice.url)

    figures = client.get("/healthz").json()["kept_pages"]

    assert figures["on"]
    assert (figures["pages"], figures["asked"], figures["hit_rate"]) == (1, 2, 0.5)
    assert figures["bytes"] > 1000


# The store


def kept_page(content=b"x", *, until=timedelta(hours=1), drawn_at=None, numbers=None):
    now = timezone.now()
    return KeptPage(content, (), '"1"', numbers or {"content": 1}, drawn_at or now, now + until)


def test_a_page_ends_at_its_moment_and_when_the_clock_is_set_back():
    now = timezone.now()
    page = kept_page(until=timedelta(minutes=5))

    assert page.holds({"content": 1}, timezone.now())
    assert not page.holds({"content": 2}, timezone.now())
    assert not page.holds({}, timezone.now())
    assert not page.holds({"content": 1}, now + timedelta(minutes=6))
    assert not page.holds({"content": 1}, now - timedelta(minutes=1))


def test_the_least_used_pages_go_when_memory_is_full(settings):
    settings.KEPT_PAGES_MB = 1
    pages = KeptPages()
    each = MEGABYTE // 10 - BESIDES - FOR_A_NUMBER
    for name in range(10):
        pages.put(name, kept_page(b"x" * each))
    pages.get(0)

    pages.put("new", kept_page(b"x" * each))
    pages.put("too large", kept_page(b"x" * (MEGABYTE // 4)))

    assert list(pages.pages) == [2, 3, 4, 5, 6, 7, 8, 9, 0, "new"]
    assert pages.size == sum(page.size for page in pages.pages.values()) <= pages.limit


def test_a_page_of_two_megabytes_is_kept():
    pages = KeptPages()

    pages.put("large", kept_page(b"x" * 2 * MEGABYTE))

    assert pages.get("large")


# What is remembered


def test_what_is_remembered_is_made_anew_when_the_content_changes():
    made = []

    def value():
        with kept.page():
            return kept.remembered("x", lambda: made.append(1) or len(made))

    assert [value(), value()] == [1, 1]
    RegionFactory()
    assert [value(), value()] == [2, 2]


def test_nothing_is_remembered_of_what_may_be_rolled_back():
    with kept.page():
        with transaction.atomic():
            region = RegionFactory(name="Norrbotten")
            assert kept.remembered("y", lambda: region.name) == "Norrbotten"
            transaction.set_rollback(True)
        assert kept.remembered("y", lambda: "nothing") == "nothing"


def test_who_has_written_sees_what_they_wrote():
    with kept.page():
        assert kept.remembered("z", lambda: 1) == 1
        RegionFactory()
        assert kept.remembered("z", lambda: 2) == 2


# What leaves kept pages as they are


def test_drafts_sign_ins_letters_and_counts_leave_kept_pages(client, practice):
    client.get(practice.url)
    person = UserFactory()
    client.get(practice.url)

    practice.title = "A title that nobody has read"
    practice.save_revision(user=person, log_action=True)
    browser = Client()
    signed_in = browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
    browser.get("/my/")
    browser.get("/search/?q=slag")
    LetterFactory()
    frequent.collect()

    assert signed_in.status_code == 302
    assert was_kept(client, practice.url)
