"""Closed lists about indicators."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorKind(models.TextChoices):
    """What an indicator measures: what was done, or what came of it."""

    OUTPUT = "output", _("Output")
    RESULT = "result", _("Result")
