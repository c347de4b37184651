"""What the worker does once a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from home import duties
from network.models import DutyDone, Letter, Setback
from tests.factories import LearningEventPageFactory, LetterFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def done():
    return sorted(DutyDone.objects.values_list("name", "day", "count"))


def test_every_duty_is_done_once_a_day_and_recorded_with_its_count():
    RegistrationFactory(event=LearningEventPageFactory(days=-60, retention_weeks=1))
    LetterFactory(sent_at=NOON - 91 * DAY)
    Session.objects.create(session_key="old", session_data="", expire_date=NOON - DAY)
    Session.objects.create(session_key="open", session_data="", expire_date=timezone.now() + DAY)

    duties.do_due(NOON)
    duties.do_due(NOON + timedelta(hours=12))

    day = NOON.date()
    assert done() == [
        ("clear_finished_tasks", day, 0),
        ("empty_letters", day, 1),
        ("end_sessions", day, 1),
        ("erase_registrations", day, 1),
    ]
    assert [session.session_key for session in Session.objects.all()] == ["open"]

    duties.do_due(NOON + DAY)

    assert DutyDone.objects.count() == 8


def test_a_duty_that_fails_is_noted_and_the_others_are_done(monkeypatch):
    def fail(now):
        raise ValueError("a bug")

    bad = ("bad", "A bad duty", fail)
    monkeypatch.setattr(duties, "DUTIES", (bad, *duties.DUTIES))

    duties.do_due(NOON)
    duties.do_due(NOON)

    assert DutyDone.objects.count() == 4
    setback = Setback.objects.get()
    assert (setback.kind, setback.what, setback.tries) == ("duty", "A bad duty", 1)


def test_the_day_of_duties_begins_at_night():
    nights = [datetime(2026, 11, 27, hour, 30, tzinfo=UTC) for hour in (1, 2)]

    assert [duties.day_of(night).day for night in nights] == [26, 27]


def test_letters_that_nobody_could_send_end_after_90_days():
    LetterFactory(written_at=NOON - 91 * DAY)

    duties.do_due(NOON)

    assert Letter.objects.get().ended_at is not None
