import pytest

from search.rate_limit import RateLimit, client_of


def test_a_minutes_questions_may_come_at_once_and_the_next_ones_one_by_one():
    rate_limit = RateLimit()

    waits = [rate_limit.wait("a", 3, now=100) for _ in range(4)]

    assert waits == [0, 0, 0, 20]
    assert rate_limit.wait("a", 3, now=120) == 0
    assert rate_limit.wait("a", 3, now=120) == 20


def test_clients_do_not_wait_for_each_other():
    rate_limit = RateLimit()
    rate_limit.wait("a", 1, now=0)

    assert rate_limit.wait("a", 1, now=0) == 60
    assert rate_limit.wait("b", 1, now=0) == 0


def test_no_address_is_kept_and_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("search.rate_limit.MOST_CLIENTS", 3)
    rate_limit = RateLimit()

    for number in range(10):
        rate_limit.wait(f"192.0.2.{number}", 5, now=number)

    assert len(rate_limit.until) == 3
    assert all(isinstance(name, bytes) and len(name) == 12 for name in rate_limit.until)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.4, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.4, 203.0.113.9", "198.51.100.4"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "nonsense", "nonsense"),
    ],
)
def test_the_client_is_who_our_own_proxies_say(rf, settings, proxies, forwarded, client):
    settings.PROXIES = proxies

    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})

    assert client_of(request) == client
