"""What waits in the background, in numbers that name nobody: for the health page and for people on duty."""

from datetime import timedelta

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from network.choices import SetbackKind
from network.models import DutyDone, Letter, Setback

# A letter that has waited for longer is late.
LATE = timedelta(minutes=15)
# A worker that has not been seen for as long is not there.
ABSENT = timedelta(minutes=5)
# A part of the worker that failed so often is not just unlucky.
FAILED_OFTEN = 3
# The duty under which the worker notes that it is there.
SIGN = "worker"


def last_sign():
    """When the worker was last seen, or None."""
    return DutyDone.objects.filter(name=SIGN).order_by("-day").values_list("done_at", flat=True).first()


def letters_waiting(now=None):
    """{"waiting": how many letters are on their way, "late": how many of them wait for longer than usual}.

    What was set aside waits for a person and is counted there.
    """
    now = now or timezone.now()
    unsent = Letter.objects.unsent().filter(setback__set_aside_at=None)
    return {
        "waiting": unsent.count(),
        "late": unsent.filter(written_at__lte=now - LATE).count(),
    }


def background(now=None):
    """How the background is: {"problems": [sentences], and the numbers behind them}."""
    now = now or timezone.now()
    letters = letters_waiting(now)
    aside = Setback.objects.set_aside().aggregate(number=Count("pk"), since=Min("set_aside_at"))
    failing = Setback.objects.filter(kind=SetbackKind.JOB, tries__gte=FAILED_OFTEN).count()
    sign = last_sign()
    seconds = int((now - sign).total_seconds()) if sign else None
    problems = []
    if aside["number"]:
        problems.append(_("Something was set aside and waits for a person."))
    if letters["late"]:
        problems.append(_("Letters wait for longer than 15 minutes."))
    if failing:
        problems.append(_("A part of the worker fails."))
    if sign is None or now - sign > ABSENT:
        problems.append(_("The worker has not come round for 5 minutes."))
    return {
        "problems": problems,
        "set_aside": aside["number"],
        "letters": letters["waiting"],
        "late_letters": letters["late"],
        "worker_seconds": seconds,
    }
