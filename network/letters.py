"""How the site writes to people: a letter is a row first, and leaves after the commit."""

import logging
from functools import partial

from django.core.mail import EmailMessage
from django.db import transaction
from django.dispatch import Signal
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from network.models import Letter

logger = logging.getLogger("adit.letters")

# Sent with each letter in the moment it leaves: who wrote it may still change its text, and answers True when
# nothing is left to say.
leaving = Signal()


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
    """Send what waits; a letter that fails is tried again, up to five times."""
    send_waiting()


def send_waiting(limit=200):
    """Send up to `limit` waiting letters and return how many went; two senders never send one twice."""
    sent = 0
    for pk in Letter.objects.waiting().values_list("pk", flat=True)[:limit]:
        with transaction.atomic():
            letter = Letter.objects.select_for_update().filter(pk=pk, sent_at=None).first()
            if letter is None:
                continue
            if any(nothing_left for _, nothing_left in leaving.send(Letter, letter=letter)):
                letter.delete()
                continue
            letter.attempts += 1
            try:
                message(letter).send()
                letter.sent_at, letter.error = timezone.now(), ""
                sent += 1
            except OSError as error:  # smtplib's errors and network failures are all OSErrors
                letter.error = str(error)
                logger.warning("letter not sent", extra={"letter": pk, "attempt": letter.attempts})
            letter.save(update_fields=["to", "subject", "text", "headers", "attempts", "sent_at", "error"])
    return sent


def message(letter):
    """The letter as an e-mail."""
    email = EmailMessage(letter.subject, letter.text, to=[letter.to], headers=letter.headers)
    if letter.calendar:
        email.attach("event.ics", letter.calendar, f"text/calendar; method={letter.calendar_method}")
    return email
