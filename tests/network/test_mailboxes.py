import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage

from network.mailboxes import MailboxField
from network.models import Letter, User
from tests.factories import LearningEventPageFactory, UserFactory

UNSENDABLE = ["a@\u200eb.example", "a@אב1.com", "a@b.exam\u200bple", "a@b.example\u00ad"]
SENTENCE = "No letter can be sent to this address. Look for unusual or invisible characters in it."


@pytest.mark.parametrize(
    "address", ["aino@example.org", "a+b@bücher.example", "a@xn--bcher-kva.example", "o'x@a.eu"]
)
def test_an_address_that_is_taken_can_stand_in_a_letter(address):
    assert MailboxField().clean(address) == address
    assert EmailMessage("s", "t", to=[address]).message()["To"]


@pytest.mark.parametrize("address", UNSENDABLE)
def test_an_address_that_no_letter_can_bear_is_refused_with_a_sentence(address):
    with pytest.raises(ValidationError) as refused:
        MailboxField().clean(address)

    assert refused.value.messages == [SENTENCE]


@pytest.mark.django_db
@pytest.mark.parametrize("address", UNSENDABLE)
def test_no_form_of_the_site_takes_such_an_address(client, address):
    LearningEventPageFactory(slug="permits")
    registering = client.post("/events/permits/register/", {"mode": "on-site", "name": "E", "email": address})
    signing_up = client.post(
        "/account/signup/",
        {
            "email": address,
            "first_name": "E",
            "last_name": "E",
            "password1": "tailings-and-daylight",
            "password2": "tailings-and-daylight",
        },
    )
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

    assert refused.value.message_dict == {"email": [SENTENCE]}
