"""Who is marked as present was there: the mark is corrected by the organiser, and nothing else undoes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import attendance, erasure_on_request, registration
from events.models import Attendance, EventStatus, Registration
from events.registration import Refused
from tests.factories import AttendanceFactory, LearningEventPageFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    """An event that runs just now."""
    now = timezone.now()
    return LearningEventPageFactory(
        slug="running", start=now - timedelta(hours=1), end=now + timedelta(hours=1)
    )


@pytest.fixture
def carla(running):
    """Carla, who is there."""
    mark = AttendanceFactory(registration__event=running, registration__participant__email="c@example.org")
    return mark.registration


def state_and_mark(row):
    row = Registration.objects.get(pk=row.pk)
    return row.state, row.attendance.presence


def test_who_was_there_does_not_withdraw_by_the_link_any_more(client, carla):
    address = f"/events/registration/{carla.token}/"

    own = client.get(address).content.decode()
    asked = client.get(f"{address}withdraw/").content.decode()
    sent = client.post(f"{address}withdraw/").content.decode()

    sentence = "You are marked as present. If you were not there, tell the organiser, who corrects it."
    assert ("Give up my place" in own, "<button" in asked.partition("<h1")[2].partition("</main")[0]) == (
        False,
        False,
    )
    assert (asked.count(sentence), sent.count(sentence)) == (1, 1)
    assert state_and_mark(carla) == ("confirmed", "present")


def test_neither_removing_nor_calling_off_undoes_that_people_were_there(running, carla):
    officer = UserFactory()

    with pytest.raises(Refused, match="mark them as absent first"):
        registration.remove(carla, "No reason", by=officer)
    with pytest.raises(Refused, match="correct the marks"):
        registration.cancel_event(running, "No reason", by=officer)

    assert state_and_mark(carla) == ("confirmed", "present")
    assert not EventStatus.objects.filter(event=running, cancelled_at__isnull=False).exists()


def test_once_the_mark_is_corrected_all_of_it_can_be_done(running, carla):
    attendance.record(running, {carla.pk: "absent"}, by=UserFactory())

    registration.withdraw(carla)

    assert state_and_mark(carla) == ("withdrawn", "absent")


def test_the_mark_of_who_has_withdrawn_since_can_be_corrected(running, signed_in):
    organiser = UserFactory(email="olga@example.org")
    running.organisers.create(email="olga@example.org")
    gone = AttendanceFactory(registration__event=running, registration__state="withdrawn").registration
    never_there = RegistrationFactory(event=running, state="withdrawn")
    browser = signed_in(organiser)

    page = browser.get("/events/running/participants/").content.decode()
    browser.post(
        "/events/running/participants/",
        {f"presence-{gone.pk}": "absent", f"presence-{never_there.pk}": "present"},
    )

    assert f'name="presence-{gone.pk}"' in page
    assert f'name="presence-{never_there.pk}"' not in page
    assert [(mark.registration_id, mark.presence) for mark in Attendance.objects.all()] == [
        (gone.pk, "absent")
    ]


def test_who_asks_to_be_erased_while_they_are_there_stays_counted(carla):
    erasure_on_request.erase("c@example.org", before=timezone.now(), now=timezone.now())

    assert state_and_mark(carla) == ("confirmed", "present")
    assert Registration.objects.get(pk=carla.pk).participant.email == ""
