"""How the site writes to people: a letter is a row first, and leaves after the commit.

A letter that cannot leave is noted and tried again; the others go on. A server that cannot be reached is one
setback for all of them.
"""

import logging
import time
from datetime import timedelta
from functools import partial

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.dispatch import Signal
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from network import setbacks
from network.choices import SetbackKind
from network.letter_frame import as_html
from network.mail_server import Doubtful, MailServer, Unreachable, in_words, the_one_sender
from network.models import Letter

# What is sent in one round at most, in number and in seconds: the worker has other things to do.
LETTERS_A_ROUND = 200
SECONDS_A_ROUND = 5
# So many letters in one round may leave it in doubt whether the server works before the others wait.
MOST_DOUBTS = 2
SERVER = "mail-server"
# How long the text of a letter is kept once it is sent.
TEXTS_KEPT = timedelta(days=90)
EMPTY = {"text": "", "calendar": "", "headers": {}}

logger = logging.getLogger("adit.letters")

# Sent with each letter in the moment it leaves: who wrote it may still change its text, and answers True when
# nothing is left to say.
leaving = Signal()

# Letters of this process that have left while the database could not be told: {primary key: when}.
handed_over = {}


def write(
    to,
    subject,
    template,
    context,
    *,
    calendar="",
    calendar_method="",
    headers=None,
    until=None,
    is_secret=False,
    about="",
):
    """Keep a letter to `to` in this transaction; the worker sends it once the transaction is committed.

    `template` is the text of the letter under templates/; `calendar` an iCalendar object to attach; `headers`
    are further headers by name. After `until` it is not sent any more; `is_secret` says that it holds a code
    or a personal link; `about` names the row it is about, such as “registration:57”.
    """
    letter = Letter.objects.create(
        to=to,
        # A line break in a subject would be a header of its own.
        subject=" ".join(str(subject).split())[:200],
        text=text_of(template, context),
        calendar=calendar,
        calendar_method=calendar_method,
        headers=headers or {},
        until=until,
        is_secret=is_secret,
        about=about,
    )
    transaction.on_commit(partial(send_waiting_letters.enqueue))
    return letter


def text_of(template, context):
    """What a letter says."""
    return render_to_string(template, context).strip() + "\n"


@task(backend="background")
def send_waiting_letters():
    """Send what waits; a letter that fails is tried again with growing pauses."""
    send_waiting()


def send_waiting(limit=LETTERS_A_ROUND, seconds=SECONDS_A_ROUND, now=None):
    """Send up to `limit` waiting letters, for so many seconds, and return how many went."""
    now = now or timezone.now()
    end_overdue(now)
    waiting = list(Letter.objects.waiting(now).values_list("pk", flat=True)[:limit])
    if not waiting or setbacks.pauses(SetbackKind.JOB, now).get(SERVER) == setbacks.RESTS:
        return 0
    with the_one_sender() as is_mine:
        return send(waiting, time.monotonic() + seconds, now) if is_mine else 0


def send(waiting, until, now):
    """Send these until the clock says so, or the server takes no more."""
    tell_of_handed_over()
    server, sent, doubts = MailServer(), 0, 0
    try:
        for pk in waiting:
            if time.monotonic() > until or doubts == MOST_DOUBTS:
                break
            try:
                sent += send_one(server, pk, now)
            except Unreachable as error:
                server_failed(error, now)
                return sent
            except Doubtful as error:
                doubts += 1
                doubt = error
        if doubts == MOST_DOUBTS:
            server_failed(doubt, now)
        elif sent:
            setbacks.over(SetbackKind.JOB, [SERVER])
    finally:
        server.leave()
    return sent


def send_one(server, pk, now):
    """Send one letter; whether it went. Only what is wrong with the server is raised."""
    letter = None
    try:
        letter = ready_to_leave(pk, now)
        if letter is None:
            return False
        server.hand_over(message(letter))
    except Unreachable:
        raise
    except Exception as error:
        if setbacks.is_database_gone(error):
            raise
        letter = letter or Letter.objects.filter(pk=pk).first()
        if letter is not None:
            failed(letter, error, now)
        if isinstance(error, Doubtful):
            raise
        return False
    # From here on it is on its way, whatever happens to the database.
    handed_over[pk] = timezone.now()
    tell_of_handed_over()
    return True


@transaction.atomic
def ready_to_leave(pk, now):
    """The letter as it is to leave, or nothing when it is no longer to be sent."""
    letter = Letter.objects.select_for_update(of=("self",)).waiting(now).filter(pk=pk).first()
    if letter is None:
        return None
    if any(nothing_left for _receiver, nothing_left in leaving.send(Letter, letter=letter)):
        letter.delete()
        return None
    letter.save(update_fields=["to", "subject", "text", "headers"])
    return letter


def tell_of_handed_over():
    """Note of the letters that have left that they did."""
    for pk, moment in list(handed_over.items()):
        with transaction.atomic():
            Letter.objects.filter(pk=pk).update(sent_at=moment)
            Letter.objects.filter(pk=pk, is_secret=True).update(**EMPTY)
            setbacks.over(SetbackKind.LETTER, [pk])
        del handed_over[pk]


def failed(letter, error, now):
    """Note that this letter could not leave."""
    setbacks.note(
        SetbackKind.LETTER,
        letter.pk,
        error,
        reason=str(error) if isinstance(error, Doubtful) else in_words(error),
        what=letter.subject,
        to=letter.to,
        letter=letter,
        now=now,
    )


def server_failed(error, now):
    """Note that the mail server cannot be used: the letters wait, and have not failed."""
    setbacks.note(
        SetbackKind.JOB,
        SERVER,
        error,
        reason=str(error),
        what=_("Handing letters to the mail server"),
        now=now,
    )


def message(letter):
    """The letter as an e-mail, as text and as HTML. No machine is to answer it (RFC 3834)."""
    headers = letter.headers | {"Auto-Submitted": "auto-generated", "Message-ID": letter.message_id}
    email = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    email.attach_alternative(as_html(letter), "text/html")
    if letter.calendar:
        email.attach("event.ics", letter.calendar, f"text/calendar; method={letter.calendar_method}")
    return email


# Ends


def end_overdue(now):
    """End the letters whose time is over; gives back how many."""
    overdue = list(Letter.objects.overdue(now).values_list("pk", flat=True))
    return end(Letter.objects.filter(pk__in=overdue), now) if overdue else 0


@transaction.atomic
def end(letters, now=None):
    """Have these letters not sent any more; a code or personal link goes at once."""
    ended = list(letters.unsent().select_for_update().values_list("pk", flat=True))
    Letter.objects.filter(pk__in=ended, is_secret=True).update(**EMPTY)
    Letter.objects.filter(pk__in=ended).update(ended_at=now or timezone.now())
    setbacks.over(SetbackKind.LETTER, ended)
    return len(ended)


def empty_old(now=None):
    """Empty the texts that were sent or ended long ago; gives back how many."""
    before = (now or timezone.now()) - TEXTS_KEPT
    # What nobody has sent, ended or given up for as long has nothing to say any more.
    end(Letter.objects.filter(written_at__lte=before))
    gone = Letter.objects.filter(sent_at__lte=before) | Letter.objects.filter(ended_at__lte=before)
    return gone.exclude(text="").update(**EMPTY)
