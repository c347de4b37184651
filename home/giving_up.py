"""What a person decides about things that were set aside: try again, or give up. Each decision is logged."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home import going_live, tasks
from network import letters, setbacks
from network.choices import SetbackKind
from network.models import Letter, Setback
from search import digests, refusals

AGAIN, GIVEN_UP = "home.try_again", "home.give_up"
# Without its duties and parts the worker would be none: these are only tried again.
NEVER_GIVEN_UP = (SetbackKind.DUTY, SetbackKind.JOB)


def may_give_up(setback):
    """Whether a person may decide that this is not to be done."""
    return setback.kind not in NEVER_GIVEN_UP


@transaction.atomic
def try_again(chosen, by, now=None):
    """Have these tried in the worker's next round; gives back how many they are."""
    now = now or timezone.now()
    found = list(chosen.select_for_update(of=("self",)))
    for setback in found:
        if setback.kind == SetbackKind.TASK:
            tasks.try_again(setback.key, now)
        log(instance=setback, action=AGAIN, user=by, data={"kind": setback.kind})
    setbacks.try_again(Setback.objects.filter(pk__in=[one.pk for one in found]), now)
    return len(found)


@transaction.atomic
def give_up(chosen, reason, by):
    """Have these not tried any more; a code or personal link goes at once. Gives back how many they are."""
    found = list(chosen.exclude(kind__in=NEVER_GIVEN_UP).select_for_update(of=("self",)))
    for setback in found:
        log(instance=setback, action=GIVEN_UP, user=by, data={"kind": setback.kind, "comment": reason})
        give_up_one(setback)
        setback.delete()
    return len(found)


def give_up_one(setback):
    """See to it that what failed is not begun once more."""
    if setback.kind == SetbackKind.LETTER and setback.letter_id:
        letters.end(Letter.objects.filter(pk=setback.letter_id))
    elif setback.kind == SetbackKind.LETTER:
        digests.give_up(setback.key)
    elif setback.kind == SetbackKind.PAGE:
        going_live.give_up(setback.key)
    elif setback.kind == SetbackKind.ROW:
        refusals.give_up(setback.key)
    elif setback.kind == SetbackKind.TASK:
        tasks.give_up(setback.key)
    else:
        raise ValidationError(_("This is only tried again."))
