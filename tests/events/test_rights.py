"""Who may do what at an event, person by person, and that the join link stays with those it is for."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import calendar, registration
from events.models import EventOrganiser, JoinLink
from events.rights import may_manage, may_see_join_link
from network.models import Letter
from network.rights import ADMINISTRATORS, AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from tests.factories import (
    LearningEventPageFactory,
    MembershipFactory,
    OrganisationFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.org/secret-room"
PEOPLE = {
    "visitor": False,
    "registered": False,
    "contributor of another organisation": False,
    "organiser of another event": False,
    "expert": False,
    "auditor": False,
    "author": True,
    "colleague": True,
    "organiser": True,
    "officer": True,
    "administrator": True,
    "superuser": True,
}


def in_group(name):
    return UserFactory(groups=[Group.objects.get(name=name)])


@pytest.fixture
def event():
    """An event with a join link that is shown from a day before it begins, which is now."""
    event = LearningEventPageFactory(
        slug="tailings",
        mode="hybrid",
        start=timezone.now() + timedelta(hours=3),
        owner=UserFactory(),
        organisation=OrganisationFactory(),
    )
    JoinLink.objects.create(event=event, url=LINK, code="4711")
    return event


@pytest.fixture
def people(event):
    """Everybody who could try, by name."""
    other, named = in_group(CONTRIBUTORS), UserFactory()
    EventOrganiser.objects.create(event=LearningEventPageFactory(), email=other.email)
    EventOrganiser.objects.create(event=event, email=named.email)
    stranger = MembershipFactory(user=in_group(CONTRIBUTORS))
    registered = UserFactory()
    RegistrationFactory(event=event, participant__user=registered, participant__email=registered.email)
    return {
        "visitor": None,
        "registered": registered,
        "contributor of another organisation": stranger.user,
        "organiser of another event": other,
        "expert": in_group(EXPERTS),
        "auditor": in_group(AUDITORS),
        "author": event.owner,
        "colleague": MembershipFactory(organisation=event.organisation).user,
        "organiser": named,
        "officer": in_group(OFFICERS),
        "administrator": in_group(ADMINISTRATORS),
        "superuser": UserFactory(is_superuser=True),
    }


def browser(user):
    client = Client()
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_event_is_managed_by_its_people_and_officers_only(event, people):
    assert {name: may_manage(user, event) for name, user in people.items()} == PEOPLE


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("get", "event_participants"),
        ("post", "event_participants"),
        ("get", "event_participants_csv"),
        ("get", "event_places"),
        ("post", "event_places"),
        ("get", "event_organisers"),
        ("post", "event_organisers"),
        ("get", "event_cancel"),
        ("post", "event_cancel"),
        ("post", "event_attach_list"),
        ("post", "event_ask"),
    ],
)
def test_organisers_pages_open_for_those_who_manage_the_event_only(method, name, event, people):
    address = reverse(name, args=[event.slug])

    answers = {who: getattr(browser(user), method)(address) for who, user in people.items()}

    refused = {who: 302 if who == "visitor" else 403 for who, may in PEOPLE.items() if not may}
    assert {who: answer.status_code for who, answer in answers.items() if not PEOPLE[who]} == refused
    assert answers["visitor"]["Location"].startswith("/account/login/?next=/events/tailings/")
    assert all(answer.status_code in (200, 302) for who, answer in answers.items() if PEOPLE[who])


def test_removing_somebody_is_for_those_who_manage_the_event_only(event, people):
    person = RegistrationFactory(event=event)
    address = reverse("event_remove", args=[event.slug, person.pk])

    answers = {who: browser(user).post(address, {"reason": ""}) for who, user in people.items()}

    assert {who: answer.status_code for who, answer in answers.items()} == {
        who: 200 if may else (302 if who == "visitor" else 403) for who, may in PEOPLE.items()
    }


def test_nobody_of_another_event_can_be_removed_through_this_one(event, people):
    elsewhere = RegistrationFactory()

    answer = browser(people["organiser"]).post(
        reverse("event_remove", args=[event.slug, elsewhere.pk]), {"reason": "No"}
    )

    elsewhere.refresh_from_db()
    assert (answer.status_code, elsewhere.state) == (404, "confirmed")


@pytest.mark.parametrize(
    ("state", "hours_before", "sees"),
    [
        ("confirmed", 3, True),
        ("confirmed", 23, True),
        ("confirmed", 25, False),
        ("confirmed", -1, True),
        ("confirmed", -3, False),
        ("waiting", 3, False),
        ("withdrawn", 3, False),
        ("cancelled", 3, False),
    ],
)
def test_the_join_link_is_shown_to_who_has_a_place_from_its_hour_to_the_end(state, hours_before, sees, event):
    own = RegistrationFactory(event=event, state=state)
    now = event.start - timedelta(hours=hours_before)

    assert may_see_join_link(event.join_link, registration=own, now=now) is sees


def test_a_place_at_another_event_shows_no_link_of_this_one(event):
    elsewhere = RegistrationFactory()

    assert not may_see_join_link(event.join_link, registration=elsewhere, now=event.start)


def test_the_join_link_reaches_only_the_pages_of_those_it_is_for(event, people):
    RegistrationFactory(event=event, participant__user=people["expert"], state="waiting")
    confirmed = RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, state="waiting")
    addresses = [
        "/events/",
        "/events/tailings/",
        "/events/tailings/event.ics",
        "/events/calendar.ics",
        "/events/tailings/places/",
    ]

    seen = {
        who: [
            address
            for address in addresses
            if LINK in browser(user).get(address, follow=True).content.decode()
        ]
        for who, user in people.items()
    }
    behind_token = {
        row.state: LINK in browser(None).get(reverse("event_registration", args=[row.token])).content.decode()
        for row in (confirmed, waiting)
    }

    assert seen == {
        who: ["/events/tailings/places/"] if may else ["/events/tailings/"] if who == "registered" else []
        for who, may in PEOPLE.items()
    }
    assert behind_token == {"confirmed": True, "waiting": False}


def test_no_letter_and_no_calendar_file_holds_the_join_link(event, member, people):
    registration.change_capacity(event, {"online": 1}, by=people["officer"])
    aino, bruno = (registration.register(event, member(name), "online") for name in ["Aino", "Bruno"])
    registration.withdraw(aino)
    registration.remove(bruno, "Test", by=people["officer"])
    registration.announce(event)
    event.city = "Kiruna"
    event.save()
    registration.announce(event)
    registration.cancel_event(event, "Test", by=people["officer"])

    texts = [letter.subject + letter.text + letter.calendar for letter in Letter.objects.all()]
    texts.append(calendar.entry(event))

    assert len(texts) > 6
    assert [text for text in texts if LINK in text or "secret-room" in text or "4711" in text] == []


def test_an_event_that_people_registered_for_cannot_be_deleted_by_anybody(event, people):
    fresh = LearningEventPageFactory(owner=people["author"])

    def may_delete(page):
        return {who: page.permissions_for_user(people[who]).can_delete() for who in ("officer", "superuser")}

    assert (may_delete(fresh), may_delete(event)) == (
        {"officer": True, "superuser": True},
        {"officer": False, "superuser": False},
    )
