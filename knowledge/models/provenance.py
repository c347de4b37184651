from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.models.knowledge_page import KnowledgePage
from language.fields import StoredKeyField, StoredLineField, StoredWebAddressField


class CollectedSource(models.Model):
    """Where a page was collected from, as long as its owner has not confirmed it. Its presence keeps
    the page out of every indicator."""

    page = models.OneToOneField(
        KnowledgePage, models.CASCADE, related_name="collected_source", verbose_name=_("page")
    )
    url = StoredWebAddressField(_("address of the source"), max_length=1000)
    read_on = models.DateField(_("read on"))
    kind = StoredLineField(_("kind of source"), max_length=100, blank=True)
    confidence = StoredLineField(_("how sure"), max_length=20, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="confirmed_sources",
        null=True,
        blank=True,
        verbose_name=_("confirmed by"),
    )

    class Meta:
        verbose_name = _("public source")
        verbose_name_plural = _("public sources")

    def __str__(self):
        return self.url


class ImportedRecord(models.Model):
    """Which row of which import a page comes from, and the revision the import wrote.

    A page whose latest revision is another one has been edited since, and is left alone by later imports.
    """

    page = models.OneToOneField(
        KnowledgePage, models.CASCADE, related_name="imported_record", verbose_name=_("page")
    )
    import_set = StoredKeyField(_("import set"), max_length=50)
    external_id = StoredKeyField(_("id in the file"), max_length=100)
    revision_id = models.BigIntegerField(_("revision written"))
    fingerprint = models.CharField(_("fingerprint of the row"), max_length=64)
    imported_at = models.DateTimeField(_("imported on"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["import_set", "external_id"], name="one_page_a_row_of_a_set")
        ]
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")

    def __str__(self):
        return f"{self.import_set}: {self.external_id}"
