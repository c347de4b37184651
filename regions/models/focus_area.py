from django.db import models
from django.utils.translation import gettext_lazy as _

from language.fields import StoredLineField, StoredProseField, StoredSlugField


class FocusArea(models.Model):
    """One question of mining policy that practices, instruments and events can be about."""

    code = StoredSlugField(_("code"), unique=True)
    name = StoredLineField(_("name"), max_length=100)
    description = StoredProseField(_("description"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")

    def __str__(self):
        return self.name
