from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition

from knowledge.choices import Licence


class Picture(AbstractImage):
    """One picture with what is needed to show it: a description, a credit and a licence."""

    description = models.CharField(
        _("alternative text"),
        max_length=255,
        help_text=_("What a person who cannot see the picture should know."),
    )
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made it, and for whom."))
    licence = models.CharField(_("licence"), max_length=30, choices=Licence)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class Rendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class SourceDocument(AbstractDocument):
    """One file with its licence and the one it is credited to."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=30, choices=Licence, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "credit", "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
