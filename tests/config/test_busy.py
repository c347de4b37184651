"""A write lock that lasts: a second connection really holds it, and nobody waits longer than they must."""

import sqlite3
from contextlib import contextmanager

import psycopg
import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.urls import reverse

from config.busy import fault
from knowledge.models import GoodPracticePage
from tests.events.test_pages import CARLA
from tests.factories import GoodPracticePageFactory, LearningEventPageFactory, RegionFactory, UserFactory
from tests.knowledge.sent_forms import filled

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = (
    "django_cache, network_user, django_session, wagtailcore_page, events_registration, events_participant"
)


@contextmanager
def somebody_else_writes():
    """Another connection holds the lock, and this one waits a fifth of a second for it."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA busy_timeout = 200")
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        connection.cursor().execute("SET lock_timeout = '200ms'")
        known = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port")
        other = psycopg.connect(**{name: known[name] for name in names if known.get(name)})
        other.execute(f"LOCK TABLE {TABLES} IN SHARE ROW EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.close()
        connection.close()


@pytest.fixture
def patient(client):
    """A browser: it is shown what goes wrong instead of stopping the test."""
    client.raise_request_exception = False
    return client


def said(response):
    return (
        response.status_code,
        response.headers.get("Retry-After"),
        "What you typed is still in your browser: go back and try again in a minute."
        in response.content.decode(),
    )


PLAIN = (503, "60", True)


def test_who_signs_in_meanwhile_is_asked_to_come_back_and_not_told_of_too_many_attempts(patient):
    user = UserFactory()
    user.set_password("a long enough password")
    user.save()
    sent = {"login": user.email, "password": "a long enough password"}

    with somebody_else_writes():
        answer = patient.post(reverse("account_login"), sent)
    again = patient.post(reverse("account_login"), sent)

    assert said(answer) == PLAIN
    assert again.status_code == 302


def test_who_registers_meanwhile_is_asked_to_come_back(patient):
    RegionFactory(code="SE", name="Sweden")
    event = LearningEventPageFactory()

    with somebody_else_writes():
        answer = patient.post(reverse("event_register", args=[event.slug]), CARLA)

    assert said(answer) == PLAIN
    assert event.registrations.count() == 0


def test_who_saves_in_the_editor_meanwhile_is_asked_to_come_back(signed_in, patient):
    user = UserFactory(is_superuser=True)
    page = GoodPracticePageFactory(owner=user, summary="Before.")
    page.save_revision(user=user)
    client = signed_in(user)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = filled(client.get(address))

    with somebody_else_writes():
        answer = client.post(address, data | {"summary": "After."})

    assert said(answer) == PLAIN
    assert GoodPracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == "Before."


def test_who_only_reads_notices_nothing(patient):
    page = GoodPracticePageFactory(title="Old pond")
    addresses = (page.url, "/", "/healthz", "/api/v1/search")
    before = [patient.get(address).status_code for address in addresses]

    with somebody_else_writes():
        meanwhile = [patient.get(address).status_code for address in addresses]

    assert (before, meanwhile) == ([200] * 4, [200] * 4)


def test_the_cache_says_when_it_cannot_be_written_and_when_somebody_has_the_key():
    # The table of the cache outlives a test.
    cache.delete("somebody")

    with somebody_else_writes(), pytest.raises(OperationalError):
        cache.add("somebody", 1)

    assert [cache.add("somebody", 1), cache.add("somebody", 2), cache.get("somebody")] == [True, False, 1]


def answer_to(problem, path):
    try:
        raise problem
    except Exception:
        return fault(RequestFactory().get(path))


def test_programs_are_told_in_json():
    answer = answer_to(OperationalError("database is locked"), "/api/v1/search")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert b"Please try again in a minute." in answer.content


def test_any_other_fault_stays_a_fault():
    statuses = [
        answer_to(problem, "/").status_code
        for problem in (OperationalError("no such table"), ValueError("is locked"), KeyError("x"))
    ]

    assert statuses == [500, 500, 500]


def test_what_is_only_kept_to_save_work_is_kept_or_not_and_stops_nobody():
    # The table of the cache outlives a test.
    cache.delete("root-paths")

    with somebody_else_writes():
        cache.set("root-paths", "some")
        while_held = cache.get("root-paths")
    cache.set("root-paths", "more")

    assert (while_held, cache.get("root-paths")) == (None, "more")


def test_who_reads_what_has_expired_writes_nothing_and_waits_for_nobody():
    cache.set("root-paths", "old", timeout=0)

    with somebody_else_writes():
        while_held = cache.get("root-paths"), cache.get_many(["root-paths"]), cache.has_key("root-paths")
    cache.set("root-paths", "new")

    assert (while_held, cache.get("root-paths")) == ((None, {}, False), "new")


def test_who_writes_after_a_look_at_the_cache_has_the_usual_patience():
    connection.ensure_connection()
    usual = patience()

    cache.set("root-paths", "some")

    assert patience() == usual


def patience():
    """How long this connection waits for others, as its database says it."""
    question = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout"
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
