import zlib

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from language.fields import StoredLineField
from search.choices import Frequency


class SavedSearchQuerySet(models.QuerySet):
    def writing(self):
        """Searches that write to somebody who may still be written to."""
        return self.filter(paused_at=None, user__is_active=True).exclude(frequency=Frequency.NEVER)


class SavedSearch(models.Model):
    """One search that one person keeps, and how often they want to hear of what is new in it."""

    NAME_LENGTH = 120

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = StoredLineField(_("name"), max_length=NAME_LENGTH)
    # What stands behind the question mark of its address: words, kind and filters in one order.
    asked = models.TextField(_("search"))
    # Of `asked`, which is too long for an index.
    fingerprint = models.CharField(max_length=64, editable=False)
    frequency = models.CharField(
        _("letters"), max_length=8, choices=Frequency.choices, default=Frequency.WEEKLY
    )
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    # When it was last looked for something new, up to which version of the projection, and the keys that its
    # owner has seen or was told of.
    looked_at = models.DateTimeField(default=timezone.now)
    looked_up_to = models.BigIntegerField(default=0)
    seen = models.BinaryField(default=bytes)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["user", "fingerprint"], name="one_saved_search_a_person")
        ]

    def __str__(self):
        return self.name

    @property
    def writes(self):
        return self.frequency != Frequency.NEVER and not self.paused_at

    @property
    def seen_keys(self):
        """The keys of the items that were there when it was saved, or that a letter told of."""
        return set(zlib.decompress(self.seen).decode().split("\n")) - {""} if self.seen else set()

    @seen_keys.setter
    def seen_keys(self, keys):
        # In order, because neighbours are alike: ten thousand keys take about thirty kilobytes.
        self.seen = zlib.compress("\n".join(sorted(keys)).encode())


class Digest(models.Model):
    """One letter about what is new in somebody's saved searches, as long as it has not been sent: what it
    tells, so that everything can be checked once more when it leaves."""

    letter = models.OneToOneField("network.Letter", models.CASCADE, related_name="digest")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    frequency = models.CharField(max_length=8, choices=Frequency.choices)
    # [[saved search, [keys]], ...]
    contents = models.JSONField()

    class Meta:
        verbose_name = _("letter about saved searches")
        verbose_name_plural = _("letters about saved searches")

    def __str__(self):
        return str(self.letter)
