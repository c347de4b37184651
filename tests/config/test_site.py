from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from config import disk
from config.wsgi import application
from home import duties
from home.demo.operator import load_operator
from home.models import Operator
from network import setbacks
from tests.factories import LetterFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_healthz_tells_of_database_and_search(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["database"] == "ok"
    assert answer.json()["search"]["dirty"] == 0


def sign(minutes_ago=0):
    """The worker was there so many minutes ago."""
    duties.show_sign(timezone.now() - timedelta(minutes=minutes_ago))


def health(client):
    answer = client.get("/healthz")
    return answer.status_code, answer.json()["status"], answer.json()["problems"]


def test_a_site_that_is_well_is_ok(client, settings):
    load_operator()
    # A new site has nothing in Elasticsearch yet, and leans on the embedded index.
    settings.ELASTICSEARCH_URL = ""
    sign()
    LetterFactory()

    assert health(client) == (200, "ok", [])
    background = client.get("/healthz").json()["background"]
    assert background | {"worker_seconds": 0} == {
        "set_aside": 0,
        "letters": 1,
        "late_letters": 0,
        "worker_seconds": 0,
    }


def test_whatever_waits_too_long_makes_a_site_degraded_and_names_nobody(client):
    load_operator()
    sign(minutes_ago=6)
    LetterFactory(written_at=timezone.now() - timedelta(minutes=16))
    letter = LetterFactory(to="carla@example.org", subject="To Carla")
    for _time in range(12):
        setbacks.note("letter", letter.pk, "no", what=letter.subject, to=letter.to, letter=letter)
        setbacks.note("job", "search", "no", what="Search")

    assert health(client) == (
        200,
        "degraded",
        [
            "Something was set aside and waits for a person.",
            "Letters wait for longer than 15 minutes.",
            "A part of the worker fails.",
            "The worker has not come round for 5 minutes.",
        ],
    )
    assert "arla" not in client.get("/healthz").content.decode()


def test_a_disk_that_is_nearly_full_or_takes_nothing_makes_a_site_degraded(client, settings, monkeypatch):
    load_operator()
    sign()
    monkeypatch.setattr(disk, "NEARLY_FULL", 10**18)

    status, state, (problem,) = health(client)

    assert (status, state) == (200, "degraded")
    assert problem.startswith("The disk is nearly full: ")
    assert not list(settings.VAR_DIR.glob("tmp*"))
    settings.VAR_DIR = settings.VAR_DIR / "gone"
    assert disk.problem() == "The data folder cannot be written to: No such file or directory."


def test_a_site_of_nobody_says_so_and_serves_on(client, settings):
    settings.ELASTICSEARCH_URL = ""
    sign()

    assert health(client) == (200, "degraded", Operator.of_the_site().problems())
    assert len(health(client)[2]) == 2


def test_an_example_will_do_where_a_site_is_tried_and_not_in_production(client, settings):
    load_operator()

    tried = Operator.of_the_site().problems()
    settings.PRODUCTION = True
    running = Operator.of_the_site().problems()

    assert (tried, running) == ([], ["Who runs the site is an example."])


@pytest.mark.parametrize("door", ["/admin/login/", "/_util/login/", "/admin/"])
def test_every_other_door_leads_to_the_one_where_one_signs_in(client, door):
    answer = client.get(door, follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_there_is_no_second_admin(client):
    assert client.get("/django-admin/").status_code == 404


def test_public_pages_allow_no_inline_code_and_no_other_host(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "http" not in policy
    assert "script-src 'self'" in policy


def test_a_wrong_password_is_answered_like_an_unknown_address(client):
    person = UserFactory()

    known = client.post("/account/login/", {"login": person.email, "password": "not-the-password"})
    unknown = client.post("/account/login/", {"login": "nobody@example.org", "password": "not-the-password"})

    assert known.status_code == unknown.status_code == 200
    sentences = ["The email address and/or password you specified are not correct."]
    assert known.context["form"].non_field_errors() == sentences
    assert unknown.context["form"].non_field_errors() == sentences


@pytest.mark.parametrize(
    "address", ["/", "/search/", "/healthz", "/api/v1/search", "/account/login/", "/nowhere/"]
)
def test_head_is_answered_as_get_without_a_body(address):
    """Asked as a web server asks: Django's test client would leave the body out by itself."""
    answers = {method: ask(method, address) for method in ("GET", "HEAD")}

    assert answers["HEAD"][0] == answers["GET"][0]
    assert answers["HEAD"][2] == b""
    assert int(answers["HEAD"][1]["Content-Length"]) == len(answers["GET"][2])


def ask(method, address):
    """Status, headers and body of one request, straight from the application."""
    head = {}

    def start_response(status, headers, exc_info=None):
        head["status"], head["headers"] = status, dict(headers)

    body = b"".join(application(RequestFactory().generic(method, address).environ, start_response))
    return head["status"], head["headers"], body
