from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.choices import EventState
from events.models import EventStatus, Places
from events.queries import (
    events_organised_by,
    next_events,
    past,
    registrations_of,
    situation,
    situations,
    upcoming,
)
from tests.factories import (
    AttendanceFactory,
    FocusAreaFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_the_state_of_an_event_follows_from_clock_places_and_cancellation():
    hour, now = timedelta(hours=1), timezone.now()
    full = LearningEventPageFactory()
    Places.objects.create(event=full, mode="on-site", capacity=0)
    cancelled = LearningEventPageFactory()
    EventStatus.objects.create(event=cancelled, cancelled_at=now)
    events = {
        EventState.DRAFT: LearningEventPageFactory(live=False),
        EventState.OPENS_LATER: LearningEventPageFactory(registration_opens=now + hour),
        EventState.OPEN: LearningEventPageFactory(),
        EventState.FULL: full,
        EventState.CLOSED: LearningEventPageFactory(registration_closes=now - hour),
        EventState.CANCELLED: cancelled,
        EventState.FINISHED: LearningEventPageFactory(days=-3),
    }

    found = situations(list(events.values()), now)

    assert {state: found[event.pk].state for state, event in events.items()} == {
        state: state for state in EventState
    }


def test_a_hybrid_event_is_full_when_every_mode_is():
    event = LearningEventPageFactory(mode="hybrid")
    Places.objects.create(event=event, mode="on-site", capacity=0)
    with_one_mode = situation(event).state
    Places.objects.create(event=event, mode="online", capacity=0)

    assert (with_one_mode, situation(event).state) == (EventState.OPEN, EventState.FULL)


def test_the_list_is_narrowed_by_kind_way_language_and_topic(client):
    permits = FocusAreaFactory(code="permitting", name="Permitting")
    LearningEventPageFactory(
        title="One", event_kind="webinar", mode="online", languages=["de", "en"], focus_areas=[permits]
    )
    LearningEventPageFactory(title="Two", event_kind="study-visit", mode="hybrid", languages=["en"])
    LearningEventPageFactory(title="Three", event_kind="study-visit", mode="on-site", languages=["el", "sv"])

    def shown(query):
        months = client.get(f"/events/?{query}").context["months"]
        return [row["title"] for month in months for row in month["events"]]

    assert {
        query: shown(query)
        for query in ["", "kind=webinar", "where=online", "where=on-site", "language=el", "focus=permitting"]
    } == {
        "": ["One", "Two", "Three"],
        "kind=webinar": ["One"],
        "where=online": ["One", "Two"],
        "where=on-site": ["Two", "Three"],
        "language=el": ["Three"],
        "focus=permitting": ["One"],
    }


@pytest.mark.parametrize(
    "query",
    [
        "kind=%00",
        "kind=webinar&kind=x",
        "where=moon",
        "language=xx",
        "focus=%F0%9F%92%A9",
        "past=%27",
        "kind[]=1",
    ],
)
def test_rubbish_in_the_address_of_the_list_narrows_nothing(client, query):
    LearningEventPageFactory(title="One")

    page, feed = client.get(f"/events/?{query}"), client.get(f"/events/calendar.ics?{query}")

    assert (page.status_code, feed.status_code, b"One" in feed.content) == (200, 200, True)


@pytest.mark.parametrize(
    "address",
    [
        "/events/none/event.ics",
        "/events/none/register/",
        "/events/registration/none/",
        "/events/registration/%00/",
        "/events/%00/event.ics",
        "/events/%00/participants/",
        "/events/registration/none/withdraw/",
        "/events/registration/none/survey/",
    ],
)
def test_addresses_that_lead_nowhere_say_so(client, address):
    assert (client.get(address).status_code, client.post(address).status_code) in [(404, 404), (404, 405)]


def test_past_events_say_how_many_were_there():
    event = LearningEventPageFactory(days=-3)
    AttendanceFactory.create_batch(2, registration__event=event)
    AttendanceFactory(registration__event=event, presence="absent")
    LearningEventPageFactory()

    assert [(one.pk, one.people) for one in past()] == [(event.pk, 2)]


def test_events_behind_a_restriction_are_in_no_list():
    hidden = LearningEventPageFactory()
    hidden.view_restrictions.create(restriction_type="login")

    assert (list(upcoming()), next_events()) == ([], [])


def test_my_places_and_my_events_are_listed_by_account_and_address():
    user = UserFactory(email="carla@example.org")
    as_guest = RegistrationFactory(participant__email="Carla@example.org", event__title="As guest")
    RegistrationFactory(state="waiting", participant__user=user, event__title="With account", event__days=60)
    RegistrationFactory()
    LearningEventPageFactory(owner=user, title="Mine")

    places = registrations_of(user)

    assert [(row["title"], row["label"], row["badge"]) for row in places] == [
        ("With account", "On the waiting list", "due"),
        ("As guest", "Confirmed", "ok"),
    ]
    assert places[1]["manage_url"] == f"/events/registration/{as_guest.token}/"
    assert [row["title"] for row in events_organised_by(user)] == ["Mine"]


def fill(number):
    for _number in range(number):
        event = LearningEventPageFactory(
            mode="hybrid",
            languages=["en"],
            practices=[GoodPracticePageFactory()],
        )
        RegistrationFactory.create_batch(2, event=event)
        AttendanceFactory(registration__event=LearningEventPageFactory(days=-3))


def test_lists_of_five_cost_no_more_queries_than_lists_of_one(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    event = LearningEventPageFactory(slug="one", days=-1, mode="hybrid")
    addresses = ["/events/", "/events/calendar.ics", "/events/one/", "/events/one/participants/"]

    def grow(number):
        fill(number)
        RegistrationFactory.create_batch(number, event=event, participant__country="SE")
        AttendanceFactory.create_batch(number, registration__event=event)
        for _number in range(number):
            event.practices.add(GoodPracticePageFactory(stages={"use": "main"}))
            event.agenda_items.create(day=event.start.date(), start="10:00", title="Talk")
            event.materials.create(title="Paper")
        event.save()

    grow(1)
    with_one = {address: cost(address) for address in addresses}
    grow(4)

    assert {address: cost(address) for address in addresses} == with_one


def test_the_number_of_events_held_leads_to_a_list_of_as_many(client):
    for days in range(12):
        LearningEventPageFactory(days=-3 - days)
    called_off = LearningEventPageFactory(days=-3, title="Called off")
    EventStatus.objects.create(event=called_off, cancelled_at=timezone.now())

    page = BeautifulSoup(client.get("/events/").content, "html.parser")
    held = page.select_one("header.pagehead a")
    listed = BeautifulSoup(client.get(held["href"]).content, "html.parser")

    assert held.text == "12 held so far."
    assert len(listed.find(id="past").parent.select("tbody tr")) == 12
    assert "Called off" not in listed.text


def test_the_number_of_people_leads_to_where_they_came_from(client):
    event = LearningEventPageFactory(days=-3)
    for country in ("SE", "SE", "PT"):
        AttendanceFactory(registration__event=event, registration__participant__country=country)
    RegistrationFactory(event=event)

    row = (
        BeautifulSoup(client.get("/events/").content, "html.parser").find(id="past").parent.select_one("td a")
    )
    who = BeautifulSoup(client.get(row["href"]).content, "html.parser").find(id="who")

    assert row["href"].endswith("#who")
    assert row.text == "3 who were there"
    assert (who.text, who.find_next("p").get_text(strip=True)) == ("Who was there", "3 people.")
