from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError, get_upload_to

from knowledge.choices import Confidentiality, Licence
from knowledge.pictures import PictureField, random_name
from language.fields import StoredLineField
from network.models import Organisation


class Picture(AbstractImage):
    """One picture with what is needed to show it: a description, a credit and a licence."""

    file = PictureField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    description = StoredLineField(
        _("alternative text"),
        max_length=255,
        help_text=_("What a person who cannot see the picture should know."),
    )
    credit = StoredLineField(_("credit"), max_length=200, help_text=_("Who made it, and for whom."))
    licence = models.CharField(_("licence"), max_length=30, choices=Licence)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        related_name="pictures",
        null=True,
        blank=True,
        verbose_name=_("owner"),
        help_text=_("Everybody in this organisation may edit it."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "organisation",
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

    def get_upload_to(self, filename):
        return f"original_images/{filename}"

    def _set_image_file_metadata(self):
        super()._set_image_file_metadata()
        if self.file._committed:
            # Wagtail leaves it open.
            self.file.close()

    def generate_rendition_file(self, filter, *, source=None):  # noqa: A002 - Wagtail's name
        """One size; of a picture that came in broken, long ago, a page shows that it is missing."""
        try:
            # Wagtail leaves the file open that it writes to.
            with super().generate_rendition_file(filter, source=source) as file:
                file.seek(0)
                return ContentFile(file.read(), name=file.name)
        except InvalidFilterSpecError:
            raise
        except Exception as error:
            raise SourceImageIOError(str(error)) from error


class Rendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]

    def get_upload_to(self, filename):
        """Served as it lies (config.media): its name is all that keeps a draft's picture from strangers."""
        return f"images/{random_name(filename.rpartition('.')[2])}"


class SourceDocument(AbstractDocument):
    """One file with its licence, the one it is credited to, whose it is, and who may read it."""

    credit = StoredLineField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=30, choices=Licence, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        related_name="files",
        null=True,
        blank=True,
        verbose_name=_("owner"),
        help_text=_("Everybody in this organisation may read and edit it, unless it is for auditors only."),
    )
    confidentiality = models.CharField(
        _("who may read it"),
        max_length=10,
        choices=Confidentiality,
        default=Confidentiality.PUBLIC,
        help_text=_("Everybody reads it only once a published page shows it; evidence can narrow this down."),
    )

    admin_form_fields = (*Document.admin_form_fields, "credit", "licence", "organisation", "confidentiality")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self):
        # Of a file that did not arrive only that is said, and not that its ending is wrong as well.
        if self.file:
            super().clean()

    def _set_document_file_metadata(self):
        super()._set_document_file_metadata()
        if self.file._committed:
            # Wagtail leaves it open.
            self.file.close()
