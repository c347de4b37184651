import pytest
from django.apps import apps
from django.db import connection, transaction
from wagtail.models import Collection

from config.database.unseen import PLACES, UNSEEN, UNSEEN_COLUMNS
from config.database.watching import PLACES_CHANGED, changed
from network import content_version
from network.content_version import CONTENT, seats_of
from network.models import Letter, User
from progress.models import Target
from regions.models import RawMaterial
from tests.factories.progress import TargetFactory, indicator
from tests.factories.regions import RegionFactory
from tests.threads import at_once


def number(name=CONTENT):
    return content_version.numbers([name])[name]


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ('SELECT "a" FROM "knowledge_evidence" WHERE "x" = \'UPDATE "y" SET\'', ""),
        ('INSERT INTO "knowledge_evidence" ("a") VALUES (%s)', CONTENT),
        ('INSERT OR IGNORE INTO "knowledge_evidence" ("a") VALUES (%s)', CONTENT),
        ('update "regions_region" set "name" = %s', CONTENT),
        ('DELETE FROM "taggit_tag" WHERE "id" IN (%s)', CONTENT),
        ('TRUNCATE "regions_region", "django_session"', CONTENT),
        ("UPDATE regions_region SET name = %s", CONTENT),
        ('WITH x AS (SELECT 1) UPDATE "regions_region" SET "name" = %s', CONTENT),
        ("WITH x AS (SELECT 1) SELECT * FROM x", ""),
        ('INSERT INTO "django_session" ("a") VALUES (%s)', ""),
        ('UPDATE "network_user" SET "last_login" = %s WHERE "network_user"."id" = %s', ""),
        ('UPDATE "network_user" SET "last_login" = %s, "first_name" = %s WHERE "id" = %s', CONTENT),
        ('INSERT INTO "network_user" ("last_login", "password") VALUES (%s, %s)', CONTENT),
        ('DELETE FROM "network_user" WHERE "network_user"."last_login" = %s', CONTENT),
        (
            'INSERT INTO "search_document" ("key", "dirty") VALUES (%s, %s) ON CONFLICT("key") DO UPDATE '
            'SET "dirty" = EXCLUDED."dirty", "dirty_since" = EXCLUDED."dirty_since"',
            "",
        ),
        (
            'UPDATE "search_document" SET "dirty" = (SELECT 1 WHERE 1 = 1), "deleted" = %s WHERE "id" = %s',
            CONTENT,
        ),
        ('UPDATE "events_registration" SET "needs" = %s', ""),
        ('UPDATE "events_registration" SET "needs" = %s, "state" = %s', PLACES_CHANGED),
    ],
)
def test_a_statement_tells_what_it_changes(sql, what):
    assert changed(sql) == what


def test_what_is_listed_as_unseen_exists():
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    others = {"django_cache", "django_migrations", "wagtailsearch_indexentry_fts"}

    assert (UNSEEN | PLACES | UNSEEN_COLUMNS.keys()) - others <= tables.keys()
    for table, columns in UNSEEN_COLUMNS.items():
        assert columns <= {field.column for field in tables[table]._meta.local_fields}


@pytest.mark.django_db(transaction=True)
def test_the_number_rises_once_a_transaction_however_it_is_written():
    target = TargetFactory(indicator=indicator("GP"))

    def rises(write):
        before, raised = number(), connection.times_raised
        write()
        return number() > before, connection.times_raised - raised

    def many():
        with transaction.atomic():
            target.save()
            Target.objects.filter(pk=target.pk).update(value=7)
            Collection.objects.bulk_create([Collection(name="X", path="00010009", depth=2)])

    assert rises(many) == (True, 1)
    assert rises(lambda: Target.objects.filter(pk=target.pk).update(value=8)) == (True, 1)
    assert rises(lambda: Target.objects.filter(pk=target.pk).delete()) == (True, 1)
    assert rises(lambda: User.objects.create_user(email="aino@example.org")) == (True, 1)
    assert rises(lambda: User.objects.update(last_login=None)) == (False, 0)
    assert rises(lambda: Letter.objects.all().delete()) == (False, 0)
    assert rises(lambda: content_version.rise(CONTENT)) == (True, 1)


@pytest.mark.django_db(transaction=True)
def test_the_number_rises_again_when_search_has_followed():
    before = connection.times_raised

    RegionFactory()

    # What was written, the row of the ledger, and that the embedded index has it.
    assert connection.times_raised - before >= 3
    assert connection.times_raised - before <= 5


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_the_number():
    before = number()

    with pytest.raises(ValueError, match="no"), transaction.atomic():
        RegionFactory()
        raise ValueError("no")

    assert number() == before
    assert not connection.rising


@pytest.mark.django_db(transaction=True)
def test_places_that_nobody_names_count_as_content():
    from events.models import Participant

    before = content_version.numbers([CONTENT, seats_of(7)])
    Participant.objects.create(name="Aino")
    unnamed = content_version.numbers([CONTENT, seats_of(7)])
    with transaction.atomic():
        Participant.objects.create(name="Carla")
        content_version.rise(seats_of(7))
    named = content_version.numbers([CONTENT, seats_of(7)])

    assert unnamed[CONTENT] > before[CONTENT]
    assert named[CONTENT] == unnamed[CONTENT]
    assert named[seats_of(7)] > unnamed[seats_of(7)] == 0


@pytest.mark.django_db(transaction=True)
def test_many_at_once_wait_for_each_other_and_all_count():
    codes = [f"m{count}" for count in range(8)]
    names = [CONTENT, seats_of(1), seats_of(2)]
    before = content_version.numbers(names)

    def write(code, *events):
        with transaction.atomic():
            RawMaterial.objects.create(code=code, name=code)
            content_version.rise(CONTENT, *events)

    # In either order: the numbers are written in one.
    problems = at_once(
        *[lambda code=code: write(code, seats_of(1), seats_of(2)) for code in codes[:4]],
        *[lambda code=code: write(code, seats_of(2), seats_of(1)) for code in codes[4:]],
    )

    assert problems == []
    assert RawMaterial.objects.filter(code__in=codes).count() == 8
    after = content_version.numbers(names)
    assert all(after[name] >= before[name] + 8 for name in names)
