from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.utils import timezone

from network.attempts import too_many_attempts
from network.models import Attempt
from tests.events.test_registration_threads import at_once
from tests.factories import UserFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def ask(rf):
    """Whether somebody was refused: `ask("192.0.2.1")`, or with an account `ask(user=aino)`."""

    def asked(address="192.0.2.1", user=None, what="write", now=None):
        request = rf.post("/", REMOTE_ADDR=address)
        request.user = user or AnonymousUser()
        return too_many_attempts(request, what, limit=2, within=HOUR, now=now)

    return asked


@pytest.mark.django_db
def test_the_third_attempt_within_the_hour_is_refused_and_the_next_hour_is_a_new_one(ask):
    now = timezone.now()

    refused = [ask(now=now + timedelta(minutes=minutes)) for minutes in (0, 30, 59, 61, 62)]

    assert refused == [False, False, True, False, True]


@pytest.mark.django_db
def test_everybody_is_counted_alone_and_everything_apart(ask):
    aino, bruno = UserFactory(), UserFactory()
    for who in ({}, {"user": aino}):
        for _time in range(2):
            ask(**who)

    assert [
        ask(),
        ask(user=aino),
        ask(what="read"),
        ask("192.0.2.2"),
        ask(user=bruno),
    ] == [True, True, False, False, False]


@pytest.mark.django_db
def test_no_address_is_kept_and_nothing_longer_than_a_day(ask):
    ask(now=timezone.now() - timedelta(days=1, minutes=1))

    ask()

    attempt = Attempt.objects.get()
    assert (len(attempt.client), "192" in attempt.client, attempt.what) == (32, False, "write")


@pytest.mark.django_db(transaction=True)
def test_of_many_attempts_at_once_no_more_pass_than_may(ask):
    passed = []

    problems = at_once(*[lambda: passed.append(not ask())] * 8)

    connections.close_all()
    assert (problems, sum(passed) <= 2) == ([], True)
