import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client

from network.rights import ADMINISTRATORS, AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from network.second_factor import lacks_second_factor
from tests.factories import LearningEventPageFactory, RegistrationFactory, UserFactory
from tests.factories.network import PASSWORD

pytestmark = pytest.mark.django_db
SET_UP = "/account/2fa/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def in_group(name):
    return UserFactory(groups=[Group.objects.get(name=name)])


def sign_in(client, user, **data):
    return client.post("/account/login/", {"login": user.email, "password": PASSWORD} | data)


def code_for(secret):
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up_app(client):
    """Do what the page asks for: the password once more, scan, and type the code that the app shows."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get(f"{SET_UP}totp/activate/").context["form"].secret
    return client.post(f"{SET_UP}totp/activate/", {"code": code_for(secret)}), secret


def test_officers_and_administrators_must_have_a_second_factor_and_others_need_not():
    superuser = UserFactory(is_superuser=True)
    people = {name: in_group(name) for name in (OFFICERS, ADMINISTRATORS, EXPERTS, AUDITORS, CONTRIBUTORS)}

    asked = {name: lacks_second_factor(user) for name, user in people.items()}

    assert asked == {
        OFFICERS: True,
        ADMINISTRATORS: True,
        EXPERTS: False,
        AUDITORS: False,
        CONTRIBUTORS: False,
    }
    assert (lacks_second_factor(superuser), lacks_second_factor(None)) == (True, False)


@pytest.mark.parametrize("next_page", ["", "/", "/admin/knowledge/desk/"])
def test_an_officer_without_one_is_led_to_set_it_up_at_sign_in(client, next_page):
    answer = sign_in(client, in_group(OFFICERS), next=next_page)

    page = client.get(SET_UP).content.decode()
    assert (answer.status_code, answer["Location"]) == (302, SET_UP)
    assert "Set up an authenticator app or a passkey first" in page


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/knowledge/desk/", "/admin/users/", "/my/", "/events/one/participants/"]
)
def test_until_then_every_page_that_is_not_for_visitors_leads_there_without_circles(client, address):
    LearningEventPageFactory(slug="one")
    sign_in(client, in_group(OFFICERS))

    answer = client.get(address, follow=True)

    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, SET_UP)


def test_until_then_an_officer_can_do_nothing_that_a_visitor_cannot(client):
    place = RegistrationFactory(event__slug="one", participant__name="Carla Private")
    event = place.event
    sign_in(client, in_group(OFFICERS))

    answers = [
        client.post("/events/one/cancel/", {"reason": "None"}),
        client.post(f"/events/one/participants/{place.pk}/remove/", {"reason": "None"}),
    ]
    csv = client.get("/events/one/participants.csv")

    place.refresh_from_db()
    assert [answer["Location"] for answer in answers] == [SET_UP, SET_UP]
    assert (csv["Location"], place.state, hasattr(event, "status")) == (SET_UP, "confirmed", False)


def test_public_pages_the_api_the_own_account_and_signing_out_stay_open(client):
    LearningEventPageFactory(slug="one")
    sign_in(client, in_group(ADMINISTRATORS))

    pages = [
        "/",
        "/search/",
        "/events/one/",
        "/api/v1/search",
        "/account/email/",
        "/account/password/change/",
    ]
    statuses = {page: client.get(page).status_code for page in pages}
    out = client.post("/account/logout/")

    assert statuses == dict.fromkeys(pages, 200)
    assert (out.status_code, out["Location"], "_auth_user_id" in client.session) == (302, "/", False)


def test_with_an_app_the_desk_opens_and_the_next_sign_in_asks_for_a_code(client):
    officer = in_group(OFFICERS)
    sign_in(client, officer)

    answer, secret = set_up_app(client)
    desk = client.get("/admin/knowledge/desk/")
    other = Client()
    halfway = sign_in(other, officer)
    before = other.get("/admin/knowledge/desk/")
    wrong = other.post(f"{SET_UP}authenticate/", {"code": "000000"})
    spare = RecoveryCodes(officer.authenticator_set.get(type="recovery_codes")).get_unused_codes()[0]
    other.post(f"{SET_UP}authenticate/", {"code": spare})

    assert (answer["Location"], desk.status_code) == (f"{SET_UP}recovery-codes/", 200)
    assert (halfway["Location"].partition("?")[0], wrong.status_code) == (f"{SET_UP}authenticate/", 200)
    assert before["Location"].startswith("/account/login/")
    assert other.get("/admin/knowledge/desk/").status_code == 200
    assert secret


def test_a_contributor_is_not_asked(client):
    answer = sign_in(client, in_group(CONTRIBUTORS))

    assert (answer["Location"], client.get("/my/").status_code) == ("/my/", 200)


def test_where_it_is_not_required_nobody_is_asked(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    answer = sign_in(client, in_group(OFFICERS))

    assert (answer["Location"], client.get("/admin/knowledge/desk/").status_code) == ("/my/", 200)


def test_who_takes_the_factor_away_again_has_to_set_one_up_again(client):
    sign_in(client, in_group(OFFICERS))
    set_up_app(client)

    client.post(f"{SET_UP}totp/deactivate/")

    assert client.get("/admin/knowledge/desk/")["Location"] == SET_UP


def test_every_page_about_the_second_factor_is_drawn_in_our_frame_without_code_of_its_own(client):
    sign_in(client, in_group(OFFICERS))
    before = [client.get("/account/reauthenticate/")]
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    before += [client.get(f"{SET_UP}{page}") for page in ("", "totp/activate/", "webauthn/add/")]
    set_up_app(client)
    after = [
        client.get(f"{SET_UP}{page}")
        for page in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "webauthn/")
    ]

    for page in before + after:
        text = page.content.decode()
        assert (page.status_code, "top__bar" in text) == (200, True)
        assert [tag for tag in scripts(text) if "src=" not in tag and "application/json" not in tag] == []


def scripts(text):
    return [tag.partition(">")[0] for tag in text.split("<script")[1:]]


def test_who_lost_everything_is_let_in_by_whoever_runs_the_site(client, capsys):
    officer = in_group(OFFICERS)
    sign_in(client, officer)
    set_up_app(client)

    call_command("forget_second_factor", f"\u200b{officer.email.upper()}")
    call_command("forget_second_factor", officer.email)

    assert officer.authenticator_set.count() == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{officer.email} signs in with the password alone until a new second factor is set up.",
        f"{officer.email} has no second factor.",
    ]
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("forget_second_factor", "nobody@example.org")
