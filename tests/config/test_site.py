import json
import logging

import pytest
from django.urls import reverse

from config.logs import JsonFormatter
from tests.factories import UserFactory
from tests.factories.events import RegistrationFactory

pytestmark = pytest.mark.django_db


def test_healthz_tells_of_database_and_search(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["database"] == "ok"
    assert answer.json()["search"]["dirty"] == 0


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


def test_the_log_holds_no_secret_of_a_personal_link(client, caplog):
    caplog.set_level(logging.INFO, logger="adit.requests")
    token = RegistrationFactory().token

    client.get(reverse("event_registration", args=[token]))

    assert [record.path for record in caplog.records] == ["/events/registration/…/"]


def test_a_log_record_is_one_line_of_json():
    record = logging.makeLogRecord({"msg": "two\nlines", "levelname": "INFO", "name": "adit", "status": 200})

    line = JsonFormatter().format(record)

    assert "\n" not in line
    assert json.loads(line) | {"time": ""} == {
        "time": "",
        "level": "INFO",
        "logger": "adit",
        "message": "two\nlines",
        "status": 200,
    }


def test_a_wrong_password_is_answered_like_an_unknown_address(client):
    person = UserFactory()

    known = client.post("/account/login/", {"login": person.email, "password": "not-the-password"})
    unknown = client.post("/account/login/", {"login": "nobody@example.org", "password": "not-the-password"})

    assert known.status_code == unknown.status_code == 200
    sentences = ["The email address and/or password you specified are not correct."]
    assert known.context["form"].non_field_errors() == sentences
    assert unknown.context["form"].non_field_errors() == sentences
