"""Letters about accounts go through the outbox, and tell a stranger nothing."""

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings as site
from django.contrib.auth import hashers
from django.template.loader import get_template
from django.utils import timezone

from network import letters
from network.models import Letter, User
from tests.factories import UserFactory
from tests.factories.network import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "first_name": "Your account was locked",
    "last_name": "evil.example",
    "password1": "a-long-password-1",
    "password2": "a-long-password-1",
}


@pytest.fixture(autouse=True)
def no_mail_server(settings):
    """Nobody listens there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def sign_up(client, email):
    return client.post("/account/signup/", SIGN_UP | {"email": email})


def test_sign_up_works_without_a_mail_server_and_its_code_waits_until_it_ends(client):
    answer = sign_up(client, "aino@example.org")

    assert (answer.status_code, answer.url) == (302, "/account/confirm-email/")
    letter = Letter.objects.get()
    user = User.objects.get()
    assert (letter.to, letter.subject, letter.is_secret, letter.about) == (
        "aino@example.org",
        "Your code for Adit",
        True,
        f"user:{user.pk}",
    )
    assert timedelta(minutes=14) < letter.until - timezone.now() <= timedelta(minutes=15)
    assert letters.send_waiting() == 0
    letters.send_waiting(now=letter.until)
    assert Letter.objects.get().text == ""


def test_the_first_letter_holds_the_code_and_nothing_that_was_typed(client):
    sign_up(client, "aino@example.org")

    letter = Letter.objects.get()

    assert "locked" not in letter.text + letter.subject
    assert "evil" not in letter.text + letter.subject
    code = letter.text.splitlines()[4]
    answer = client.post("/account/confirm-email/", {"code": code})
    assert (answer.status_code, User.objects.get().emailaddress_set.get().verified) == (302, True)


def test_a_new_password_is_asked_for_without_a_mail_server_and_by_the_address_in_the_letter(client):
    UserFactory(email="aino@example.org")

    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in ("aino@example.org", "nobody@example.org")
    ]

    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, "/account/password/reset/done/")
    ] * 2
    known, unknown = Letter.objects.order_by("pk")
    assert (known.subject, unknown.subject) == (
        "A new password for Adit",
        "No account at Adit has this address",
    )
    assert known.is_secret
    assert timedelta(days=2) < known.until - timezone.now() <= timedelta(days=3)
    address = next(line for line in known.text.splitlines() if "/reset/key/" in line)
    assert client.get(address.removeprefix("http://localhost:8000"), follow=True).status_code == 200


class CountingHasher(hashers.MD5PasswordHasher):
    """Counts how often a password is hashed."""

    hashed = 0

    def encode(self, *args, **options):
        CountingHasher.hashed += 1
        return super().encode(*args, **options)


def test_signing_up_with_a_known_address_takes_as_much_work_and_answers_the_same(client, settings):
    UserFactory(email="aino@example.org")
    settings.PASSWORD_HASHERS = ["tests.network.test_accounts.CountingHasher"]

    work, answers = [], []
    for email in ("aino@example.org", "bruno@example.org"):
        CountingHasher.hashed = 0
        answers.append(sign_up(client, email))
        work.append(CountingHasher.hashed)
        client.logout()

    assert work == [1, 1]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/account/confirm-email/")] * 2
    assert Letter.objects.get(to="aino@example.org").subject == "You have an account at Adit already"


ALLAUTHS = Path(allauth.__file__).parent / "templates"
LETTERS = sorted(
    str(path.relative_to(ALLAUTHS)).removesuffix("_message.txt")
    for room in ("account", "mfa")
    for path in (ALLAUTHS / room / "email").glob("*_message.txt")
    if path.name != "base_message.txt"
)


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_about_an_account_is_written_in_our_own_words(name, settings):
    settings.SITE_URL = "https://adit.example"
    context = {
        "code": "WFM4-X2TB",
        "timestamp": timezone.now(),
        "from_email": "old@example.org",
        "to_email": "new@example.org",
        "deleted_email": "old@example.org",
        "password_reset_url": "http://testserver/account/password/reset/key/1-2/?next=%2Fmy%2F",
        "signup_url": "http://testserver/account/signup/",
    }

    get_adapter().send_mail(name, "aino@example.org", context)

    letter = Letter.objects.get()
    for part in ("subject", "message"):
        assert Path(get_template(f"{name}_{part}.txt").origin.name).is_relative_to(
            site.BASE_DIR / "templates"
        )
    assert "Adit" in letter.subject and "[" not in letter.subject
    assert letter.text.startswith("Hello,\n\n")
    assert letter.text.endswith("nobody reads an answer to it.\nhttps://adit.example/\n")
    assert re.findall(r"testserver|example\.com|\{\{|\{%|&#|localhost|\n\n\n|None", letter.text) == []


def test_whoever_has_a_new_password_is_told_of_it(client):
    user = UserFactory(email="aino@example.org")
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another-long-one-2", "password2": "another-long-one-2"},
    )

    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (
        "aino@example.org",
        "The password of your account at Adit has changed",
    )
    assert "/account/password/reset/" in letter.text


def test_links_in_letters_lead_to_the_site_whatever_host_was_asked(client, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://adit.example", ["*"]
    UserFactory(email="aino@example.org")

    client.post("/account/password/reset/", {"email": "aino@example.org"}, headers={"host": "evil.example"})

    addresses = re.findall(r"https?://[^/\s]+", Letter.objects.get().text)
    assert addresses == ["https://adit.example"] * 2
