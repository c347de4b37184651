"""How often one person may do something: enough for people, too little for programs."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from network.client import client_of, scrambled
from network.models import Attempt

KEPT = timedelta(days=1)


def too_many_attempts(request, what, *, limit, within, now=None):
    """Count this attempt, and say whether there were `limit` before it in the time `within` (a day at most).

    Who is signed in counts alone, everybody else with their client. An attempt that is refused does not
    count. Call it outside a transaction: each attempt is kept before all are counted, so that of many at once
    no more than `limit` pass.
    """
    now = now or timezone.now()
    forget(now - KEPT)
    user = getattr(request, "user", None)
    names = scrambled(f"account {user.pk}" if user and user.is_authenticated else client_of(request), now)
    this = Attempt.objects.create(client=names[0], what=what, at=now)
    attempts = Attempt.objects.filter(client__in=names, what=what, at__gt=now - within)
    if attempts.count() <= limit:
        return False
    this.delete()
    return True


@transaction.atomic
def forget(before):
    """Erase what is older. Two who clean up at once leave each other's rows alone, so neither waits."""
    old = Attempt.objects.select_for_update(skip_locked=True).filter(at__lt=before)
    Attempt.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:1000])).delete()
