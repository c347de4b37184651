from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.models.policy_change import PolicyChange
from language.fields import StoredWebAddressField


class TakenUp(models.Model):
    """That an officer without a hand in a claimed policy change looked at it: now everybody reads it.

    It says nothing about whether the change is true or counts; that is validation.
    """

    change = models.OneToOneField(
        PolicyChange, models.CASCADE, related_name="taken_up", verbose_name=_("policy change")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="changes_taken_up",
        null=True,
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("on"), default=timezone.now)

    class Meta:
        verbose_name = _("policy change taken up")
        verbose_name_plural = _("policy changes taken up")

    def __str__(self):
        return str(self.change)


class CollectedChange(models.Model):
    """Where a policy change was collected from, while nobody claims it. It is shown as not checked, and never
    counts."""

    change = models.OneToOneField(
        PolicyChange, models.CASCADE, related_name="collected_source", verbose_name=_("policy change")
    )
    url = StoredWebAddressField(_("address of the source"), max_length=1000)
    read_on = models.DateField(_("read on"))

    class Meta:
        verbose_name = _("source of a policy change")
        verbose_name_plural = _("sources of policy changes")

    def __str__(self):
        return self.url
