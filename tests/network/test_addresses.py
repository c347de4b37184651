"""SITE_URL is the one source of addresses: whatever leaves the site says the same, whoever asked for it."""

import re

import pytest
from django.conf import settings as site_settings
from django.core import mail
from wagtail.models import Site

from network import letters
from network.addresses import full_address, host, on_this_site, page_path, port
from tests.factories import (
    EvidenceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    PolicyInstrumentPageFactory,
    RegionFactory,
    UserFactory,
)
from tests.factories.progress import counted_practice, validated_change

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"https?:(?:\\?/){2}[^\s\"'<>)\\]+")
# The only modules in which the name of the site is put together with a path, or set.
JOINS = re.compile(r"SITE_URL|build_absolute_uri|full_url|root_url|get_host\(\)|http://localhost")
MAY_JOIN = {"config/settings.py", "config/run.py", "network/addresses.py"}
# Not addresses of the site: the key under which a page is kept.
ONLY_KEYS = {"home/serving.py"}


@pytest.fixture(autouse=True)
def named_site(settings):
    """The site is known as adit.example; requests name another host, and so does Wagtail's list."""
    settings.SITE_URL = "https://adit.example"
    Site.objects.update(hostname="localhost", port=80)


@pytest.mark.parametrize(
    ("address", "full"),
    [
        ("/search/?q=mud", "https://adit.example/search/?q=mud"),
        ("/", "https://adit.example/"),
        ("https://cordis.europa.eu/x", "https://cordis.europa.eu/x"),
        ("", ""),
    ],
)
def test_a_path_gets_the_name_of_the_site_and_other_addresses_stay(address, full):
    assert full_address(address) == full


@pytest.mark.parametrize(
    ("made", "ours"),
    [
        ("http://127.0.0.1:8000/account/password/1/", "https://adit.example/account/password/1/"),
        ("https://evil.example/a?b=c#d", "https://adit.example/a?b=c#d"),
        ("", ""),
    ],
)
def test_an_address_that_another_room_made_of_the_host_of_a_request_gets_our_name(made, ours):
    assert on_this_site(made) == ours


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://adit.example", ("adit.example", 443)),
        ("http://adit.example", ("adit.example", 80)),
        ("http://localhost:8201", ("localhost", 8201)),
    ],
)
def test_host_and_port_are_read_from_the_address(settings, address, name):
    settings.SITE_URL = address

    assert (host(), port()) == name


def test_no_other_place_joins_addresses():
    root = site_settings.BASE_DIR
    rooms = ("config", "events", "home", "knowledge", "language", "network", "progress", "regions", "search")
    files = [file for room in rooms for file in (root / room).rglob("*.py")]
    files += [file for file in (root / "templates").rglob("*") if file.is_file()]

    found = {str(file.relative_to(root)) for file in files if JOINS.search(code_of(file))}

    assert found - MAY_JOIN - ONLY_KEYS == set()


def code_of(file):
    """What the file does: without comments, and without the first lines that say what it holds."""
    return re.sub(r'"""(?s:.)*?"""|#.*', "", file.read_text())


def content():
    """Something of each kind that has an address."""
    region = RegionFactory(code="SE33", name="Upper Norrland")
    practice = counted_practice(title="Dam archive", regions=[region])
    EvidenceFactory(page=practice, url="https://elsewhere.example/report")
    other = GoodPracticePageFactory(title="Dam register", regions=[region])
    instrument = PolicyInstrumentPageFactory(title="Mining plan", regions=[region])
    validated_change(instrument)
    event = LearningEventPageFactory(title="Dam day")
    return practice, other, instrument, event


def test_what_leaves_the_site_names_no_other_host_of_ours(
    client, settings, django_capture_on_commit_callbacks
):
    settings.ELASTICSEARCH_URL = ""
    with django_capture_on_commit_callbacks(execute=True):
        practice, other, instrument, event = content()
    both = f"practice={practice.reference}&practice={other.reference}"
    paths = [
        "/",
        "/search/?q=dam",
        "/good-practices/",
        "/policy-instruments/?q=plan",
        "/events/",
        "/regions/SE33/",
        "/progress/",
        *(page_path(page) for page in (practice, instrument, event)),
        f"/compare/?{both}",
        f"/compare/practices.csv?{both}",
        *(f"/search/results.{kind}?q=dam" for kind in ("csv", "json")),
        *(f"/search/feed.{kind}?q=dam" for kind in ("atom", "rss")),
        "/progress/gp.csv",
        "/progress/figures.csv",
        "/events/calendar.ics",
        f"{page_path(event)}event.ics",
        "/api/v1/search?q=dam",
        "/api/v1/openapi.json",
    ]

    answers = {path: client.get(path, SERVER_NAME="testserver") for path in paths}

    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    hosts = {path: hosts_in(answer) for path, answer in answers.items()}
    assert {path: found for path, found in hosts.items() if found & {"testserver", "localhost"}} == {}
    without = {"/", "/events/", "/regions/SE33/", "/progress/", page_path(event), "/api/v1/openapi.json"}
    silent = {path for path, found in hosts.items() if "adit.example" not in found}
    assert silent - without - {"/progress/figures.csv"} == set()


def hosts_in(answer):
    text = b"".join(answer) if answer.streaming else answer.content
    return {address.split("/")[2].split(":")[0] for address in ADDRESS.findall(text.decode())}


def test_canonical_addresses_of_pages_are_those_of_the_site(client):
    practice, _other, instrument, _event = content()

    for page in (practice, instrument):
        text = client.get(page_path(page)).content.decode()
        assert f'<link rel="canonical" href="https://adit.example{page_path(page)}">' in text


def test_links_in_letters_about_accounts_name_the_site_and_not_the_host_of_the_request(client):
    UserFactory(email="aino@example.org")

    client.post("/account/password/reset/", {"email": "aino@example.org"}, SERVER_NAME="testserver")
    client.post("/account/password/reset/", {"email": "nobody@example.org"}, SERVER_NAME="testserver")
    letters.send_waiting()

    assert len(mail.outbox) == 2
    links = [ADDRESS.findall(message.body) for message in mail.outbox]
    assert {link.partition("/account")[0] for found in links for link in found} == {
        "https://adit.example",
        "https://adit.example/",
    }
    assert {message.extra_headers["Message-ID"].rpartition("@")[2] for message in mail.outbox} == {
        "adit.example>"
    }
