"""What a person does in the browser: register, come back by the link, give up the place, answer."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from events import registration
from events.models import Participant, Registration, SurveyAnswer
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


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_visitor_registers_with_an_address_and_comes_back_by_the_link_in_the_letter(client, event):
    answer = client.post("/events/permits/register/", CARLA)

    place = Registration.objects.select_related("participant").get()
    letter = Letter.objects.get()
    own_page = client.get(f"/events/registration/{place.token}/")
    assert (answer.status_code, answer["Location"]) == (302, "/events/permits/")
    assert said(answer) == [
        "Thank you. A letter to Carla@example.org says whether you have a place, "
        "and holds the link to change it."
    ]
    assert (place.state, place.needs, place.consent_version, place.participant.country) == (
        "confirmed",
        "Step-free access",
        registration.CONSENT_VERSION,
        "SE",
    )
    assert f"/events/registration/{place.token}/" in letter.text
    assert (own_page.status_code, own_page["Cache-Control"].count("no-store")) == (200, 1)
    assert "Confirmed" in own_page.content.decode()


def test_the_answer_to_a_guest_is_the_same_whether_the_address_is_known_or_not(event):
    registration.change_capacity(event, {"on-site": 1}, by=None)

    first, again = (Client().post("/events/permits/register/", CARLA) for _time in range(2))
    waiting = Client().post("/events/permits/register/", CARLA | {"email": "Dora@example.org"})

    assert (again.status_code, again["Location"], said(again)) == (302, first["Location"], said(first))
    assert said(waiting) == [said(first)[0].replace("Carla", "Dora")]
    assert list(event.registrations.order_by("number").values_list("state", flat=True)) == [
        "confirmed",
        "waiting",
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
        {"name": "\x00"},
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
    client, event, signed_in, guest
):
    registration.change_capacity(event, {"on-site": 1}, by=None)
    for name in ["Aino", "Bruno"]:
        registration.register(event, guest(name), "on-site")
    before = client.get("/events/permits/").content.decode()

    answer = signed_in(UserFactory()).post("/events/permits/register/", CARLA)

    assert "you would be number 2" in before
    assert said(answer) == ["You are number 2 on the waiting list."]


def test_who_is_signed_in_registers_with_the_account_and_its_organisation(event, signed_in):
    organisation = OrganisationFactory(name="Länsstyrelsen", region=RegionFactory(code="SE33"))
    user = MembershipFactory(organisation=organisation, user__first_name="Aino").user
    browser = signed_in(user)

    form = browser.get("/events/permits/").context["form"]
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


def test_opening_the_link_to_withdraw_changes_nothing_and_the_button_does(client, event, guest):
    place = registration.register(event, guest("Carla"), "on-site")
    address = f"/events/registration/{place.token}/withdraw/"

    client.get(address)
    after_looking = Registration.objects.get().state
    client.post(address)
    client.post(address)

    assert (after_looking, Registration.objects.get().state) == ("confirmed", "withdrawn")


def test_people_change_mode_and_details_through_their_own_link(client, guest):
    event = LearningEventPageFactory(mode="hybrid", publish_participants="participants")
    place = registration.register(event, guest("Carla"), "on-site")
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
