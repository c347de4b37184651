from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from language.fields import StoredKeyField, StoredLineField
from regions.choices import Level, PointPrecision


class RegionQuerySet(models.QuerySet):
    def current(self):
        """Regions of the present edition of the NUTS classification."""
        return self.filter(last_edition=None)

    def within(self, code):
        """The region with this code and every region inside it: NUTS codes begin with their parent's."""
        return self.filter(code__startswith=code)


class Region(models.Model):
    """One statistical region of Europe, from a country (level 0) to a NUTS 3 region.

    A code keeps the meaning of its edition; a region that the classification dropped stays as long as
    content points to it and carries the last edition that had it.
    """

    code = StoredKeyField(
        _("NUTS code"),
        max_length=5,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Z]{2}[A-Z0-9]{0,3}$", _("A NUTS code has two letters and up to three more signs.")
            )
        ],
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("part of"),
    )
    name = StoredLineField(_("name in Latin script"), max_length=200)
    name_local = StoredLineField(
        _("name in local script"),
        max_length=200,
        blank=True,
        help_text=_("Only where it differs, for example in Greek."),
    )
    country = StoredKeyField(_("country"), max_length=2, db_index=True)
    first_edition = models.PositiveSmallIntegerField(_("first edition"), help_text=_("Year, such as 2024."))
    last_edition = models.PositiveSmallIntegerField(
        _("last edition"), null=True, blank=True, help_text=_("Empty while the region exists.")
    )
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", blank=True, verbose_name=_("became")
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    point = models.CharField(
        _("point"), max_length=10, choices=PointPrecision, default=PointPrecision.COUNTRY
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self):
        return f"{self.name} ({self.code})"

    def get_absolute_url(self):
        return reverse("region", args=[self.code])

    @property
    def lineage(self):
        """The codes of the region and all it lies in, the country first: SE, SE3, SE33."""
        return [self.code[:length] for length in range(2, len(self.code) + 1)]

    @property
    def has_ended(self):
        """Whether a later edition of the classification no longer has this region."""
        return self.last_edition is not None
