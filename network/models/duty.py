from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DutyDone(models.Model):
    """One daily duty of the worker, done on one day: what it was, when, and of how many things."""

    name = models.CharField(_("duty"), max_length=40)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("how many"), default=0)
    done_at = models.DateTimeField(_("done"), default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="one_duty_a_day")]
        verbose_name = _("duty done")
        verbose_name_plural = _("duties done")

    def __str__(self):
        return f"{self.name}, {self.day}"
