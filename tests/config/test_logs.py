import json
import logging

import pytest
from django.test import Client
from django.urls import get_resolver

from config.logs import JsonFormatter
from config.secret_addresses import SECRETS, routes
from tests.factories.events import RegistrationFactory

pytestmark = pytest.mark.django_db


def lines(records):
    """What the log prints of these records."""
    return [JsonFormatter().format(record) for record in records]


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


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/events/registration/{secret}/", "/events/registration/…/"),
        ("/events/registration/{secret}/withdraw/", "/events/registration/…/withdraw/"),
        ("/Events/Registration/{secret}", "/Events/Registration/…"),
        ("/events//registration//{secret}/", "/events//registration//…/"),
        ("/my/searches/stop/{secret}/", "/my/searches/stop/…/"),
        ("/admin/password_reset/confirm/Mw//{secret}/", "/admin/password_reset/confirm/…/"),
        ("/account/password/reset/key/3-{secret}/", "/account/password/reset/key/…/"),
        ("/account/password/reset/key/3-{secret}/more/", "/account/password/reset/key/…/more/"),
        ("/admin/password_reset/confirm/Mw/{secret}/", "/admin/password_reset/confirm/…/"),
        ("/de/events/registration/{secret}/", "/de/events/registration/…/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_line_of_ours_or_of_django_holds_the_secret_of_an_address(caplog, method, address, shown):
    caplog.set_level(logging.DEBUG)
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    secret = "Qx7-RrT_0secret"

    getattr(visitor, method)(address.format(secret=secret))

    said = lines(caplog.records)
    assert [line for line in said if secret in line] == []
    assert [line for line in said if shown in line] != []


def test_a_referrer_in_a_line_of_django_keeps_its_secret(caplog):
    token = RegistrationFactory().token
    visitor = Client(enforce_csrf_checks=True)

    visitor.post(
        f"/events/registration/{token}/withdraw/",
        secure=True,
        HTTP_REFERER=f"https://elsewhere.example/events/registration/{token}/",
    )

    said = "".join(lines(caplog.records))
    assert "elsewhere.example" in said
    assert token not in said


def test_every_address_that_stands_for_signing_in_is_known_to_the_log():
    """A new link with a secret calls it `token`; what is called otherwise has to be named here."""
    open_ones = {"progress/<slug:key>/", r"progress/(?P<key>[-a-zA-Z0-9_]+)\.(?P<kind>csv|xlsx)$"}

    named = {
        route
        for route in routes(get_resolver().url_patterns)
        if any(word in route for word in ("key>", "secret>", "code_>", "signature>", "token>", "uidb"))
    }

    assert {route for route in named if not any(f"{name}>" in route for name in SECRETS)} == open_ones
