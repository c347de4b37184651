"""Every kind of page, in light and dark, from phone to desk: accessible, whole, quiet and strict."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict

from events import registration
from events.models import LearningEventPage, Registration
from events.participants import Person
from knowledge.models import GoodPracticePage, PolicyInstrumentPage
from network.models import User
from search.forms import SearchForm
from search.saved import save
from search.unsubscribe import stop_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 390, 768, 1280, 1920)
DESK = 1280

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What differs between light and dark, and not between a phone and a desk: measured once in each.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
BUT_CONTRAST = RULES | {"rules": {"color-contrast": {"enabled": False}}}


def public_addresses():
    """One address of every kind of public page, with full, empty and wrong ones."""
    event = LearningEventPage.objects.live().order_by("-start").first()
    held = registration.register(event, Person("carla@example.org", "Carla"), event.modes_offered[0])
    return [
        "/",
        "/search/?q=tailings",
        "/search/?q=mine&kind=practice&view=table&stage=post-mining&material=any-critical",
        "/search/?q=nothingcanbefoundhere",
        "/good-practices/?stage=use&stage_weight=main&match_all=stage&year_from=2020&unfold=FI&unfold=material",
        "/good-practices/?view=map",
        "/good-practices/?view=map&region=FI&q=mine",
        "/compare/?practice=GP-0001&practice=GP-0002&practice=GP-0003&practice=GP-9999",
        "/compare/",
        "/good-practices/?stage=nowhere&region=XX99&page=minus",
        "/policy-instruments/",
        GoodPracticePage.objects.live().first().url,
        PolicyInstrumentPage.objects.live().first().url,
        "/regions/",
        "/regions/FI1D7/",
        "/regions/ZZ/",
        "/materials/",
        "/materials/copper/",
        "/events/",
        event.url,
        f"{event.url}register/",
        f"/events/registration/{Registration.objects.first().token}/",
        f"/events/registration/{held.token}/",
        f"/events/registration/{held.token}/withdraw/",
        "/progress/",
        "/progress/gp/",
        "/privacy/",
        "/accessibility/",
        "/account/login/",
        "/account/signup/",
        "/account/password/reset/",
        "/no-such-page/",
    ]


def personal_addresses(user):
    """One address of every kind of page for somebody who is signed in."""
    event = LearningEventPage.objects.live().order_by("-start").first()
    saved, _ = save(user, SearchForm(QueryDict("q=tailings&stage=recycling"), address="/search/"))
    return [
        "/my/",
        "/my/searches/",
        "/my/searches/save/?q=tailings",
        f"/my/searches/{saved.pk}/",
        f"/my/searches/{saved.pk}/delete/",
        stop_url([saved]).removeprefix(settings.SITE_URL),
        "/my/searches/stop/forged/",
        "/search/?q=tailings&kind=practice&save=yes",
        f"/events/{event.slug}/register/",
        f"/events/{event.slug}/participants/",
        f"/events/{event.slug}/places/",
        f"/events/{event.slug}/organisers/",
        "/account/2fa/",
        "/account/reauthenticate/",
    ]


def test_every_kind_of_page_is_accessible_whole_quiet_and_strict(open_as, site):
    call_command("load_demo", verbosity=0)
    officer = User.objects.get(email="officer@adit.example")
    officer.set_password("tailings-and-daylight")
    officer.save()
    faults = []

    for page, addresses in (
        (open_as(), public_addresses()),
        (open_as(officer), personal_addresses(officer)),
    ):
        watch(page, site, faults)
        for address in addresses:
            faults += look_at(page, address)

    assert faults == []


def watch(page, site, faults):
    """Note every message of the console and every request to somebody else."""
    # A page that is missing on purpose is reported by the browser as a failed request.
    page.on(
        "console",
        lambda message: (
            faults.append(f"{page.url}: console: {message.text}")
            if message.type in ("error", "warning") and "404" not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((site, "data:", "blob:"))
            else faults.append(f"{page.url}: asks {request.url}")
        ),
    )


def look_at(page, address):
    """What is wrong with this page: at any width, by any rule on a phone and a desk, in the dark."""
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    page.evaluate(AXE_SCRIPT)
    faults = []
    policy = answer.headers.get("content-security-policy", "")
    if "script-src 'self'" not in policy or "unsafe" in policy:
        faults.append(f"{address}: weak content security policy: {policy}")
    if answer.status >= 500:
        faults.append(f"{address}: {answer.status}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            faults.append(f"{address} at {width}: {overflow} px too wide")
        if width in (WIDTHS[0], DESK):
            rules = RULES if width == DESK else BUT_CONTRAST
            faults += [f"{address} at {width}: {found}" for found in violations(page, rules)]
    page.emulate_media(color_scheme="dark")
    return faults + [f"{address}, dark: {found}" for found in violations(page, CONTRAST)]


def violations(page, rules):
    """The broken rules, each with where it is broken first."""
    for violation in page.evaluate("rules => axe.run(rules)", rules)["violations"]:
        where = re.sub(r"\s+", " ", violation["nodes"][0]["html"])[:120]
        yield f"{violation['id']}: {where}"
