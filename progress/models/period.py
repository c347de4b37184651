import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from progress.models.indicator import Indicator


class ReportingPeriod(models.Model):
    """One stretch of a project's time, usually six months, about which it reports."""

    project = models.ForeignKey(
        "network.Project", models.CASCADE, related_name="periods", verbose_name=_("project")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"))

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_period_a_number"),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="period_does_not_end_before_it_starts"
            ),
        ]
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")

    def __str__(self):
        return f"{self.project} {self.number}"

    def clean(self):
        if self.pk and self.is_locked:
            raise ValidationError(_("This period is locked: its number and its days can no longer change."))
        if not (self.start and self.end and self.project_id):
            return
        if self.end < self.start:
            raise ValidationError({"end": _("The last day cannot come before the first day.")})
        others = ReportingPeriod.objects.filter(project=self.project_id).exclude(pk=self.pk)
        if overlapping := others.filter(start__lte=self.end, end__gte=self.start).first():
            raise ValidationError(
                _("These days overlap with period %(number)s of the project."),
                params={"number": overlapping.number},
            )

    @property
    def is_locked(self):
        """Whether its numbers have been written down for good."""
        return self.snapshots.exists()


class Snapshot(models.Model):
    """What one indicator had reached by the end of one locked period, and which records that were.

    It is written once, by progress.locking, and never changes: what is added, withdrawn or merged later
    shows in the next period that is still open.
    """

    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, related_name="snapshots", verbose_name=_("period"), editable=False
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="snapshots", verbose_name=_("indicator"), editable=False
    )
    value = models.PositiveIntegerField(_("reached"), editable=False)
    record_ids = models.JSONField(_("records"), editable=False)
    rule_key = models.CharField(_("counting rule"), max_length=50, editable=False)
    rule_version = models.PositiveSmallIntegerField(_("version of the rule"), editable=False)
    hash = models.CharField(_("seal"), max_length=64, editable=False)
    locked_at = models.DateTimeField(_("locked on"), editable=False)

    class Meta:
        ordering = ["period", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["period", "indicator"], name="one_snapshot_an_indicator")
        ]
        verbose_name = _("locked figure")
        verbose_name_plural = _("locked figures")

    def __str__(self):
        return f"{self.period}, {self.indicator}: {self.value}"

    @property
    def is_intact(self):
        """Whether the figure and its records are what was locked."""
        return self.hash == seal(self) and self.value == len(set(self.record_ids))


def seal(snapshot):
    """The SHA-256 of what a snapshot says: project, period, indicator, rule and records."""
    period = snapshot.period
    said = {
        "project": period.project.acronym,
        "period": [period.number, period.start.isoformat(), period.end.isoformat()],
        "indicator": snapshot.indicator.key,
        "rule": [snapshot.rule_key, snapshot.rule_version],
        "value": snapshot.value,
        "records": sorted(snapshot.record_ids),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
