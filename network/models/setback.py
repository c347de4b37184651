from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.choices import SetbackKind
from network.models.letter import Letter


class SetbackQuerySet(models.QuerySet):
    def set_aside(self):
        """What was tried for two days and now waits for a person, the latest first."""
        return self.exclude(set_aside_at=None).order_by("-set_aside_at", "pk")

    def tried_again(self):
        """What failed and is tried again by itself."""
        return self.filter(set_aside_at=None).order_by("again_at", "pk")

    def resting(self, now=None):
        """What must not be tried at this moment."""
        return self.filter(Q(again_at=None) | Q(again_at__gt=now or timezone.now()))


class Setback(models.Model):
    """One thing that the site could not do in the background: why, how often, and when it is tried again.

    The row goes as soon as the thing is done. It never holds a letter's body, a code or a personal link.
    """

    # How long is waited after each failure; after the last one the thing is set aside. Two days in all.
    PAUSES = (
        timedelta(seconds=10),
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(minutes=30),
        timedelta(hours=1),
        timedelta(hours=2),
        timedelta(hours=4),
        timedelta(hours=8),
        timedelta(hours=16),
        timedelta(hours=16),
    )

    kind = models.CharField(_("kind"), max_length=10, choices=SetbackKind)
    key = models.CharField(_("key"), max_length=120)
    # A letter that is deleted, as erasure does, takes this row with it.
    letter = models.OneToOneField(
        Letter, models.CASCADE, related_name="setback", null=True, blank=True, verbose_name=_("letter")
    )
    what = models.CharField(_("what"), max_length=255)
    to = models.CharField(_("to whom"), max_length=254, blank=True)
    reason = models.CharField(_("why"), max_length=300)
    tries = models.PositiveIntegerField(_("how often"), default=0)
    first_at = models.DateTimeField(_("first"), default=timezone.now)
    last_at = models.DateTimeField(_("last"), default=timezone.now)
    again_at = models.DateTimeField(
        _("tried again"), null=True, blank=True, help_text=_("Empty: only when a person says so.")
    )
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)

    objects = SetbackQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_setback_a_thing")]
        indexes = [models.Index(fields=["kind", "again_at"], name="setback_resting")]
        verbose_name = _("setback")
        verbose_name_plural = _("setbacks")

    def __str__(self):
        return self.what
