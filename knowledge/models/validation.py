from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.choices import ValidationKind
from knowledge.models.knowledge_page import KnowledgePage
from language.fields import StoredProseField


class Validation(models.Model):
    """One decision about a page by somebody other than its authors: it counts, or it enters the database."""

    page = models.ForeignKey(
        KnowledgePage, models.CASCADE, related_name="validations", verbose_name=_("page")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ValidationKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="validations",
        null=True,
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("on"), default=timezone.now)
    opinion = StoredProseField(_("expert opinion"), blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["page", "kind"], name="one_validation_of_a_kind")]
        verbose_name = _("validation")
        verbose_name_plural = _("validations")

    def __str__(self):
        return f"{self.page}: {self.get_kind_display()}"
