"""What fails in the background: noted with its reason, tried again with growing pauses, then set aside.

A note is a row of its own, written after whatever failed was rolled back. One bad thing so never keeps the
next ones waiting, and nothing is given up unseen. What is set aside waits for a person; whole parts of the
worker, and its duties, are tried on all the same, because nothing else would do their work.
"""

import logging
import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from network.choices import SetbackKind
from network.models import Setback

# The longest pause of what must go on: a mail server that is back is soon noticed.
LONGEST_PAUSE = {SetbackKind.JOB: timedelta(minutes=5), SetbackKind.DUTY: timedelta(hours=1)}
REASON_LENGTH = 300
# An address may hold a personal link, a long word of letters and figures a key.
ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
KEY = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}")

RESTS, DUE = "rests", "due"

logger = logging.getLogger("adit.worker")


def note(kind, key, error, *, reason="", what="", to="", letter=None, now=None):
    """Keep that this failed, and say when it is tried again; gives back the setback.

    `reason` says it in words, where the error itself does not.
    """
    now = now or timezone.now()
    key = str(key)[:120]
    reason = clean(reason or reason_of(error), letter)
    with transaction.atomic():
        # Made first: two that fail at once must not both make it.
        Setback.objects.bulk_create(
            [Setback(kind=kind, key=key, letter=letter, what="", first_at=now)], ignore_conflicts=True
        )
        setback = Setback.objects.select_for_update().get(kind=kind, key=key)
        setback.tries += 1
        setback.what, setback.to = str(what or key)[:255], to[:254]
        setback.reason, setback.last_at = reason, now
        plan(setback, now)
        setback.save()
    is_mail = kind == SetbackKind.LETTER or not isinstance(error, BaseException)
    logger.warning(
        "not done",
        # What was raised over a letter may name a person's address.
        exc_info=None if is_mail else error,
        extra={
            "kind": str(kind),
            "key": key,
            "tries": setback.tries,
            "error": type(error).__name__,
            "set_aside": setback.set_aside_at is not None,
        },
    )
    return setback


def plan(setback, now):
    """When it is tried again, or that it is set aside."""
    pauses = Setback.PAUSES
    is_last = setback.tries > len(pauses)
    longest = LONGEST_PAUSE.get(setback.kind)
    if is_last:
        setback.set_aside_at = setback.set_aside_at or now
    if longest:
        setback.again_at = now + min(longest, pauses[min(setback.tries, len(pauses)) - 1])
    else:
        setback.again_at = None if is_last else now + pauses[setback.tries - 1]


def reason_of(error):
    """Why it failed, as far as the error says."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def clean(reason, letter=None):
    """One line without addresses of pages, keys, or figures of the letter's text: a server may quote what it
    refuses."""
    said = KEY.sub("…", ADDRESS.sub("…", " ".join(reason.split())))
    if letter is not None:
        words = {word for word in re.findall(r"[\w-]{4,}", letter.text) if re.search(r"\d", word)}
        for word in sorted(words, key=len, reverse=True):
            said = said.replace(word, "…")
    return said[:REASON_LENGTH]


def over(kind, keys):
    """These are done: nothing is to be tried again."""
    Setback.objects.filter(kind=kind, key__in=[str(key)[:120] for key in keys]).delete()


def pauses(kind, now=None):
    """{key: RESTS or DUE} of everything of this kind that has failed. One question, once a round."""
    now = now or timezone.now()
    failed = Setback.objects.filter(kind=kind).values_list("key", "again_at")
    return {key: DUE if again_at and again_at <= now else RESTS for key, again_at in failed}


def attempt(kind, key, job, *, what="", to="", now=None, failed=None):
    """Do the job; what it raises is noted and goes no further. Gives back the setback, or None when it was
    done.

    `failed` are the pauses of this kind: a thing that rests is not tried. A database that cannot be asked is
    nobody's fault: that goes on to whoever called.
    """
    failed = pauses(kind, now) if failed is None else failed
    if failed.get(key) == RESTS:
        return Setback.objects.filter(kind=kind, key=key).first()
    try:
        job()
    except KeyboardInterrupt:
        raise
    # A library that panics, and a command that leaves, raise what is no ordinary exception.
    except BaseException as error:
        if is_database_gone(error):
            raise
        return note(kind, key, error, what=what, to=to, now=now)
    if key in failed:
        over(kind, [key])
    return None


def is_database_gone(error):
    """Whether this says that the database cannot be asked, not that something in it is wrong."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return True
    return False


def try_again(setbacks, now=None):
    """Have these tried at once, with all their tries before them; gives back how many they are."""
    return setbacks.update(again_at=now or timezone.now(), set_aside_at=None, tries=0)
