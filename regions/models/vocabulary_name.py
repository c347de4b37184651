from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from language.fields import StoredLineField, StoredSlugField
from regions.choices import ANY_CRITICAL, ANY_STRATEGIC, Language, NamedFacet, NameKind, Stage
from regions.models.focus_area import FocusArea
from regions.models.region import Region

CLOSED = {NamedFacet.STAGE: set(Stage.values), NamedFacet.MATERIAL: {ANY_CRITICAL, ANY_STRATEGIC}}


class VocabularyName(models.Model):
    """A name or other word by which people look for a stage, a focus area or a region, in one language.

    The names of raw materials are in RawMaterialName; only what they call all strategic ones is here.
    """

    facet = models.CharField(_("of a"), max_length=10, choices=NamedFacet)
    value = StoredSlugField(
        _("code"),
        max_length=50,
        help_text=_(
            "The region’s NUTS code (SE332), the focus area’s code (mine-waste) or the stage’s (extraction)."
        ),
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language,
        blank=True,
        help_text=_("Empty where it is the same everywhere."),
    )
    text = StoredLineField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind, default=NameKind.NAME)
    is_used = models.BooleanField(
        _("used in search"),
        default=True,
        help_text=_("Without the tick the name stays here, but search does not know it."),
    )
    is_shipped = models.BooleanField(_("comes with the site"), default=False, editable=False)

    class Meta:
        ordering = ["facet", "value", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["facet", "value", "language", "text"],
                name="one_vocabulary_name_once",
                violation_error_message=_("This name is there already, for the same thing and language."),
            )
        ]
        verbose_name = _("name in search")
        verbose_name_plural = _("names in search")

    def __str__(self):
        return self.text

    def clean(self):
        if self.facet and self.value and not is_known(self.facet, self.value):
            raise ValidationError({"value": _("There is no %s with this code.") % self.get_facet_display()})


def is_known(facet, value):
    """Whether the site has a stage, focus area or region with this code."""
    if facet in CLOSED:
        return value in CLOSED[facet]
    model = {NamedFacet.FOCUS: FocusArea, NamedFacet.REGION: Region}.get(facet)
    return model is not None and model.objects.filter(code=value).exists()
