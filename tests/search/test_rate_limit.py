from search.rate_limit import RateLimit


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
