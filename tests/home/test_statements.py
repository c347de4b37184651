"""The pages on privacy and accessibility say what the law asks: from settings and from what the site does."""

import html
import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Site

from events import erasure
from home import cookies
from home.demo.operator import example, load_operator, remove_operator
from home.models import Operator, TextPage
from home.privacy import privacy
from network import attempts, letters
from network.rights import ADMINISTRATORS, OFFICERS
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOT_SAID = [
    "The privacy page does not say yet: name of the body, postal address, e-mail address, legal basis of "
    "accounts and what people write, legal basis of registrations, legal basis of security and counting, "
    "supervisory authority, days that logs are kept and days that backups are kept.",
    "The accessibility statement does not say yet: how far the site meets EN 301 549, tested by, tested on, "
    "statement prepared on and enforcement body.",
]


def words(answer):
    """What a reader reads of a page."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2].partition("</main>")[0])
    return " ".join(html.unescape(text).split()).replace(" .", ".").replace(" ,", ",")


def operator(**said):
    """The body that runs the site, with everything said but what is named otherwise."""
    values = example(date(2026, 11, 28)) | {"is_example": False}
    return Operator.objects.update_or_create(site=Site.objects.get(), defaults=values | said)[0]


def test_a_site_of_nobody_invents_nothing(client):
    page = words(client.get("/privacy/"))

    assert "Who runs this site has not been stated yet." in page
    assert "No data protection officer has been named." in page
    assert "European Economic Area" not in page
    # the basis of ten things, and how long logs and backups are kept
    assert page.count("not stated yet") == 12
    statement = words(client.get("/accessibility/"))
    assert "Nobody has judged yet how far this website meets EN 301 549." in statement
    assert "Which body enforces the law for this site has not been stated yet." in statement


def test_the_privacy_page_says_all_that_its_operator_says(client):
    operator(
        name="Lapland Council",
        address="1 Main Street\nRovaniemi",
        email="office@lapland.example",
        telephone="+358 1",
        protection_officer="Office of data protection",
        protection_officer_email="dpo@lapland.example",
        basis_in_words="Act on Lapland, section 1",
        recipients="Host & Sons",
        outside_eea="Letters, to a server in Norway’s partner <b>",
        supervisory_authority="Data Ombudsman",
        supervisory_authority_website="https://ombudsman.example/",
        logs_kept_days=14,
        backups_kept_days=1,
    )

    page = words(client.get("/privacy/"))

    for sentence in (
        "Lapland Council 1 Main Street Rovaniemi office@lapland.example +358 1",
        "Data protection officer: Office of data protection, dpo@lapland.example",
        "Act on Lapland, section 1",
        "Who works for us: Host & Sons",
        "Outside the European Economic Area: Letters, to a server in Norway’s partner <b>",
        "Ours is: Data Ombudsman.",
        "Write to office@lapland.example. You get an answer within a month.",
        "legitimate interests, Article 6(1)(f) GDPR 14 days",
        "legitimate interests, Article 6(1)(f) GDPR 1 day",
    ):
        assert sentence in page
    assert "not stated yet" not in page
    assert "made up" not in page


def test_periods_follow_from_what_the_site_does(client, settings, monkeypatch):
    settings.SESSION_COOKIE_AGE, settings.CSRF_COOKIE_AGE = 3 * 86400, 5 * 3600
    monkeypatch.setattr(letters, "TEXTS_KEPT", timedelta(days=11))
    monkeypatch.setattr(erasure, "NEEDS_KEPT", timedelta(days=5))
    monkeypatch.setattr(attempts, "KEPT", timedelta(minutes=90))

    page = words(client.get("/privacy/"))

    for period in (
        "3 days if you ask to be remembered",
        "5 hours",
        "the text 11 days",
        "12 weeks after the event if its organisers choose no other time",
        "what you ask to be arranged, 5 days after it",
        "90 minutes",
    ):
        assert period in page


@pytest.mark.parametrize(
    ("basis", "articles"),
    [
        ("consent", {"15", "16", "17", "18", "20", "7"}),
        ("contract", {"15", "16", "17", "18", "20"}),
        ("legal-obligation", {"15", "16", "17", "18"}),
        ("public-task", {"15", "16", "17", "18", "21"}),
        ("interests", {"15", "16", "17", "18", "21"}),
        ("", {"15", "16", "17", "18", "20", "21", "7"}),
    ],
)
def test_rights_follow_from_the_legal_basis(basis, articles):
    body = operator(basis_accounts=basis, basis_events=basis, basis_security=basis)

    rights = privacy(body).rights

    assert set(re.findall(r"Article (\d+)", " ".join(rights))) == articles


def test_the_accessibility_statement_says_all_that_its_operator_says(client):
    operator(
        name="Lapland Council",
        conformance="partial",
        tested_by="others",
        tested_on=date(2026, 10, 1),
        tested_how="Ten pages with NVDA",
        fails="The map of mines\nA film without words",
        burden="Old plans",
        out_of_scope="Files of before 2018",
        prepared_on=date(2026, 10, 2),
        reviewed_on=date(2026, 11, 3),
        enforcement_body="Regional State Agency",
    )

    page = words(client.get("/accessibility/"))

    for sentence in (
        "Lapland Council is committed to making this website accessible",
        "This website is partially compliant with EN 301 549",
        "The map of mines A film without words",
        "Old plans",
        "Files of before 2018",
        "This statement was prepared on 2 October 2026. It was last reviewed on 3 November 2026.",
        "It rests on an assessment by a third party, of 1 October 2026.",
        "Ten pages with NVDA",
        "If you get no answer, or none that helps, turn to: Regional State Agency.",
    ):
        assert sentence in page


def test_what_an_editor_writes_stands_above_what_the_site_adds(client):
    page = TextPage.objects.get(slug="privacy")
    page.body = "<p>We take care.</p>"
    page.save_revision().publish()

    read = words(client.get("/privacy/"))

    assert read.index("We take care.") < read.index("Who answers for it")


def test_set_up_site_says_what_nobody_has_said_yet_until_it_is_said():
    def printed():
        out = StringIO()
        call_command("set_up_site", stdout=out)
        return out.getvalue().splitlines()

    printed()
    before = printed()
    operator()

    assert (before, printed()) == (NOT_SAID, [])


def test_the_staff_page_says_so_and_leads_administrators_to_where_it_is_said(signed_in):
    def staff_page(group):
        client = signed_in(UserFactory(groups=Group.objects.filter(name=group)))
        return client.get("/admin/set-aside/").content.decode()

    form = reverse("wagtailsettings:edit", args=["home", "operator"])
    officers, administrators = staff_page(OFFICERS), staff_page(ADMINISTRATORS)
    operator()

    assert all(sentence in page for sentence in NOT_SAID for page in (officers, administrators))
    assert (form in officers, form in administrators) == (False, True)
    assert not any(sentence in staff_page(OFFICERS) for sentence in [*NOT_SAID, form])


def test_an_administrator_says_it_in_the_admin_and_what_is_pasted_is_cleaned(signed_in):
    client = signed_in(UserFactory(groups=Group.objects.filter(name=ADMINISTRATORS)))
    form = reverse("wagtailsettings:edit", args=["home", "operator", Site.objects.get().pk])
    values = {name: value for name, value in example(date(2026, 11, 28)).items() if name != "is_example"}

    answer = client.post(form, values | {"name": "Lap\u00adland \u200bCouncil "})

    assert answer.status_code == 302
    body = Operator.of_the_site()
    assert (body.name, body.problems()) == ("Lapland Council", [])


def test_the_example_says_that_it_is_made_up_and_is_never_put_over_what_somebody_said(client):
    load_operator()
    made_up = [words(client.get(path)) for path in ("/privacy/", "/accessibility/")]
    removed = remove_operator()
    operator(name="Lapland Council")
    load_operator()

    assert all("is made up" in page for page in made_up)
    assert removed == ["Removed “Example Regional Council” as who runs the site."]
    assert Operator.objects.get().name == "Lapland Council"
    assert remove_operator() == []


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(days=1), "1 day"),
        (timedelta(days=364), "364 days"),
        (timedelta(hours=36), "36 hours"),
        (3600, "1 hour"),
        (90, "2 minutes"),
    ],
)
def test_times_are_said_in_the_largest_unit_that_says_them_exactly(time, said):
    assert cookies.how_long(time) == said
