"""What a person does in the browser: register, come back by the link, give up the place, answer."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from events import registration
from events.models import Participant, Registration, SurveyAnswer
from network.attempts import too_many_attempts
from network.models import Letter
from tests.factories import (
    AttendanceFactory,
    LearningEventPageFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
CARLA = {
    "mode": "on-site",
    "name": "Carla",
    "email": "Carla@example.org",
    "organisation": "Region Norrbotten",
    "country": "SE",
    "needs": "Step-free access",
}


@pytest.fixture(autouse=True)
def sweden():
    return RegionFactory(code="SE", name="Sweden")


@pytest.fixture
def event():
    return LearningEventPageFactory(title="Permits for re-mining", slug="permits", city="Freiberg, Germany")


def without_link(letter):
    return re.sub(r"/registration/[^/]+/", "", letter.subject + letter.text)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_visitor_registers_with_an_address_and_comes_back_by_the_link_in_the_letter(client, event):
    answer = client.post("/events/permits/register/", CARLA)

    place = Registration.objects.select_related("participant").get()
    letter = Letter.objects.get()
    own_page = client.get(f"/events/registration/{place.token}/")
    after_looking = Registration.objects.get()
    confirming = client.post(f"/events/registration/{place.token}/confirm/", follow=True)
    firm = Registration.objects.select_related("participant").get()
    assert (answer.status_code, answer["Location"]) == (302, "/events/permits/")
    assert said(answer) == [
        "Thank you. A letter to carla@example.org is on its way. Open its link and confirm that you take "
        "part, best within half an hour: so long a place can be held for you."
    ]
    assert (place.state, after_looking.state, place.needs, place.participant.country) == (
        "held",
        "held",
        "",
        "",
    )
    assert (firm.state, firm.needs, firm.consent_version, firm.participant.country) == (
        "confirmed",
        "Step-free access",
        registration.CONSENT_VERSION,
        "SE",
    )
    assert f"/events/registration/{place.token}/" in letter.text
    assert (own_page.status_code, own_page["Cache-Control"].count("no-store")) == (200, 1)
    assert "Confirm that you take part" in own_page.content.decode()
    assert "You have a place." in confirming.content.decode()


def test_the_answer_to_a_guest_is_the_same_whether_the_address_is_known_or_not(event):
    registration.change_capacity(event, {"on-site": 1}, by=None)
    UserFactory(email="bruno@example.org", first_name="Bruno")

    first, again, account, full = (
        Client().post("/events/permits/register/", CARLA | {"email": f"{name}@example.org"})
        for name in ("carla", "carla", "bruno", "dora")
    )

    answers = [
        (answer.status_code, answer["Location"], said(answer)[0].replace(name, "carla"))
        for answer, name in ((first, "carla"), (again, "carla"), (account, "bruno"), (full, "dora"))
    ]
    assert len(set(answers)) == 1
    assert len({without_link(letter) for letter in Letter.objects.exclude(to="carla@example.org")}) == 1
    assert list(event.registrations.order_by("number").values_list("state", flat=True)) == [
        "held",
        "asked",
        "asked",
    ]


def test_what_was_typed_stays_in_the_form_beside_the_reason(client, event):
    answer = client.post("/events/permits/register/", CARLA | {"email": "carla.example.org", "name": ""})

    form = answer.context["form"]
    page = answer.content.decode()
    assert answer.status_code == 200
    assert form.errors == {
        "name": ["Enter your name."],
        "email": ["Enter an e-mail address with an @ sign, such as name@example.org."],
    }
    assert [value in page for value in ("carla.example.org", "Region Norrbotten", "Step-free access")] == [
        True,
        True,
        True,
    ]
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    "rubbish",
    [
        {},
        {"mode": "moon"},
        {"mode": "online"},
        {"country": "XX"},
        {"name": "x" * 151},
        {"name": "\x01"},
        {"name": "Eve\r\nBcc: all@example.org\r\n\r\nBuy now"},
        {"name": "Confirm at www.evil.example"},
        {"organisation": "http://evil.example"},
        {"email": "a@b..example"},
        {"email": "a" * 300 + "@example.org"},
        {"email": "carla@example.org\nBcc: all@example.org"},
        {"needs": "x" * 301},
        {"organisation": "<script>" * 40},
    ],
)
def test_rubbish_in_the_form_is_refused_with_a_sentence(client, event, rubbish):
    answer = client.post("/events/permits/register/", CARLA | rubbish if rubbish else {})

    assert (answer.status_code, bool(answer.context["form"].errors), Registration.objects.count()) == (
        200,
        True,
        0,
    )


def test_when_registration_has_closed_meanwhile_the_page_says_so(client, event):
    event.registration_closes = timezone.now() - timedelta(minutes=1)
    event.save()

    answer = client.post("/events/permits/register/", CARLA)

    assert (answer.status_code, "Registration has closed." in answer.content.decode()) == (200, True)
    assert Registration.objects.count() == 0


def test_a_full_event_says_which_number_one_would_be_and_who_is_signed_in_learns_their_own(
    client, event, signed_in, member
):
    registration.change_capacity(event, {"on-site": 1}, by=None)
    for name in ["Aino", "Bruno"]:
        registration.register(event, member(name), "on-site")
    before = client.get("/events/permits/").content.decode()

    answer = signed_in(UserFactory()).post("/events/permits/register/", CARLA)

    assert "you would be number 2" in before
    assert said(answer) == ["You are number 2 on the waiting list."]


def test_who_is_signed_in_registers_with_the_account_and_its_organisation(event, signed_in):
    organisation = OrganisationFactory(name="Länsstyrelsen", region=RegionFactory(code="SE33"))
    user = MembershipFactory(organisation=organisation, user__first_name="Aino").user
    browser = signed_in(user)

    form = browser.get("/events/permits/register/").context["form"]
    browser.post("/events/permits/register/", CARLA | form.initial)

    aino = Participant.objects.get()
    assert "email" not in form.fields
    assert (aino.user, aino.email, aino.name, aino.organisation, aino.country) == (
        user,
        user.email,
        user.get_full_name(),
        organisation,
        "SE",
    )


def test_opening_the_link_to_withdraw_changes_nothing_and_the_button_does(client, event, member):
    place = registration.register(event, member("Carla"), "on-site")
    address = f"/events/registration/{place.token}/withdraw/"

    client.get(address)
    after_looking = Registration.objects.get().state
    client.post(address)
    client.post(address)

    assert (after_looking, Registration.objects.get().state) == ("confirmed", "withdrawn")


def test_people_change_mode_and_details_through_their_own_link(client, member):
    event = LearningEventPageFactory(mode="hybrid", publish_participants="participants")
    place = registration.register(event, member("Carla"), "on-site")
    address = f"/events/registration/{place.token}/"

    client.post(address, {"what": "mode", "mode": "online"})
    client.post(
        address,
        {
            "what": "details",
            "name": "Карла Иванова",
            "organisation": "Община Перник",
            "country": "SE",
            "shows_name": "on",
        },
    )

    place = Registration.objects.select_related("participant").get()
    assert (place.mode, place.state, place.shows_name) == ("online", "confirmed", True)
    assert (place.participant.name, place.participant.organisation_as_stated) == (
        "Карла Иванова",
        "Община Перник",
    )


def test_names_are_read_by_those_they_are_for_and_only_of_who_agreed(client, signed_in):
    event = LearningEventPageFactory(slug="names", publish_participants="participants")
    RegistrationFactory(event=event, participant__name="Ελένη Παπαδοπούλου", shows_name=True)
    RegistrationFactory(event=event, participant__name="Bruno Private", shows_name=False)
    RegistrationFactory(event=event, participant__name="Waiting Person", shows_name=True, state="waiting")
    user = UserFactory()
    visitor = client.get("/events/names/").content.decode()
    stranger = signed_in(user).get("/events/names/").content.decode()
    RegistrationFactory(event=event, participant__user=user)

    participant = client.get("/events/names/").content.decode()

    names = ["Ελένη Παπαδοπούλου", "Bruno Private", "Waiting Person"]
    assert [[name in page for name in names] for page in (visitor, stranger, participant)] == [
        [False, False, False],
        [False, False, False],
        [True, False, False],
    ]


def test_the_survey_opens_after_the_event_to_those_who_were_there(client):
    present = AttendanceFactory(registration__event=LearningEventPageFactory(days=-3)).registration
    absent = AttendanceFactory(registration__event=present.event, presence="absent").registration
    unmarked = RegistrationFactory(event=present.event)
    coming = AttendanceFactory(registration__event=LearningEventPageFactory()).registration
    answer = {"capacity": "5", "respondent_type": "staff", "policy_role": "", "comment": "Bonds"}

    for row in (present, absent, unmarked, coming):
        client.post(f"/events/registration/{row.token}/survey/", answer)
    client.post(f"/events/registration/{present.token}/survey/", answer | {"capacity": "2"})

    answers = SurveyAnswer.objects.values_list("registration", "capacity", "respondent_type", "comment")
    assert list(answers) == [(present.pk, 2, "staff", "Bonds")]


@pytest.mark.parametrize("rubbish", [{}, {"capacity": "9"}, {"capacity": "x"}, {"respondent_type": "x"}])
def test_rubbish_in_the_survey_is_refused(client, rubbish):
    present = AttendanceFactory(registration__event=LearningEventPageFactory(days=-3)).registration
    data = {"capacity": "5", "respondent_type": "staff"} | rubbish if rubbish else {}

    answer = client.post(f"/events/registration/{present.token}/survey/", data)

    assert (answer.status_code, SurveyAnswer.objects.count()) == (200, 0)


def test_an_event_behind_a_restriction_takes_no_registration(client, event):
    event.view_restrictions.create(restriction_type="login")

    assert client.post("/events/permits/register/", CARLA).status_code == 404


def test_a_programs_look_at_any_address_of_a_guest_confirms_nothing(client, event):
    client.post("/events/permits/register/", CARLA)
    token = Registration.objects.get().token

    answers = [
        client.get(f"/events/registration/{token}/{page}").status_code
        for page in ("", "confirm/", "withdraw/")
    ]

    assert (answers, Registration.objects.get().state) == ([200, 302, 200], "held")


def test_a_guest_who_comes_late_reads_that_nothing_is_held_and_then_stands_in_line(
    client, event, member, letter_left
):
    registration.change_capacity(event, {"on-site": 1}, by=None)
    client.post("/events/permits/register/", CARLA)
    place = Registration.objects.get()
    letter_left(place, minutes_ago=31)
    registration.register(event, member("Aino"), "on-site")

    page = client.get(f"/events/registration/{place.token}/").content.decode()
    answer = client.post(f"/events/registration/{place.token}/confirm/", follow=True).content.decode()

    assert "No place is held for you now." in page
    assert "You are number 1 on the waiting list." in answer


def test_the_own_page_says_until_when_the_place_is_held(client, event, letter_left):
    client.post("/events/permits/register/", CARLA)
    place = Registration.objects.get()
    waiting = client.get(f"/events/registration/{place.token}/").content.decode()
    letter_left(place)
    place = Registration.objects.select_related("hold_letter").get()

    page = client.get(f"/events/registration/{place.token}/").content.decode()

    until = place.held_until.astimezone(event.zone)
    assert f"Held until {until:%H:%M %Z}: confirm that you take part" in page
    assert ("Held until" in waiting.replace("Held until confirmed", ""), "I take part" in waiting) == (
        False,
        True,
    )


def test_who_confirms_after_registration_has_closed_reads_why_not(client, event):
    client.post("/events/permits/register/", CARLA)
    place = Registration.objects.get()
    event.registration_closes = timezone.now() - timedelta(minutes=1)
    event.save()

    page = client.get(f"/events/registration/{place.token}/").content.decode()
    answer = client.post(f"/events/registration/{place.token}/confirm/", follow=True).content.decode()

    assert ("Registration has closed." in page, "I take part" in page) == (True, False)
    assert "Registration is closed." in answer
    assert Registration.objects.get().state == "held"


def test_details_are_not_changed_before_they_are_confirmed(client, event):
    client.post("/events/permits/register/", CARLA)
    place = Registration.objects.get()

    client.post(f"/events/registration/{place.token}/", {"what": "details", "name": "Eve", "country": "SE"})
    client.post(f"/events/registration/{place.token}/", {"what": "mode", "mode": "online"})

    place.refresh_from_db()
    assert (place.state, place.mode, place.name, place.participant.name) == ("held", "on-site", "Carla", "")


def register_from(address, number, browser=None):
    """Whether somebody at this address could register; each time as somebody else."""
    answer = (browser or Client()).post(
        "/events/permits/register/",
        CARLA | {"email": f"{address}-{number}@example.org".replace(":", "-")},
        HTTP_X_FORWARDED_FOR=address,
    )
    return answer.status_code == 302


def test_after_ten_registrations_a_client_waits_while_others_and_members_do_not(event, settings, signed_in):
    settings.PROXIES = 1

    accepted = [register_from("203.0.113.1", number) for number in range(11)]
    other = register_from("203.0.113.2", 0)
    member = register_from("203.0.113.1", 0, signed_in(UserFactory()))

    assert (accepted, other, member) == ([True] * 10 + [False], True, True)


def test_after_thirty_registrations_in_an_hour_a_client_waits_at_every_event(client, event, settings):
    settings.PROXIES = 1
    for _time in range(30):
        too_many_attempts(from_client(client), "register", limit=30, within=timedelta(hours=1))

    answer = client.post("/events/permits/register/", CARLA, HTTP_X_FORWARDED_FOR="203.0.113.1")

    page = answer.content.decode()
    assert "There were many registrations from your connection just now. Send it again in an hour." in page
    assert ("Region Norrbotten" in page, Registration.objects.count()) == (True, 0)


def from_client(client):
    return client.get("/events/", HTTP_X_FORWARDED_FOR="203.0.113.1").wsgi_request


def test_who_has_a_place_does_not_read_that_the_event_is_full(client, member):
    event = LearningEventPageFactory(mode="hybrid")
    registration.change_capacity(event, {"on-site": 1, "online": 1}, by=None)
    place = registration.register(event, member("Carla"), "on-site")

    page = client.get(f"/events/registration/{place.token}/").content.decode()

    assert ("You have this place" in page, "join the waiting list" in page) == (True, False)


@pytest.mark.parametrize(
    ("visible_to", "state", "named"),
    [
        ("participants", "confirmed", True),
        ("participants", "waiting", False),
        ("all", "waiting", True),
        ("nobody", "confirmed", False),
    ],
)
def test_guests_read_names_on_their_own_page_as_members_do_on_the_events(client, visible_to, state, named):
    event = LearningEventPageFactory(publish_participants=visible_to)
    RegistrationFactory(event=event, participant__name="Aino", shows_name=True)
    RegistrationFactory(event=event, participant__name="Bruno", shows_name=False)
    own = RegistrationFactory(event=event, participant__name="Carla", state=state)

    page = client.get(f"/events/registration/{own.token}/").content.decode()

    assert ("Aino" in page, "Bruno" in page) == (named, False)


def test_choosing_the_way_one_takes_part_in_already_claims_no_change(client, member):
    event = LearningEventPageFactory(mode="hybrid")
    place = registration.register(event, member("Carla"), "on-site")

    answer = client.post(
        f"/events/registration/{place.token}/", {"what": "mode", "mode": "on-site"}, follow=True
    )

    assert [str(message) for message in answer.context["messages"]] == [
        "Nothing was changed: you take part in this way already."
    ]
