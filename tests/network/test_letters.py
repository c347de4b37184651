"""Letters leave by a real mail server on this machine, whatever happens to one of them or to the server."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.db import connection
from django.utils import timezone

from network import letters
from network.choices import SetbackKind
from network.models import Letter, Setback
from tests.factories import LetterFactory

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def setbacks():
    return list(Setback.objects.order_by("kind", "pk").values_list("kind", "what", "tries"))


def to(name, **about):
    return LetterFactory(to=f"{name}@example.org", subject=f"To {name}", **about)


@pytest.mark.django_db
def test_many_letters_leave_over_one_connection_and_say_that_a_machine_wrote_them(mail_server):
    written = [to(name) for name in ("aino", "bruno", "carla")]

    assert letters.send_waiting() == 3

    assert mail_server.connections == 1
    assert [(one["To"], one["Message-ID"], one["Auto-Submitted"]) for one in mail_server.letters] == [
        (letter.to, letter.message_id, "auto-generated") for letter in written
    ]
    assert letters.send_waiting() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "a@" + "ü" * 64 + ".example",
        "a@אב1",
        "a@b.example\nBcc: x@y.example",
        "a@b@c.example",
        "",
    ],
)
def test_a_letter_whose_address_cannot_be_used_fails_alone(mail_server, address):
    to("aino")
    bad = LetterFactory(to=address, subject="To nobody")
    to("carla")

    assert letters.send_waiting() == 2

    assert mail_server.addresses == ["aino@example.org", "carla@example.org"]
    assert setbacks() == [("letter", "To nobody", 1)]
    assert Letter.objects.get(pk=bad.pk).sent_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["552 Mailbox full", "421 Going down", "hangs up"])
def test_a_letter_that_the_server_refuses_fails_alone_with_the_servers_words(mail_server, harm):
    to("aino"), to("bruno"), to("carla")
    if harm == "hangs up":
        mail_server.hangs_up_on = {"bruno@example.org"}
    else:
        mail_server.refusals = {"bruno@example.org": harm}

    assert letters.send_waiting() == 2

    assert mail_server.addresses == ["aino@example.org", "carla@example.org"]
    setback = Setback.objects.get()
    assert (setback.kind, setback.to, setback.what) == ("letter", "bruno@example.org", "To bruno")
    assert setback.reason == harm or harm == "hangs up"


@pytest.mark.django_db
def test_a_letter_that_fails_is_tried_for_two_days_and_then_set_aside(mail_server):
    to("bruno")
    mail_server.refusals = {"bruno@example.org": "550 No such user"}
    now = begun = timezone.now()

    for _again in range(100):
        letters.send_waiting(now=now)
        setback = Setback.objects.get()
        if setback.again_at is None:
            break
        assert letters.send_waiting(now=setback.again_at - timedelta(seconds=1)) == 0
        now = setback.again_at

    assert (setback.tries, setback.reason, setback.set_aside_at) == (12, "550 No such user", now)
    assert 47 * HOUR < now - begun < 49 * HOUR
    mail_server.refusals = {}
    assert letters.send_waiting(now=now + DAY) == 0
    assert Letter.objects.get().sent_at is None


@pytest.mark.django_db
def test_a_letter_that_leaves_at_last_leaves_no_setback(mail_server):
    to("bruno")
    mail_server.refusals = {"bruno@example.org": "450 Try later"}
    letters.send_waiting()
    mail_server.refusals = {}

    assert letters.send_waiting(now=timezone.now() + MINUTE) == 1

    assert setbacks() == []


@pytest.mark.django_db
def test_while_the_server_is_away_all_letters_wait_and_none_has_failed(mail_server):
    now = timezone.now()
    for _number in range(20):
        LetterFactory()
    mail_server.stop()

    assert letters.send_waiting(now=now) == 0
    assert setbacks() == [("job", "Handing letters to the mail server", 1)]
    # An hour of it: asked again every five minutes at most.
    for minutes in range(1, 60):
        letters.send_waiting(now=now + minutes * MINUTE)
    assert Setback.objects.get().tries < 20
    mail_server.start()

    assert letters.send_waiting(now=now + HOUR + 5 * MINUTE) == 20
    assert setbacks() == []
    assert Letter.objects.unsent().count() == 0


@pytest.mark.django_db
def test_a_silent_server_keeps_the_worker_no_longer_than_two_letters(mail_server, settings):
    settings.EMAIL_TIMEOUT = 0.2
    for _number in range(20):
        LetterFactory()
    mail_server.is_silent = True

    began = time.monotonic()
    assert letters.send_waiting() == 0
    took = time.monotonic() - began

    assert took < 5
    assert [kind for kind, _what, _tries in setbacks()] == ["job", "letter", "letter"]
    mail_server.is_silent = False
    assert letters.send_waiting(now=timezone.now() + MINUTE) == 20


@pytest.mark.django_db
def test_what_ends_soon_leaves_first(mail_server):
    to("aino")
    to("bruno", until=timezone.now() + 15 * MINUTE)

    letters.send_waiting()

    assert mail_server.addresses == ["bruno@example.org", "aino@example.org"]


@pytest.mark.django_db
def test_a_letter_is_not_sent_after_its_end_and_loses_its_secret(mail_server):
    now = timezone.now()
    code = to("aino", text="Your code: ABC-123\n", until=now, is_secret=True)
    news = to("bruno", until=now)

    assert letters.send_waiting(now=now) == 0

    assert mail_server.addresses == []
    texts = dict(Letter.objects.filter(ended_at=now).values_list("pk", "text"))
    assert texts == {code.pk: "", news.pk: "Good news.\n"}


@pytest.mark.django_db
def test_what_held_a_secret_is_empty_once_it_is_sent_and_the_rest_after_90_days(mail_server):
    now = timezone.now()
    secret = to("aino", is_secret=True, calendar="BEGIN:VCALENDAR", headers={"List-Unsubscribe": "<x>"})
    news = to("bruno", calendar="BEGIN:VCALENDAR")
    letters.send_waiting(now=now)

    def kept():
        return {one.pk: (one.text, one.calendar, one.headers) for one in Letter.objects.all()}

    assert kept() == {secret.pk: ("", "", {}), news.pk: ("Good news.\n", "BEGIN:VCALENDAR", {})}
    assert letters.empty_old(now + 89 * DAY) == 0
    assert letters.empty_old(now + 91 * DAY) == 1
    assert kept() == {secret.pk: ("", "", {}), news.pk: ("", "", {})}
    assert letters.empty_old(now + 91 * DAY) == 0


@pytest.mark.django_db
def test_no_secret_of_a_letter_comes_back_in_the_reason(mail_server):
    text = "Your code: QX7-P42\nhttps://adit.example/account/password/reset/key/3-cvb7-a1b2c3d4/\n"
    to("aino", text=text, is_secret=True)
    said = "554 refused: QX7-P42 https://adit.example/account/password/reset/key/3-cvb7-a1b2c3d4/"
    mail_server.refusals = {"aino@example.org": said}

    letters.send_waiting()

    assert Setback.objects.get().reason == "554 refused: … …"


@pytest.mark.django_db
def test_with_a_letter_its_setback_goes(mail_server):
    letter = to("bruno")
    mail_server.refusals = {"bruno@example.org": "550 No such user"}
    letters.send_waiting()

    letter.delete()

    assert setbacks() == []


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_nothing_twice(mail_server):
    names = [f"person{number}" for number in range(30)]
    for name in names:
        to(name)
    begin, sent = threading.Barrier(2), []

    def send():
        begin.wait()
        for _round in range(10):
            sent.append(letters.send_waiting())
        connection.close()

    senders = [threading.Thread(target=send) for _number in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sum(sent) == 30
    assert sorted(mail_server.addresses) == sorted(f"{name}@example.org" for name in names)


SENDER = """
import django
django.setup()
import sys
from network.letters import send_waiting
sys.stdin.readline()
send_waiting()
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_sender_doubles_at_most_the_letter_in_flight_with_the_same_id(mail_server):
    written = [to(name) for name in ("aino", "bruno", "carla")]
    sender = subprocess.Popen(
        [sys.executable, "-c", SENDER],
        stdin=subprocess.PIPE,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database_address(),
            "ADIT_VAR_DIR": str(site.VAR_DIR),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        },
        cwd=site.BASE_DIR,
    )
    mail_server.victim = sender.pid

    sender.communicate(b"\n", timeout=60)
    mail_server.victim = None
    left = letters.send_waiting()

    assert (sender.returncode, left) == (-9, 3)
    assert mail_server.addresses == [written[0].to, *(letter.to for letter in written)]
    assert [one["Message-ID"] for one in mail_server.letters] == [
        written[0].message_id,
        *(letter.message_id for letter in written),
    ]


def database_address():
    """The database of this test, for another process."""
    about = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{about['NAME']}"
    return f"postgres://{about['USER']}:{about['PASSWORD']}@{about['HOST']}:{about['PORT']}/{about['NAME']}"


@pytest.mark.django_db
def test_the_ids_of_letters_are_their_own_and_of_this_site(settings):
    settings.SITE_URL = "https://adit.example.org:8443"

    ids = [LetterFactory().message_id for _number in range(2)]

    assert len(set(ids)) == 2
    assert all(one.startswith("<") and one.endswith("@adit.example.org>") for one in ids)


@pytest.mark.django_db
def test_a_server_that_takes_nobody_is_one_setback(mail_server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "adit", "wrong"
    LetterFactory(), LetterFactory()

    assert letters.send_waiting() == 0

    assert Setback.objects.values_list("kind", "key").get() == (SetbackKind.JOB, letters.SERVER)
