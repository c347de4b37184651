from django.db import models
from django.utils.translation import gettext_lazy as _

from language.fields import StoredLineField, StoredWebAddressField
from network.choices import PartnerRole
from network.models.organisation import Organisation


class Project(models.Model):
    """One funded cooperation whose practices, instruments and events count towards its targets."""

    acronym = StoredLineField(_("acronym"), max_length=50, unique=True)
    title = StoredLineField(_("title"), max_length=300)
    programme = StoredLineField(_("programme"), max_length=200, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    website = StoredWebAddressField(_("website"), blank=True, max_length=500)
    partners = models.ManyToManyField(
        Organisation, through="Partner", related_name="projects", verbose_name=_("partners")
    )
    partners_total = models.PositiveSmallIntegerField(
        _("partners in all"),
        null=True,
        blank=True,
        help_text=_("As the project states it; not all may be known here."),
    )
    source = StoredWebAddressField(_("source"), blank=True, max_length=500)

    class Meta:
        ordering = ["acronym"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self):
        return self.acronym


class Partner(models.Model):
    """One organisation's part in one project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="partnerships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="partnerships")
    role = models.CharField(_("role"), max_length=30, choices=PartnerRole, default=PartnerRole.PARTNER)

    class Meta:
        ordering = ["project", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="one_partnership_a_project")
        ]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"
