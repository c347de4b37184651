"""The list of cookies on the privacy page is complete, and holds none that is not set."""

import re

import pytest
from allauth.mfa import app_settings as second_factor
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse

from home import cookies
from network.rights import OFFICERS
from tests.factories import GoodPracticePageFactory, UserFactory
from tests.factories.network import PASSWORD

pytestmark = pytest.mark.django_db
# Set by a script of the editor, not by an answer of the site (see tests/journeys/test_traces.py).
BY_SCRIPT = {"wagtail_sidebar_collapsed"}
SCRIPTS = settings.BASE_DIR / "static" / "js"


def test_answers_set_every_cookie_that_is_listed_and_no_other(client):
    officer = UserFactory(groups=Group.objects.filter(name=OFFICERS))
    practice = GoodPracticePageFactory()

    for path in ("/", "/search/?q=mine", "/events/", practice.url, "/account/signup/", "/account/login/"):
        client.get(path)
    client.post("/account/login/", {"login": officer.email, "password": PASSWORD, "remember": "on"})
    for path in ("/my/", "/admin/", f"/admin/pages/{practice.pk}/edit/", "/account/2fa/", "/privacy/"):
        client.get(path)
    client.post("/account/password/reset/", {"email": officer.email})

    assert set(client.cookies) | BY_SCRIPT == {trace.name for trace in cookies.cookies()}


def test_who_is_not_remembered_is_forgotten_with_the_browser(client):
    officer = UserFactory()

    client.post("/account/login/", {"login": officer.email, "password": PASSWORD})
    forgotten = client.cookies["sessionid"]["max-age"]
    client.logout()
    client.post("/account/login/", {"login": officer.email, "password": PASSWORD, "remember": "on"})

    assert (forgotten, client.cookies["sessionid"]["max-age"]) == ("", settings.SESSION_COOKIE_AGE)


def test_what_else_could_set_a_cookie_is_switched_off():
    names = {name for name in dir(settings) if name.endswith("COOKIE_NAME")}

    assert names == {"SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"}
    with pytest.raises(NoReverseMatch):
        # Only this view of Django's sets the cookie of the language.
        reverse("set_language")
    assert second_factor.TRUST_ENABLED is False


def test_no_code_of_ours_sets_a_cookie_by_itself():
    code = [
        path
        for path in [*settings.BASE_DIR.rglob("*.py"), *SCRIPTS.glob("*.js")]
        if path.relative_to(settings.BASE_DIR).parts[0] not in (".venv", "var", "tests", "bench")
    ]
    setting = re.compile(r"set_cookie|set_signed_cookie|document\.cookie|cookieStore")

    assert [str(path) for path in code if setting.search(path.read_text())] == []


def test_scripts_of_ours_keep_nothing_that_is_not_listed():
    kept = re.compile(r"(?:local|session)Storage\.setItem\((\w+|\"[^\"]*\")")
    named = set()
    for script in SCRIPTS.glob("*.js"):
        text = script.read_text()
        for name in kept.findall(text):
            named.add(name.strip('"') if '"' in name else re.search(rf'const {name} = "(.*)"', text)[1])

    assert named == {"compare"}
    assert named <= {trace.name for trace in cookies.kept_by_scripts()}
