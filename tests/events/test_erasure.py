from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from events import erasure, registration
from events.erasure import Erased, erase_expired
from events.models import LearningEventPage, Participant, Registration, SurveyAnswer
from network.models import Letter
from tests.factories import (
    AttendanceFactory,
    LearningEventPageFactory,
    OrganisationFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
)

pytestmark = pytest.mark.django_db


def test_nothing_personal_is_left_after_the_date_and_the_counts_stay(member, client):
    event = LearningEventPageFactory(retention_weeks=2)
    organisation = OrganisationFactory(name="Region Norrbotten")
    carla = registration.register(
        event, member("Carla", organisation="Region Norrbotten"), "on-site", needs="No stairs"
    )
    AttendanceFactory(registration=carla)
    SurveyAnswerFactory(registration=carla, comment="I, Carla, liked it")
    now = event.end + timedelta(weeks=2)

    erased = erase_expired(now)
    again = erase_expired(now)

    person = Participant.objects.get()
    row = Registration.objects.get()
    assert (erased, again) == (Erased(1, 1, 1), Erased(0, 0, 0))
    assert (person.name, person.email, person.organisation_as_stated) == ("", "", "")
    assert (person.uuid, person.organisation, person.country) == (carla.participant.uuid, organisation, "SE")
    assert (row.needs, row.state, row.attendance.presence) == ("", "confirmed", "present")
    assert list(SurveyAnswer.objects.values_list("capacity", "comment")) == [(4, "")]
    assert Letter.objects.count() == 0
    assert client.get(f"/events/registration/{carla.token}/").status_code == 404


def test_nothing_is_erased_before_the_date():
    event = LearningEventPageFactory(days=-6, retention_weeks=1)
    RegistrationFactory(event=event, needs="No stairs")

    assert erase_expired() == Erased(0, 0, 0)


def test_wishes_go_a_week_after_the_event():
    RegistrationFactory(event=LearningEventPageFactory(days=-8), needs="No stairs")

    assert (erase_expired(), Registration.objects.get().needs) == (Erased(1, 0, 0), "")


def test_who_still_takes_part_elsewhere_is_kept_but_not_named_at_the_old_event(member):
    old, new = LearningEventPageFactory(retention_weeks=1), LearningEventPageFactory()
    registration.register(old, member("Carla"), "on-site")
    registration.register(new, member("Carla"), "on-site")
    LearningEventPage.objects.filter(pk=old.pk).update(
        start=timezone.now() - timedelta(days=9), end=timezone.now() - timedelta(days=8)
    )

    call_command("erase_expired_registrations")

    assert Participant.objects.get().name == "Carla"
    assert {row.event_id: row.erased_at is None for row in Registration.objects.all()} == {
        old.pk: False,
        new.pk: True,
    }
    assert [letter.text.count(f"/events/{old.slug}/") for letter in Letter.objects.all()] == [0]


def test_letters_are_found_whatever_the_event_is_called_today(guest):
    event = LearningEventPageFactory(retention_weeks=2, slug="old-name")
    registration.register(event, guest("Carla"), "on-site")
    Letter.objects.update(text="Dear Carla")
    event.slug = "new-name"
    event.save()

    erase_expired(event.end + timedelta(weeks=2))

    assert Letter.objects.count() == 0


def test_an_event_that_cannot_be_erased_keeps_none_of_the_others_from_it(monkeypatch):
    bad, good = (
        LearningEventPageFactory(days=-60, retention_weeks=1, title=title) for title in ("Bad", "Good")
    )
    for event in (bad, good):
        RegistrationFactory(event=event)
    # A token that cannot be written, for the first event only.
    tokens = iter([None, "a-new-token"])
    monkeypatch.setattr(erasure, "new_token", lambda: next(tokens))

    with pytest.raises(IntegrityError):
        erase_expired()

    assert [row.event.title for row in Registration.objects.exclude(erased_at=None)] == ["Good"]
