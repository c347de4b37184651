from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from network.client import client_of, scrambled
from tests.factories import UserFactory
from tests.factories.network import PASSWORD


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.4, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.4, 203.0.113.9", "198.51.100.4"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        (1, "fe80::1%eth0", "fe80::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "nonsense", "192.0.2.1"),
        (1, "1" * 9000, "192.0.2.1"),
        (1, ", ,", "192.0.2.1"),
        (1, "203.0.113.9, [", "192.0.2.1"),
        (1, "\x00\u202e\n203.0.113.9", "192.0.2.1"),
    ],
)
def test_the_client_is_who_our_own_proxies_say(rf, settings, proxies, forwarded, client):
    settings.PROXIES = proxies

    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_of(request) == client


def test_a_request_without_an_address_has_a_client_too(rf):
    assert client_of(rf.get("/", REMOTE_ADDR="")) == "unknown"


def test_a_scrambled_client_is_another_one_tomorrow_and_still_known_as_yesterdays():
    evening = datetime(2026, 11, 27, 23, 59, tzinfo=ZoneInfo("Europe/Brussels"))
    morning = datetime(2026, 11, 28, 0, 1, tzinfo=ZoneInfo("Europe/Brussels"))

    today, tomorrow = scrambled("192.0.2.1", evening), scrambled("192.0.2.1", morning)

    assert tomorrow[1] == today[0]
    assert len({*today, *tomorrow, *scrambled("192.0.2.2", evening)}) == 5


def sign_in(client, address, email, password):
    """Whether the sign-in page lets this client in; it comes through our own proxy."""
    answer = client.post(
        "/account/login/",
        {"login": email, "password": password},
        REMOTE_ADDR="192.0.2.1",
        HTTP_X_FORWARDED_FOR=address,
    )
    return answer.status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("failing", ["203.0.113.9", "2001:db8:1:2::{}"])
def test_who_signs_in_wrongly_again_and_again_locks_nobody_else_out(client, settings, failing):
    settings.PROXIES = 1
    aino, bruno = UserFactory(), UserFactory()

    wrong = [
        sign_in(client, f"198.51.100.{number}, {failing.format(number)}", f"nobody{number}@example.org", "x")
        for number in range(11)
    ]
    same_client = sign_in(client, failing.format("ffff"), bruno.email, PASSWORD)
    other_client = sign_in(client, "203.0.113.10", aino.email, PASSWORD)

    assert (any(wrong), same_client, other_client) == (False, False, True)


@pytest.mark.django_db
def test_who_tries_passwords_at_an_account_never_keeps_its_owner_out(client, settings):
    settings.PROXIES = 1
    aino = UserFactory()

    for _number in range(30):
        sign_in(client, "203.0.113.9", aino.email, "wrong")

    assert sign_in(client, "203.0.113.10", aino.email, PASSWORD)


@pytest.mark.django_db
def test_without_a_proxy_nobody_is_told_apart_by_what_they_say_of_themselves(client, settings):
    settings.PROXIES = 0
    aino = UserFactory()

    for number in range(11):
        sign_in(client, f"203.0.113.{number}", f"nobody{number}@example.org", "wrong")

    assert not sign_in(client, "203.0.113.99", aino.email, PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize("rubbish", ["", ",", "x" * 5000, "[", "1.2.3.4, \x07", "::1%", "unknown"])
def test_rubbish_from_a_proxy_stops_nobody_from_signing_in(client, settings, rubbish):
    settings.PROXIES = 1

    assert sign_in(client, rubbish, UserFactory().email, PASSWORD)
