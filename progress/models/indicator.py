from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from language.fields import StoredKeyField, StoredLineField
from progress.choices import IndicatorKind


class Indicator(models.Model):
    """One thing that is counted. How, is code (progress.counting); nobody can type a count.

    People may change the name and the programme's code. The rest follows the code at every set-up.
    """

    key = models.CharField(_("key"), max_length=10, unique=True, editable=False)
    official_code = StoredKeyField(
        _("official code"),
        max_length=30,
        blank=True,
        help_text=_("The programme's own code, such as RCO87. May stay empty."),
    )
    name = StoredLineField(_("name"), max_length=100)
    unit = models.CharField(_("unit"), max_length=50, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=IndicatorKind, editable=False)
    rule_key = models.CharField(_("counting rule"), max_length=50, editable=False)
    rule_version = models.PositiveSmallIntegerField(_("version of the rule"), editable=False)
    definition = models.TextField(_("rule in words"), editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0, editable=False)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self):
        return self.name


def numbers_of(text):
    """The whole numbers in a line such as “2, 4, 6”. Raises ValueError for anything else."""
    return [int(part) for part in text.split(",")] if text.strip() else []


def validate_plan(text):
    """Refuse what is not a line of whole numbers that never fall."""
    try:
        numbers = numbers_of(text)
    except ValueError:
        raise ValidationError(_("Write whole numbers with commas between them, such as 2, 4, 6.")) from None
    if any(number < 0 or number > 1_000_000 for number in numbers):
        raise ValidationError(_("Planned numbers lie between 0 and 1 000 000."))
    if numbers != sorted(numbers):
        raise ValidationError(
            _("Planned numbers are totals, so they never fall from one period to the next.")
        )


class Target(models.Model):
    """What one project promised for one indicator."""

    project = models.ForeignKey(
        "network.Project", models.CASCADE, related_name="targets", verbose_name=_("project")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="targets", verbose_name=_("indicator")
    )
    value = models.PositiveIntegerField(_("target"), help_text=_("As the project promised it."))
    planned = StoredKeyField(
        _("plan, period by period"),
        max_length=200,
        blank=True,
        validators=[validate_plan],
        help_text=_(
            "Totals to be reached by the end of each period, such as 2, 4, 6. Empty: no plan is known."
        ),
    )

    class Meta:
        ordering = ["project", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["project", "indicator"], name="one_target_an_indicator")
        ]
        verbose_name = _("target")
        verbose_name_plural = _("targets")

    def __str__(self):
        return f"{self.project}, {self.indicator}: {self.value}"

    @property
    def plan(self):
        """The planned totals, the first period's first."""
        return numbers_of(self.planned)
