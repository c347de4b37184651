"""The form to register is on a page of its own; the event's page says where the seats are and leads there."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from events import registration
from events.models import Registration
from tests.factories import LearningEventPageFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/events/permits/register/"


@pytest.fixture
def event():
    return LearningEventPageFactory(
        title="Permits for re-mining", slug="permits", city="Freiberg, Germany", mode="hybrid"
    )


def read(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").main


def words(element):
    return " ".join(element.get_text(" ").split())


def test_the_events_page_says_where_the_seats_are_and_leads_to_the_form(client, event, member):
    registration.change_capacity(event, {"on-site": 3}, by=None)
    registration.register(event, member("Aino"), "on-site")

    page = read(client, "/events/permits/")

    assert [words(row) for row in page.select(".reg .facts div")] == [
        "On site 2 of 3 places left",
        "Online No limit",
    ]
    assert [(link["href"], words(link)) for link in page.select(".reg .btn")] == [(ADDRESS, "Register")]


def test_what_visitors_get_of_an_event_holds_no_form_no_token_and_no_cookie(client, event):
    answer = client.get("/events/permits/")

    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select('form[method="post"], [nonce], [name="csrfmiddlewaretoken"]') == []
    assert (answer.cookies, "csrf" in answer.content.decode()) == ({}, False)


def test_the_form_stands_below_the_event_and_what_is_said_about_it(client, event):
    page = read(client, ADDRESS)

    crumbs = [(link["href"], words(link)) for link in page.select(".crumbs a")]
    assert crumbs == [
        ("/", "Home"),
        ("/events/", "Events"),
        ("/events/permits/", "Permits for re-mining"),
    ]
    assert [words(heading) for heading in page.select("h1")] == ["Register"]
    said = words(page)
    assert "Permits for re-mining" in said and "Freiberg, Germany" in said and "We keep your data" in said
    assert [one["name"] for one in page.select("form [name]")] == [
        "csrfmiddlewaretoken",
        "mode",
        "mode",
        "name",
        "email",
        "organisation",
        "country",
        "needs",
    ]


def test_the_form_is_guarded_and_never_kept(event):
    browser = Client(enforce_csrf_checks=True)
    data = {"mode": "online", "name": "Carla", "email": "carla@example.org", "country": ""}

    without = browser.post(ADDRESS, data)
    shown = browser.get(ADDRESS)
    token = BeautifulSoup(shown.content, "html.parser").select_one("main [name=csrfmiddlewaretoken]")["value"]
    sent = browser.post(ADDRESS, data | {"csrfmiddlewaretoken": token})

    assert (without.status_code, sent.status_code, sent["Location"]) == (403, 302, "/events/permits/")
    assert "no-store" in shown["Cache-Control"]


def test_a_full_event_offers_its_waiting_list(client, event, member):
    registration.change_capacity(event, {"on-site": 1, "online": 0}, by=None)
    registration.register(event, member("Aino"), "on-site")

    public, form = read(client, "/events/permits/"), read(client, ADDRESS)

    assert words(public.select_one(".reg .btn")) == "Join the waiting list"
    assert (words(form.h1), words(form.select_one("form .btn"))) == ("Join the waiting list",) * 2
    assert "you would be number 1" in words(form)


def test_when_nobody_can_register_the_page_says_why_and_has_no_form(client, event):
    now = timezone.now()

    def said(**changes):
        type(event).objects.filter(pk=event.pk).update(**changes)
        page = read(client, ADDRESS)
        assert (page.select("form"), words(page.h1)) == ([], "Registration")
        return words(page.select_one(".alert"))

    opens = said(registration_opens=now + timedelta(days=1))
    closed = said(registration_opens=None, registration_closes=now - timedelta(days=1))
    finished = said(start=now - timedelta(days=2), end=now - timedelta(days=2))
    assert opens.startswith("Registration opens on ")
    assert (closed, finished) == ("Registration has closed.", "This event is over.")


def test_who_reads_of_an_event_that_is_called_off_reads_why(client, event):
    registration.cancel_event(event, "The pond froze.", by=UserFactory())

    page = words(read(client, ADDRESS))

    assert "This event has been called off." in page and "The pond froze." in page


def test_who_has_a_place_is_led_to_it_instead_of_to_a_second_form(event, signed_in):
    user = UserFactory()
    RegistrationFactory(event=event, participant__user=user, participant__email=user.email)
    own = Registration.objects.get()

    page = read(signed_in(user), ADDRESS)

    assert (page.select("form"), words(page.h1)) == ([], "Your place")
    assert page.select_one(".btn")["href"] == f"/events/registration/{own.token}/"


def test_an_event_behind_a_restriction_and_a_draft_show_no_form(client, event):
    LearningEventPageFactory(slug="draft", live=False)
    event.view_restrictions.create(restriction_type="login")

    assert [client.get(address).status_code for address in (ADDRESS, "/events/draft/register/")] == [404] * 2


def test_the_page_costs_the_same_whatever_the_event_holds(
    client, event, django_assert_max_num_queries, django_assert_num_queries
):
    client.get(ADDRESS)
    with django_assert_max_num_queries(30) as first:
        client.get(ADDRESS)
    RegistrationFactory.create_batch(5, event=event)

    with django_assert_num_queries(len(first)):
        client.get(ADDRESS)
