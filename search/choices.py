"""The kinds of thing that search finds, in the order of the tabs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PRACTICE = "practice", _("Good practices")
    INSTRUMENT = "instrument", _("Policy instruments")
    EVENT = "event", _("Events")
    REGION = "region", _("Regions")
    MATERIAL = "material", _("Materials")


KINDS = tuple(Kind.values)


class Frequency(models.TextChoices):
    """How often a saved search writes to its owner."""

    NEVER = "never", _("No e-mail")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    MONTHLY = "monthly", _("Once a month")
