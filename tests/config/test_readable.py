import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from config.wsgi import application
from tests.factories import LearningEventPageFactory, UserFactory
from tests.factories.network import PASSWORD

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
# (content type, body) that no browser of ours sends.
UNREADABLE = {
    "in UTF-16": (f"{FORM}; charset=utf-16", "email=a".encode("utf-16")),
    "in UTF-7": (f"{FORM}; charset=utf-7", b"email=+ADw-"),
    "in an unknown charset": (f"{FORM}; charset=no-such", b"email=a"),
    "in a codec that is none of text": (f"{FORM}; charset=hex", b"email=a"),
    "of too many fields": (FORM, b"&".join(b"f%d=1" % number for number in range(1100))),
    "cut off": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a'),
    "without its boundary": ("multipart/form-data", b"--x\r\n"),
    "of parts in UTF-16": (
        "multipart/form-data; boundary=x; charset=utf-16",
        b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\na\r\n--x--\r\n',
    ),
}


@pytest.fixture
def browser():
    """A browser whose forms are guarded as on the real site, and whose errors are answers."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def send(browser, address, kind):
    content_type, body = UNREADABLE[kind]
    return browser.generic("POST", address, body, content_type)


@pytest.mark.parametrize("kind", [kind for kind in UNREADABLE if kind != "cut off"])
def test_a_form_that_cannot_be_read_gets_a_sentence(browser, kind):
    response = send(browser, reverse("account_login"), kind)

    assert (response.status_code, response.templates[0].name) == (400, "400.html")
    assert "Please ask for less, or start again." in response.content.decode()


@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "wagtailadmin_home", "my_work"])
def test_no_form_of_any_room_falls_over_what_cannot_be_read(browser, kind, name):
    assert send(browser, reverse(name), kind).status_code in (400, 403)


def test_a_form_of_an_event_does_not_either(browser):
    event = LearningEventPageFactory()
    address = reverse("event_register", args=[event.slug])

    assert send(browser, address, "in UTF-16").status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "us-ascii"])
def test_what_is_text_of_the_web_is_read(client, charset):
    response = client.get("/", CONTENT_TYPE=f"text/plain; charset={charset}")

    assert response.status_code == 200


@pytest.mark.parametrize("charset", ["hex", "undefined", "utf-16", "no-such", "a\x00b"])
def test_no_page_falls_over_a_charset_that_is_none(charset):
    statuses = []
    environ = RequestFactory().get("/search/?q=slag").environ
    environ["CONTENT_TYPE"] = f"text/plain; charset={charset}"

    body = application(environ, lambda status, headers, *error: statuses.append(status))
    body.close()

    assert statuses == ["400 Bad Request"]


def test_a_form_that_is_out_of_date_says_what_to_do_and_gives_nothing_away(browser):
    browser.cookies["sessionid"] = "gone"

    response = browser.post(
        reverse("account_login"), {"login": "a@example.org", "password": "kept-to-oneself"}
    )

    text = response.content.decode()
    assert (response.status_code, response.templates[0].name) == (403, "403_csrf.html")
    assert "copy what you typed, load the page again and send it once more" in text
    assert "kept-to-oneself" not in text


def test_without_cookies_the_page_says_that_they_are_needed(browser):
    response = browser.post(reverse("account_login"), {"login": "a@example.org"})

    assert "Allow cookies for this site" in response.content.decode()


def test_a_nul_that_a_program_put_into_what_was_copied_is_left_out(client):
    response = client.post("/account/password/reset/", {"email": "ai\x00no@exam\x00ple"})

    assert response.status_code == 200
    assert response.context["form"].data["email"] == "aino@example"
    assert response.context["form"].errors.keys() == {"email"}


def test_a_password_with_a_nul_is_refused_and_never_changed(client):
    UserFactory(email="aino@example.org")

    response = client.post("/account/login/", {"login": "aino@example.org", "password": f"\x00{PASSWORD}"})

    assert "_auth_user_id" not in client.session
    assert response.context["form"].errors.keys() == {"password"}


def test_marks_that_nobody_sees_are_gone_before_any_form_or_question_looks(client):
    UserFactory(email="aino@example.org")

    asked = client.get("/api/v1/search", {"q": "red\u00ad mud\u200b", "\ufeffpage_size": "\u200e5"})
    resetting = client.post("/account/password/reset/", {"em\u200bail": "ai\u00adno@example.org\u2069"})

    assert asked.status_code == 200
    assert resetting.wsgi_request.POST["email"] == "aino@example.org"
