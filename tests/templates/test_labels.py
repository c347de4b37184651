"""Each control has one name, and says it once."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from knowledge.models import SectionPage
from tests.factories import (
    FocusAreaFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    OrganisationFactory,
    RawMaterialFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in):
    """Somebody who may open every form, with rows for every list of choices."""
    RawMaterialFactory(name="Copper")
    FocusAreaFactory()
    OrganisationFactory()
    return signed_in(UserFactory(is_superuser=True, is_staff=True))


def editors():
    for room, model, slug in (
        ("knowledge", "goodpracticepage", "good-practices"),
        ("knowledge", "policyinstrumentpage", "policy-instruments"),
        ("events", "learningeventpage", "events"),
    ):
        section = SectionPage.objects.get(slug=slug)
        yield reverse("wagtailadmin_pages:add", args=[room, model, section.pk])


def snippets():
    for model in ("knowledge_evidence", "knowledge_policychange", "network_organisation", "network_project"):
        yield reverse(f"wagtailsnippets_{model}:add")


def public_forms():
    event = LearningEventPageFactory()
    GoodPracticePageFactory()
    yield from ("/search/", "/good-practices/", "/events/", "/progress/", "/my/", "/account/email/")
    for name in ("event_register", "event_places", "event_participants", "event_organisers", "event_cancel"):
        yield reverse(name, args=[event.slug])


@pytest.mark.parametrize("forms", [editors, snippets, public_forms])
def test_every_label_is_printed_once(client, forms):
    found = {}
    for address in forms():
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 405), address
        found |= {(address, text): "twice" for text in doubled(answer.content)}

    assert found == {}


def doubled(html):
    """Labels, headings and options whose words come twice in a row, and labels within labels."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select("label, legend, th, dt, h1, h2, h3, option, button"):
        words = element.get_text(" ").split()
        half, rest = divmod(len(words), 2)
        if words and not rest and words[:half] == words[half:]:
            yield " ".join(words)
    for inner in soup.select("label label"):
        yield inner.get_text(" ", strip=True)
