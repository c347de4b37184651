"""What our rules say when something is not allowed, was decided before, or is gone."""

from django.core.exceptions import PermissionDenied
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NOT_YOURS = gettext_lazy(
    "Another person has to decide: nobody validates what they or their organisation wrote."
)


class Refused(PermissionDenied):
    """Not allowed, with the reason as a sentence for the person who tried."""


class AlreadyDecided(Refused):
    """Decided before: the first decision stands and nothing is done twice. The sentence says whose it is."""

    def __init__(self, user, by, at):
        self.is_own = by is not None and by == user
        words = {"who": by or _("somebody"), "when": moment(at) if at else _("an earlier day")}
        if self.is_own:
            sentence = _("You decided this already, on %(when)s. Nothing was done twice.")
        else:
            sentence = _("Already decided by %(who)s on %(when)s. That decision stands.")
        super().__init__(sentence % words)


def moment(at):
    """Day and time in the site's time zone: 3 May 2026, 14:05."""
    return formats.date_format(timezone.localtime(at), "j F Y, H:i")


def locked(row, model):
    """The row as it stands, locked until the end of the transaction."""
    found = model.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Refused(_("This was deleted meanwhile."))
    return found
