import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.urls import reverse

from events.models import EventOrganiser, Participant
from network.mailboxes import MailboxField, kept
from network.models import Letter, User
from tests.factories import LearningEventPageFactory, UserFactory
from tests.factories.network import PASSWORD

UNSENDABLE = ["aïno@b.example", "aino@b.invalid", "aino@xn--a.com", "a..b@c.example", "aino@☃.example"]
SENTENCE = "No letter can be sent to this address. Look for unusual or invisible characters in it."
# What is typed, and whom it means.
ONE_MAILBOX = {
    "in capitals": "Aino@Example.ORG",
    "with a soft hyphen": "ai\u00adno@example.org",
    "with a sign of no width in the host": "aino@exam\u200bple.org",
    "with a change of direction": "\u200eaino@example.org",
    "with a byte-order mark": "\ufeffaino@example.org",
    "among blanks that do not break": "\u00a0aino@example.org\u202f",
    "with a wide stop": "aino@example\u3002org",
    "with a line end": "aino@example.org\r\n",
}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("aino@example.org", "aino@example.org"),
        ("a+b@bücher.example", "a+b@xn--bcher-kva.example"),
        ("a+b@BU\u0308CHER.example", "a+b@xn--bcher-kva.example"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
        ("a@λίθιο.example", "a@xn--kxasdfx.example"),
        ("a@אב1.com", "a@xn--1-zhcd.com"),
        ("o'x@a.eu", "o'x@a.eu"),
    ],
)
def test_an_address_is_kept_as_a_letter_needs_it(typed, address):
    assert MailboxField().clean(typed) == address
    assert EmailMessage("s", "t", to=[address]).message()["To"] == address
    assert sanitize_address(address, "utf-8") == address


@pytest.mark.parametrize("typed", ONE_MAILBOX.values(), ids=ONE_MAILBOX)
def test_one_mailbox_is_kept_in_one_way(typed):
    assert MailboxField().clean(typed) == kept(typed) == "aino@example.org"


@pytest.mark.parametrize("address", UNSENDABLE)
def test_an_address_that_no_letter_can_bear_is_refused_with_a_sentence(address):
    with pytest.raises(ValidationError) as refused:
        MailboxField().clean(address)

    assert len(refused.value.messages) == 1


@pytest.mark.parametrize(
    "text", ["aino", "aino@", "@example.org", "Aino <aino@example.org>", "mailto:a@b.eu"]
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValidationError, match=r"No letter can be sent|valid email address"):
        MailboxField().clean(text)


def test_who_can_no_longer_be_written_to_is_still_known():
    assert kept(" Root@Localhost\u200b ") == "root@localhost"


@pytest.mark.django_db
def test_no_form_of_the_site_takes_an_address_that_no_letter_reaches(client):
    LearningEventPageFactory(slug="permits")
    address = "aino@xn--a.com"
    registering = client.post("/events/permits/register/", {"mode": "on-site", "name": "E", "email": address})
    signing_up = client.post("/account/signup/", sign_up(address))
    resetting = client.post("/account/password/reset/", {"email": address})

    errors = [answer.context["form"].errors.get("email") for answer in (registering, signing_up, resetting)]
    assert errors == [[SENTENCE]] * 3
    assert (Letter.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_an_account_made_in_the_admin_has_an_address_that_letters_reach():
    user = UserFactory()
    user.email = UNSENDABLE[0]

    with pytest.raises(ValidationError) as refused:
        user.full_clean()

    assert refused.value.message_dict.keys() == {"email"}


@pytest.mark.django_db
def test_whoever_makes_accounts_in_the_admin_makes_no_second_one_of_a_mailbox(signed_in):
    browser = signed_in(UserFactory(email="ada@example.org", is_superuser=True))
    data = {"first_name": "Aino", "last_name": "E", "password1": PASSWORD, "password2": PASSWORD}

    for address in ("A\u00adino@Bücher.example", "aino@xn--bcher-kva.\u200bexample", "\u200eADA@example.org"):
        browser.post(reverse("wagtailusers_users:add"), data | {"email": address})

    assert list(User.objects.order_by("pk").values_list("email", flat=True)) == [
        "ada@example.org",
        "aino@xn--bcher-kva.example",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ONE_MAILBOX.values(), ids=ONE_MAILBOX)
def test_nobody_has_two_accounts_or_places_by_writing_an_address_otherwise(client, typed):
    event = LearningEventPageFactory(slug="permits")
    UserFactory(email="aino@example.org")
    for address in ("aino@example.org", typed):
        client.post(
            "/events/permits/register/",
            {"mode": "on-site", "name": "Aino", "email": address, "country": "", "organisation": ""},
        )
    client.post("/account/signup/", sign_up(typed))
    EventOrganiser.objects.create(event=event, email=typed)

    assert list(User.objects.values_list("email", flat=True)) == ["aino@example.org"]
    assert list(Participant.objects.values_list("email", flat=True)) == ["aino@example.org"]
    assert list(EventOrganiser.objects.values_list("email", flat=True)) == ["aino@example.org"]
    assert event.registrations.count() == 1
    assert set(Letter.objects.values_list("to", flat=True)) == {"aino@example.org"}


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ONE_MAILBOX.values(), ids=ONE_MAILBOX)
def test_who_signs_in_or_forgot_the_password_is_known_however_they_write_their_address(client, typed):
    user = UserFactory(email="aino@example.org")

    client.post("/account/password/reset/", {"email": typed})
    client.post("/account/login/", {"login": typed, "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(user.pk)
    assert [(one.to, one.about) for one in Letter.objects.all()] == [("aino@example.org", f"user:{user.pk}")]


@pytest.mark.django_db
def test_a_host_in_another_script_is_the_same_in_both_ways_of_writing(client):
    user = UserFactory(email="a@bücher.example")

    client.post("/account/login/", {"login": "A@BÜCHER.example", "password": PASSWORD})

    assert User.objects.get().email == "a@xn--bcher-kva.example"
    assert client.session["_auth_user_id"] == str(user.pk)


def sign_up(address):
    return {
        "email": address,
        "first_name": "E",
        "last_name": "E",
        "password1": "tailings-and-daylight",
        "password2": "tailings-and-daylight",
    }
