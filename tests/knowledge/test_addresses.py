import pytest
from django.urls import reverse

from network.models import Letter
from tests.factories import CollectedSourceFactory, GoodPracticePageFactory
from tests.knowledge.test_pages import text_of

pytestmark = pytest.mark.django_db


def test_the_permanent_address_leads_to_the_page(client):
    practice = GoodPracticePageFactory()

    response = client.get(reverse("permanent_address", args=[practice.permanent_id]))

    assert (response.status_code, response.url) == (302, practice.url)


def test_the_permanent_address_of_a_draft_is_not_found(client):
    draft = GoodPracticePageFactory(live=False)

    assert client.get(reverse("permanent_address", args=[draft.permanent_id])).status_code == 404


SAID = {
    "name": "Elena",
    "email": "elena@example.org",
    "organisation": "Oficina",
    "kind": "right",
    "message": "",
}


@pytest.fixture
def collected():
    practice = GoodPracticePageFactory(title="Old pond")
    CollectedSourceFactory(page=practice)
    return practice


def test_officers_get_a_letter_when_somebody_confirms_a_collected_page(client, collected, people):
    response = client.post(reverse("confirm_page", args=[collected.permanent_id]), SAID)

    letters = Letter.objects.order_by("to")
    assert (response.status_code, response.url) == (302, collected.url)
    assert [(one.to, one.subject) for one in letters] == [
        (people.bruno.email, "A reader writes about: Old pond"),
        (people.birgit.email, "A reader writes about: Old pond"),
    ]
    assert "elena@example.org" in letters[0].text
    assert collected.collected_source.confirmed_at is None


def test_a_correction_without_words_is_asked_for_them_and_keeps_what_was_typed(client, collected, people):
    response = client.post(reverse("confirm_page", args=[collected.permanent_id]), SAID | {"kind": "errors"})

    assert response.status_code == 422
    assert "Say what has to be corrected." in text_of(response)
    assert 'value="elena@example.org"' in response.content.decode()
    assert Letter.objects.count() == 0


def test_programs_that_fill_the_hidden_field_reach_nobody(client, collected, people):
    client.post(reverse("confirm_page", args=[collected.permanent_id]), SAID | {"website": "spam"})

    assert Letter.objects.count() == 0


def test_after_five_messages_in_an_hour_a_client_has_to_wait_and_others_behind_the_proxy_do_not(
    client, collected, people, settings
):
    settings.PROXIES = 1
    address = reverse("confirm_page", args=[collected.permanent_id])

    statuses = [
        client.post(address, SAID, HTTP_X_FORWARDED_FOR=asker).status_code
        for asker in ["203.0.113.1"] * 6 + ["203.0.113.2"]
    ]

    assert statuses == [302, 302, 302, 302, 302, 422, 302]


def test_a_page_of_its_owner_cannot_be_confirmed_again(client):
    practice = GoodPracticePageFactory()

    assert client.get(reverse("confirm_page", args=[practice.permanent_id])).status_code == 404


def test_the_permanent_address_in_capitals_leads_to_the_page_too(client):
    practice = GoodPracticePageFactory()
    CollectedSourceFactory(page=practice)
    address = f"/id/{str(practice.permanent_id).upper()}/"

    response = client.get(address)

    assert (response.status_code, response.url) == (302, practice.url)
    assert client.get(f"{address}confirm/").status_code == 200
    assert reverse("permanent_address", args=[practice.permanent_id]) == f"/id/{practice.permanent_id}/"
