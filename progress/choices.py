"""Closed lists about indicators."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorKind(models.TextChoices):
    """What an indicator measures: what was done, or what came of it."""

    OUTPUT = "output", _("Output")
    RESULT = "result", _("Result")


# When each rule counts, in a few words; the whole rule stands in progress.indicators.
COUNTED_WHEN = {
    "instruments-improved": _("Counted when an officer validates a change, once an instrument"),
    "practices-counted": _("Counted when an officer decides so, not on publication"),
    "events-held": _("Counted after the event, with two countries, list and agenda"),
    "organisations-with-capacity": _("Counted when a survey confirms it, once an organisation"),
    "people-with-capacity": _("Counted when a survey confirms it, once a person"),
}
