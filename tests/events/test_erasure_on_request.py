"""What is known about a person goes when they ask for it, and goes again after an older backup came back."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events import registration
from events.erasure_on_request import ErasedPerson, entries, erase_again, erase_person, register_path
from events.models import Participant, Registration
from network.models import Letter, User
from tests.factories import (
    AttendanceFactory,
    LearningEventPageFactory,
    LetterFactory,
    MembershipFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def known_of(*words):
    """Which of these words stand in any row about people or letters."""
    rows = [
        *Participant.objects.values_list("email", "name", "organisation_as_stated"),
        *Registration.objects.values_list("needs", "cancel_reason"),
        *Letter.objects.values_list("to", "subject", "text"),
        *User.objects.values_list("email", "first_name", "last_name"),
    ]
    text = str(rows).lower()
    return [word for word in words if word in text]


def test_everything_about_the_person_goes_their_place_goes_to_the_next_and_the_counts_stay(guest, client):
    past, coming = LearningEventPageFactory(days=-20, retention_weeks=50), LearningEventPageFactory()
    was_there = RegistrationFactory(event=past, participant__email="carla@example.org", needs="No stairs")
    AttendanceFactory(registration=was_there)
    registration.change_capacity(coming, {"on-site": 1}, by=None)
    carla = registration.confirm(registration.register(coming, guest("Carla"), "on-site"))
    bruno = registration.confirm(registration.register(coming, guest("Bruno"), "on-site"))
    LetterFactory(to="officer@example.org", text="A reader writes: Carla, carla@example.org")

    erased = erase_person("Carla@Example.org ")

    assert (erased.registrations, erased.accounts) == (2, 0)
    assert known_of("carla", "stairs", "bruno") == ["bruno"]
    states = dict(Registration.objects.values_list("pk", "state"))
    assert (states[carla.pk], states[bruno.pk]) == ("withdrawn", "confirmed")
    assert Registration.objects.get(pk=was_there.pk).attendance.presence == "present"
    assert client.get(f"/events/registration/{carla.token}/").status_code == 404


def test_the_person_is_known_however_whoever_runs_the_site_writes_the_address():
    RegistrationFactory(participant__email="carla@bücher.example")
    LetterFactory(to="carla@bücher.example")

    call_command("erase_person", " Carla@BU\u0308CH\u200bER.example", verbosity=0)

    assert known_of("carla") == []


def test_a_place_that_nobody_confirmed_goes_too(guest):
    carla = registration.register(LearningEventPageFactory(), guest("Carla"), "on-site")

    erase_person("carla@example.org")

    carla.refresh_from_db()
    assert (carla.state, carla.stated, carla.hold_letter) == ("withdrawn", {}, None)
    assert known_of("carla") == []


def test_an_account_is_closed_and_names_nobody_any_more(client):
    user = UserFactory(email="aino@example.org", first_name="Aino", last_name="Virtanen")
    MembershipFactory(user=user)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert erase_person("aino@example.org").accounts == 1

    fresh = User.objects.get(pk=user.pk)
    assert (fresh.is_active, fresh.has_usable_password(), fresh.memberships.count()) == (False, False, 0)
    assert fresh.emailaddress_set.count() == 0
    assert known_of("aino", "virtanen") == []
    assert client.get("/my/").status_code == 302


def test_the_register_names_nobody_and_is_for_this_site_only():
    RegistrationFactory(participant__email="carla@example.org")

    erase_person("carla@example.org")

    assert "carla" not in register_path().read_text()
    assert register_path().stat().st_mode & 0o777 == 0o600
    assert len(entries()) == 1


def test_whom_an_older_backup_brought_back_is_erased_again_but_not_what_came_later(guest):
    before, after = LearningEventPageFactory(), LearningEventPageFactory()
    now = timezone.now()
    registration.register(before, guest("Carla"), "on-site", now=now)
    erase_person("carla@example.org", now=now + timedelta(hours=1))
    # The backup brings her back; and she had registered for another event after her erasure.
    again = registration.register(before, guest("Carla"), "on-site")
    Registration.objects.filter(pk=again.pk).update(registered_at=now)
    Letter.objects.all().delete()
    later = registration.register(after, guest("Carla"), "on-site")
    Registration.objects.filter(pk=later.pk).update(registered_at=now + timedelta(hours=2))
    Letter.objects.update(written_at=now + timedelta(hours=2))

    assert (erase_again(), erase_again()) == (1, 0)

    assert {
        row.event_id: row.erased_at is None
        for row in Registration.objects.filter(pk__in=[again.pk, later.pk])
    } == {
        before.pk: False,
        after.pk: True,
    }
    assert Participant.objects.filter(email="carla@example.org").count() == 1


def test_the_command_says_what_it_did_and_refuses_what_is_no_address(capsys):
    RegistrationFactory(participant__email="carla@example.org")

    call_command("erase_person", "carla@example.org")
    call_command("erase_person", "carla@example.org")

    assert capsys.readouterr().out == (
        "Erased 1 registrations, 0 accounts, 0 letters.\nErased 0 registrations, 0 accounts, 0 letters.\n"
    )
    with pytest.raises(CommandError, match="“carla” is not an e-mail address"):
        call_command("erase_person", "carla")


def test_who_is_unknown_is_no_error():
    assert erase_person("nobody@example.org") == ErasedPerson(0, 0, 0)


def test_letters_of_somebody_whose_address_ends_alike_stay():
    LetterFactory(to="a@example.org", text="Yours.")
    LetterFactory(to="officer@example.org", text="Written by a@example.org.")
    LetterFactory(
        to="maria@example.org", text="Written by maria@example.org, a@example.org.uk and x.a@example.org"
    )

    erase_person("a@example.org")

    assert list(Letter.objects.values_list("to", flat=True)) == ["maria@example.org"]
