"""A backup of a site at work, made to a site of its own by another process, on either database."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading

import psycopg
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, connections
from wagtail.models import Collection

from events import registration
from events.erasure_on_request import REGISTER, erase_person, register_path
from events.models import Registration
from events.participants import Person
from home.backup import archive, folders
from knowledge.models import SourceDocument
from tests.factories import (
    GoodPracticePageFactory,
    LearningEventPageFactory,
    ParticipantFactory,
    RegistrationFactory,
    UserFactory,
)

WHAT_IS_THERE = """
import json
from django.conf import settings
from django.test import Client
from events.models import Registration
from knowledge.models import SourceDocument
settings.ALLOWED_HOSTS = ["*"]
page = Client().get({address!r})
print(json.dumps({{
    "page": [page.status_code, page.content.decode()],
    "registrations": list(Registration.objects.order_by("pk").values_list("pk", flat=True)),
    "files": [one.file.open().read().decode() for one in SourceDocument.objects.all()],
    "key": settings.SECRET_KEY,
}}))
"""


class EmptySite:
    """A site of its own with nothing in it: a folder, or on PostgreSQL a folder and a database."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "ADIT_VAR_DIR": str(folder),
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        if connection.vendor == "postgresql":
            known = connection.settings_dict
            self.name = f"{known['NAME']}_restored"
            self.server = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"]}
            self.server["password"] = known["PASSWORD"]
            self.on_the_server(f"DROP DATABASE IF EXISTS {self.name}", f"CREATE DATABASE {self.name}")
            self.environment["DATABASE_URL"] = (
                f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{self.name}"
            )

    def on_the_server(self, *sentences):
        with psycopg.connect(**self.server, dbname="postgres", autocommit=True) as server:
            for sentence in sentences:
                server.execute(sentence)

    def close(self):
        if connection.vendor == "postgresql":
            self.on_the_server(f"DROP DATABASE IF EXISTS {self.name}")

    def run(self, *command):
        return subprocess.run(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def restore(self, file):
        return self.run("manage.py", "restore", str(file))

    def look(self, address):
        said = self.run("-c", f"import django; django.setup()\n{WHAT_IS_THERE.format(address=address)}")
        return json.loads(said.stdout)


@pytest.fixture
def empty_site(tmp_path):
    site = EmptySite(tmp_path / "restored")
    yield site
    site.close()


@pytest.fixture
def document():
    file = ContentFile(b"What was measured", "report.txt")
    return SourceDocument.objects.create(
        title="Report", file=file, collection=Collection.get_first_root_node()
    )


def backup(file):
    """Run the command and give back what it says."""
    said = io.StringIO()
    call_command("backup", str(file), stdout=said)
    return said.getvalue()


class Arrivals:
    """Signed-in people who register at many events, one after the other, until they are told to stop."""

    def __init__(self, number):
        self.events = [LearningEventPageFactory() for _ in range(number)]
        self.people = [UserFactory() for _ in range(number)]
        self.answered, self.stop, self.many = [], threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.work)

    def work(self):
        for user in self.people:
            for event in self.events:
                if self.stop.is_set():
                    break
                person = Person(user.email, user.get_full_name(), user=user)
                self.answered.append(registration.register(event, person, "on-site", by=user).pk)
                if len(self.answered) > 10:
                    self.many.set()
        self.many.set()
        connections.close_all()

    def __enter__(self):
        self.thread.start()
        self.many.wait(timeout=60)
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(timeout=60)


@pytest.mark.django_db(transaction=True)
def test_a_backup_taken_while_people_register_brings_everything_back(client, tmp_path, empty_site, document):
    practice = GoodPracticePageFactory(title="Ponds filled with fly ash")
    address = practice.get_url()
    page = client.get(address)

    with Arrivals(12) as arrivals:
        before = list(arrivals.answered)
        said = backup(tmp_path / "adit.backup")
    restored = empty_site.restore(tmp_path / "adit.backup")

    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.splitlines()[-1] == "The site is as it was saved."
    there = empty_site.look(address)
    assert there["page"] == [page.status_code, page.content.decode()]
    assert set(before) <= set(there["registrations"])
    assert set(there["registrations"]) <= set(Registration.objects.values_list("pk", flat=True))
    assert there["files"] == ["What was measured"]
    assert there["key"] == settings.SECRET_KEY
    assert (tmp_path / "adit.backup").stat().st_mode & 0o777 == 0o600
    assert "rows of" in said


@pytest.mark.django_db(transaction=True)
def test_a_site_that_is_not_empty_keeps_what_it_has(tmp_path, empty_site):
    backup(tmp_path / "adit.backup")
    empty_site.run("manage.py", "migrate", "-v0", "contenttypes")

    refused = empty_site.restore(tmp_path / "adit.backup")

    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: The database is not empty. A backup is restored into")


@pytest.mark.django_db(transaction=True)
def test_files_that_are_there_already_are_not_overwritten(tmp_path, empty_site):
    backup(tmp_path / "adit.backup")
    (empty_site.folder / "media").mkdir()
    (empty_site.folder / "media" / "photo.jpg").write_text("somebody's")

    refused = empty_site.restore(tmp_path / "adit.backup")

    assert refused.returncode == 1
    assert "holds files already" in refused.stderr
    assert (empty_site.folder / "media" / "photo.jpg").read_text() == "somebody's"


@pytest.mark.django_db(transaction=True)
def test_a_damaged_backup_changes_nothing(tmp_path, empty_site, document):
    backup(tmp_path / "adit.backup")
    changed = spoil(tmp_path / "adit.backup", tmp_path / "changed.backup", lambda data: data[::-1])
    cut_off = tmp_path / "cut.backup"
    cut_off.write_bytes((tmp_path / "adit.backup").read_bytes()[:-2000])

    said = [empty_site.restore(file).stderr for file in (changed, cut_off)]

    assert said[0].startswith("CommandError: The backup is damaged: “database.")
    assert "is no backup of Adit, or it is damaged" in said[1]
    assert not list(empty_site.folder.glob("backup-*"))
    assert empty_site.restore(tmp_path / "adit.backup").returncode == 0


def spoil(source, target, change):
    """The backup with the bytes of its database changed."""
    with tarfile.open(source) as tar, tarfile.open(target, "w:gz") as changed:
        for entry in tar:
            data = tar.extractfile(entry).read()
            if entry.name.startswith("database."):
                data = change(data)
            changed.addfile(entry, io.BytesIO(data))
    return target


def test_a_backup_never_overwrites_a_file(tmp_path):
    kept = tmp_path / "adit.backup"
    kept.write_text("the one of yesterday")

    with pytest.raises(CommandError, match="exists already"):
        backup(kept)

    assert kept.read_text() == "the one of yesterday"


def test_a_backup_into_a_folder_that_is_not_there_says_so(tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        backup(tmp_path / "nowhere" / "adit.backup")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"database": "oracle"}, "This is a backup of a site on oracle, and this site uses"),
        ({"migrations": ["events.9999_from_the_future"]}, "it has events.9999_from_the_future"),
    ],
)
def test_a_backup_of_another_database_or_a_newer_version_is_refused(tmp_path, empty_site, facts, sentence):
    (tmp_path / "nothing").mkdir()
    usual = {"database": connection.vendor, "migrations": [], "rows": {}, "made_at": ""}
    archive.write(tmp_path / "adit.backup", usual | facts, tmp_path / "nothing")

    refused = empty_site.restore(tmp_path / "adit.backup")

    assert refused.returncode == 1
    assert sentence in refused.stderr


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "media/../../outside"])
def test_nothing_is_unpacked_outside_of_the_folder(tmp_path, name):
    with tarfile.open(tmp_path / "adit.backup", "w:gz") as tar:
        for entry_name, data in (
            (archive.CONTENTS, json.dumps({"format": 1, "members": {name: "x"}}).encode()),
            (name, b"data"),
        ):
            entry = tarfile.TarInfo(entry_name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))

    with pytest.raises(archive.Unusable, match="damaged"), archive.opened(tmp_path / "adit.backup") as tar:
        archive.unpack(tar, archive.contents_of(tar), tmp_path / "here")

    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("content", [b"", b"not a backup", b"\x1f\x8b\x08\x00garbage"])
def test_a_file_that_is_no_backup_is_refused_in_a_sentence(tmp_path, content):
    (tmp_path / "adit.backup").write_bytes(content)

    with (
        pytest.raises(archive.Unusable, match="is no backup of Adit"),
        archive.opened(tmp_path / "adit.backup") as tar,
    ):
        archive.contents_of(tar)


def test_a_file_deleted_during_the_backup_is_still_in_it(tmp_path):
    photo = settings.MEDIA_ROOT / "images" / "photo.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_text("seen")

    folders.keep(tmp_path / "kept")
    photo.unlink()
    (photo.parent / "later.jpg").write_text("seen too")
    folders.keep(tmp_path / "kept")

    kept = {path.name: path.read_text() for path in (tmp_path / "kept" / "media").rglob("*.jpg")}
    assert kept == {"photo.jpg": "seen", "later.jpg": "seen too"}


@pytest.mark.django_db(transaction=True)
def test_who_asked_for_erasure_after_the_backup_is_erased_again(tmp_path, empty_site):
    RegistrationFactory(participant=ParticipantFactory(email="gone@example.org", name="Gone Person"))
    RegistrationFactory(participant=ParticipantFactory(email="stays@example.org", name="Other Person"))
    backup(tmp_path / "adit.backup")
    erase_person("gone@example.org")
    shutil.copyfile(register_path(), empty_site.folder / REGISTER)

    restored = empty_site.restore(tmp_path / "adit.backup")

    assert "Erased on request before, and again: 1 people." in restored.stdout
    names = empty_site.run(
        "-c",
        "import django; django.setup()\n"
        "from events.models import Participant\n"
        "print(sorted(Participant.objects.values_list('name', flat=True)))",
    )
    assert names.stdout.strip() == "['', 'Other Person']"
