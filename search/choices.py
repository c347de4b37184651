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
