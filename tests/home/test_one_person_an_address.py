"""What an upgrade does with people who stand here twice, because their address was written otherwise."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from events.choices import Presence, RegState
from events.models import EventOrganiser, Participant, Registration, SurveyAnswer
from knowledge.models import ImportedRecord
from network.choices import MembershipRole
from network.models import Letter, Membership, User
from search.models import SavedSearch, SynonymSet
from tests.factories import (
    AttendanceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    LetterFactory,
    MembershipFactory,
    ParticipantFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
    UserFactory,
)
from tests.factories.network import PASSWORD

MARKED = "ai\u200bno@example.org"
PLAIN = "aino@example.org"

pytestmark = pytest.mark.django_db


def upgrade():
    migration = import_module("home.migrations.0004_one_person_an_address")
    migration.one_person_an_address(apps, connection.schema_editor)


def write(row, column, value):
    """Put a value into the table as an older version of the site left it there."""
    table, column, key = map(connection.ops.quote_name, (row._meta.db_table, column, row._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [value, row.pk])  # noqa: S608


def account(address, *, proven=True, **fields):
    """An account as it was made when addresses were kept as they were typed."""
    user = UserFactory(**fields)
    write(user, "email", address)
    mailbox = user.emailaddress_set.get()
    write(mailbox, "email", address)
    EmailAddress.objects.filter(pk=mailbox.pk).update(verified=proven)
    return user


def person(address, **fields):
    participant = ParticipantFactory(**fields)
    write(participant, "email", address)
    return participant


def search_of(user, fingerprint):
    return SavedSearch.objects.create(user=user, name="Slag", asked="q=slag", fingerprint=fingerprint)


def addresses():
    return dict(User.objects.order_by("pk").values_list("pk", "email"))


def test_capitals_marks_and_hosts_in_another_script_are_kept_in_one_way(capsys):
    first = account("Carla@Example.org")
    second = account("bruno@b\u00fccher.example")
    third = account("root@localhost")

    upgrade()

    assert addresses() == {
        first.pk: "carla@example.org",
        second.pk: "bruno@xn--bcher-kva.example",
        third.pk: "root@localhost",
    }
    assert set(EmailAddress.objects.values_list("email", flat=True)) == set(addresses().values())
    assert f"Account {first.pk}: 'Carla@Example.org' is kept as carla@example.org." in capsys.readouterr().out


def test_two_accounts_of_one_mailbox_become_one_with_all_that_either_did(client):
    stays = account(PLAIN, last_login=timezone.now())
    other = account(MARKED)
    page = GoodPracticePageFactory(owner=other)
    membership = MembershipFactory(user=other)
    same = MembershipFactory(user=stays)
    MembershipFactory(user=other, organisation=same.organisation, role=MembershipRole.CONTACT)
    kept_by_both, kept_by_other = search_of(stays, "a"), search_of(other, "b")
    double = search_of(other, "a")
    seat = RegistrationFactory(participant=person("else@example.org", user=other))

    upgrade()

    page.refresh_from_db()
    assert page.owner == stays
    assert set(Membership.objects.filter(user=stays).values_list("organisation", "role")) == {
        (membership.organisation_id, MembershipRole.MEMBER),
        (same.organisation_id, MembershipRole.CONTACT),
    }
    assert set(stays.saved_searches.all()) == {kept_by_both, kept_by_other}
    assert list(SavedSearch.objects.filter(user=other)) == [double]
    assert Registration.objects.get(pk=seat.pk).participant.user == stays
    other.refresh_from_db()
    assert (other.email, other.is_active) == (f"joined-{other.pk}@invalid.invalid", False)
    assert [(row.user, row.email) for row in EmailAddress.objects.all()] == [(stays, PLAIN)]
    client.post("/account/login/", {"login": MARKED, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(stays.pk)


def test_every_join_is_printed_and_the_log_names_keys_only(capsys, caplog):
    stays, other = account(PLAIN, last_login=timezone.now()), account(MARKED)
    caplog.set_level("INFO", "adit.one_person")

    upgrade()

    sentence = (
        f"Account {other.pk} ({{}}) is joined into account {stays.pk} ({{}}); "
        "0 rows that it had too stay with it."
    )
    assert sentence.format(repr(MARKED), PLAIN) in capsys.readouterr().out
    assert caplog.messages == [sentence.format("…", "…")]


def test_who_has_shown_that_the_mailbox_is_theirs_stays_and_no_look_alike_gets_in(client):
    look_alike = account(PLAIN, proven=False)
    stays = account(MARKED)
    look_alike.set_password("a-password-of-somebody-else")
    User.objects.filter(pk=look_alike.pk).update(password=look_alike.password)

    upgrade()

    assert addresses() == {look_alike.pk: f"joined-{look_alike.pk}@invalid.invalid", stays.pk: PLAIN}
    client.post("/account/login/", {"login": PLAIN, "password": "a-password-of-somebody-else"})
    assert "_auth_user_id" not in client.session


def test_rights_are_joined_but_never_those_of_a_closed_account():
    officers, experts = Group.objects.get(name="Officers"), Group.objects.get(name="Experts")
    stays = account(PLAIN, last_login=timezone.now())
    open_one = account(MARKED, groups=[experts])
    closed = account("\u200e" + PLAIN, groups=[officers])
    MembershipFactory(user=closed)
    practice = GoodPracticePageFactory(owner=closed)
    User.objects.filter(pk=closed.pk).update(is_active=False, is_superuser=True)

    upgrade()

    stays.refresh_from_db(), practice.refresh_from_db()
    assert (list(stays.groups.all()), stays.is_superuser, stays.memberships.count()) == ([experts], False, 0)
    assert practice.owner == stays
    assert open_one.groups.count() == 0


def test_of_an_address_that_two_have_shown_to_be_theirs_the_account_whose_own_it_is_keeps_it():
    aino, bruno = account(PLAIN), account("bruno@example.org")
    second = EmailAddress.objects.create(user=bruno, email="x@example.org", verified=True)
    write(second, "email", MARKED)

    upgrade()

    rows = EmailAddress.objects.order_by("pk").values_list("user", "email", "verified")
    assert list(rows) == [
        (aino.pk, PLAIN, True),
        (bruno.pk, "bruno@example.org", True),
        (bruno.pk, PLAIN, False),
    ]


def test_one_person_with_two_registrations_at_one_event_has_one_with_all_that_was_said():
    event, other_event = LearningEventPageFactory(days=-3), LearningEventPageFactory()
    first, second = person(PLAIN, name=""), person(MARKED, name="Aino Example", country="FI")
    seat = RegistrationFactory(event=event, participant=first, needs="captions", shows_name=True)
    twin = RegistrationFactory(event=event, participant=second, needs="a ramp", state=RegState.WITHDRAWN)
    AttendanceFactory(registration=seat, presence=Presence.ABSENT)
    AttendanceFactory(registration=twin)
    SurveyAnswerFactory(registration=seat, comment="The maps.")
    SurveyAnswerFactory(registration=twin, comment="The tour.")
    twin.changes.create(state=RegState.WITHDRAWN, mode=twin.mode, cause="Withdrawn")
    elsewhere = RegistrationFactory(event=other_event, participant=second)
    letter = LetterFactory(about=f"registration:{seat.pk}")

    upgrade()

    one, other = Registration.objects.order_by("pk")
    assert (one.pk, other.pk) == (twin.pk, elsewhere.pk)
    assert one.participant == other.participant == first
    assert Participant.objects.count() == 1
    assert (one.attendance.presence, one.needs, one.shows_name) == ("present", "a ramp; captions", False)
    assert SurveyAnswer.objects.get().comment == "The tour.\n\nThe maps."
    assert list(one.changes.values_list("cause", flat=True)) == [
        "Withdrawn",
        "Joined with a second registration of the same person",
    ]
    first.refresh_from_db(), letter.refresh_from_db()
    assert (first.email, first.name) == (PLAIN, "Aino Example")
    assert letter.about == f"registration:{twin.pk}"
    assert letter.ended_at


def test_a_place_that_becomes_free_is_printed(capsys):
    event = LearningEventPageFactory()
    for address in (PLAIN, MARKED):
        RegistrationFactory(event=event, participant=person(address))

    upgrade()

    assert Registration.objects.get().state == RegState.CONFIRMED
    assert f"Event {event.pk}: a place has become free." in capsys.readouterr().out


def test_two_people_with_accounts_of_their_own_stay_two():
    aino, bruno = account(PLAIN), account("bruno@example.org")
    first, second = person(PLAIN, user=aino), person(MARKED, user=bruno)

    upgrade()

    assert dict(Participant.objects.values_list("pk", "email")) == {
        first.pk: PLAIN,
        second.pk: "bruno@example.org",
    }


def test_organisers_letters_and_what_is_compared_are_kept_without_marks(capsys):
    event = LearningEventPageFactory()
    rows = [EventOrganiser.objects.create(event=event, email=f"{number}@example.org") for number in "12"]
    for row, address in zip(rows, (PLAIN, MARKED), strict=True):
        write(row, "email", address)
    letter = LetterFactory()
    write(letter, "to", MARKED)
    pages = GoodPracticePageFactory.create_batch(3)
    records = [
        ImportedRecord.objects.create(
            page=page, import_set="s", external_id=str(page.pk), fingerprint="", revision_id=1
        )
        for page in pages
    ]
    for record, written in zip(records, ("A1", "A1\u200b", "B\u00ad2"), strict=True):
        write(record, "external_id", written)
    words = SynonymSet.objects.create(name="Red mud")
    term = words.terms.create(language="en", text="red mud")
    write(term, "text", "red\u00ad mud")

    upgrade()

    assert list(EventOrganiser.objects.values_list("email", flat=True)) == [PLAIN]
    assert Letter.objects.get().to == PLAIN
    assert list(ImportedRecord.objects.order_by("pk").values_list("external_id", flat=True)) == [
        "A1",
        "A1\u200b",
        "B2",
    ]
    assert words.terms.get().text == "red mud"
    assert f"knowledge.ImportedRecord {records[1].pk}: 'A1\\u200b' stays" in capsys.readouterr().out


def test_a_second_upgrade_finds_nothing(capsys):
    account(PLAIN), account(MARKED)
    RegistrationFactory(participant=person(MARKED))
    upgrade()
    capsys.readouterr()

    upgrade()

    assert capsys.readouterr().out == ""


@pytest.mark.django_db(transaction=True)
def test_the_migration_itself_joins_them():
    executor = MigrationExecutor(connection)
    here = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "home"]
    executor.migrate([("home", "0001_initial")])
    stays, other = account(PLAIN, last_login=timezone.now()), account(MARKED)
    for participant in (person(PLAIN), person(MARKED, user=other)):
        RegistrationFactory(participant=participant)

    executor = MigrationExecutor(connection)
    executor.migrate(here)

    assert addresses() == {stays.pk: PLAIN, other.pk: f"joined-{other.pk}@invalid.invalid"}
    assert Participant.objects.get().user_id == stays.pk
    assert Registration.objects.count() == 2
