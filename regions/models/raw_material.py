from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from language.fields import StoredKeyField, StoredLineField, StoredProseField, StoredSlugField
from regions.choices import Language, MaterialGroup, MaterialKind, NameKind


class RawMaterial(models.Model):
    """One raw material, a single element of it, or a group of raw materials.

    Critical and strategic follow Annexes II and I of Regulation (EU) 2024/1252.
    """

    code = StoredSlugField(_("code"), unique=True)
    name = StoredLineField(_("name"), max_length=100)
    symbol = StoredKeyField(_("symbol or formula"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=MaterialKind, default=MaterialKind.MATERIAL)
    group = models.CharField(_("family"), max_length=20, choices=MaterialGroup)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("belongs to"),
    )
    members = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="member_of",
        blank=True,
        verbose_name=_("members"),
        help_text=_(
            "What counts as this material too: the elements of the rare earths, the ores of a group."
        ),
    )
    is_critical = models.BooleanField(_("critical"), default=False)
    is_strategic = models.BooleanField(_("strategic"), default=False)
    strategic_grade = StoredLineField(
        _("strategic grade"), max_length=100, blank=True, help_text=_("Such as “battery grade”.")
    )
    list_version = StoredKeyField(
        _("list"), max_length=100, blank=True, help_text=_("The act that names it critical or strategic.")
    )
    source = StoredProseField(_("source"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("raw material")
        verbose_name_plural = _("raw materials")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("material", args=[self.code])


class RawMaterialName(models.Model):
    """A name, other word or symbol by which people look for a raw material, in one language."""

    material = models.ForeignKey(RawMaterial, models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    name = StoredLineField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind, default=NameKind.NAME)

    class Meta:
        ordering = ["language", "name"]
        constraints = [
            models.UniqueConstraint(fields=["material", "language", "name"], name="one_name_once_a_language")
        ]
        verbose_name = _("name of a raw material")
        verbose_name_plural = _("names of raw materials")

    def __str__(self):
        return self.name
