"""What the worker does once a day, each duty recorded with its day and of how many things it was done."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from events import erasure
from network import letters, setbacks
from network.choices import SetbackKind
from network.models import DutyDone
from network.waiting import SIGN

# The day of duties begins when nobody is there.
BEGINS = timedelta(hours=3)
FINISHED_TASKS_KEPT = timedelta(days=7)


def erase_registrations(now):
    return erasure.erase_expired(now).registrations


def end_sessions(now):
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def clear_finished_tasks(now):
    old = DBTaskResult.objects.finished().filter(finished_at__lte=now - FINISHED_TASKS_KEPT)
    return old.delete()[0]


# Name, words, and what is done: a function of the moment that gives back of how many things.
DUTIES = (
    ("erase_registrations", _("Erase registrations whose time is over"), erase_registrations),
    ("empty_letters", _("Empty letters after 90 days"), letters.empty_old),
    ("end_sessions", _("End old sessions"), end_sessions),
    ("clear_finished_tasks", _("Clear finished tasks"), clear_finished_tasks),
)


def day_of(now):
    """The day of duties at this moment."""
    return timezone.localdate(now - BEGINS)


def do_due(now=None):
    """Do every duty that has not been done today; doing one twice would find nothing left."""
    now = now or timezone.now()
    day = day_of(now)
    done = set(DutyDone.objects.filter(day=day).values_list("name", flat=True))
    due = [duty for duty in DUTIES if duty[0] not in done]
    if not due:
        return
    failed = setbacks.pauses(SetbackKind.DUTY, now)
    for name, label, do in due:
        setbacks.attempt(
            SetbackKind.DUTY,
            name,
            lambda name=name, do=do: record(name, day, do(now)),
            what=label,
            now=now,
            failed=failed,
        )


def record(name, day, count):
    """Note that a duty was done on this day."""
    DutyDone.objects.update_or_create(
        name=name, day=day, defaults={"count": count, "done_at": timezone.now()}
    )


def show_sign(now=None):
    """Note that the worker is there: a row beside those of its duties."""
    now = now or timezone.now()
    DutyDone.objects.update_or_create(name=SIGN, day=timezone.localdate(now), defaults={"done_at": now})
