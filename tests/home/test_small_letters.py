import pytest

from events.models import Registration
from tests.factories import GoodPracticePageFactory, LearningEventPageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    practice = GoodPracticePageFactory(slug="red-mud")
    LearningEventPageFactory(slug="permits")
    GoodPracticePageFactory(slug="secret-plan", live=False)
    return practice


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/good-practices/Red-Mud/", "/good-practices/red-mud/"),
        ("/GOOD-PRACTICES/RED-MUD/", "/good-practices/red-mud/"),
        ("/good-practices/red\u00ad-mud/?utm=x", "/good-practices/red-mud/?utm=x"),
        ("/EVENTS/PERMITS/", "/events/permits/"),
        ("/events/Permits/register/", "/events/permits/register/"),
        ("/Events/Permits/event.ics", "/events/permits/event.ics"),
        ("/SEARCH/?q=slag", "/search/?q=slag"),
        ("/Regions/", "/regions/"),
    ],
)
def test_an_address_in_capitals_leads_to_what_it_means(client, pages, typed, meant):
    response = client.get(typed)

    assert (response.status_code, response.url) == (302, meant)


@pytest.mark.parametrize(
    "typed", ["/good-practices/Secret-Plan/", "/good-practices/No-Such/", "/No-Such/", "/regions/ZZ99/"]
)
def test_what_is_not_public_is_not_found_in_capitals_either(client, pages, typed):
    assert client.get(typed).status_code == 404


def test_the_link_of_a_letter_is_as_it_was_written(client):
    token = Registration.objects.get(pk=RegistrationFactory().pk).token

    assert client.get(f"/events/registration/{token.swapcase()}/").status_code == 404
    assert client.get(f"/EVENTS/registration/{token}/").status_code == 404


def test_nothing_that_is_sent_is_led_elsewhere(client, pages):
    assert client.post("/events/Permits/register/", {}).status_code == 404
