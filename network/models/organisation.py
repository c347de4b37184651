from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from language.fields import StoredLineField, StoredWebAddressField
from network.choices import LegalStatus, MembershipRole, OrganisationType
from network.names import StoredNameField


class Organisation(models.Model):
    """One body that owns practices, decides on instruments or sends people to events."""

    name = StoredNameField(_("name in English"), max_length=200)
    name_original = StoredNameField(_("original name"), max_length=200, blank=True)
    acronym = StoredNameField(_("acronym"), max_length=30, blank=True)
    organisation_type = models.CharField(
        _("type of organisation"), max_length=30, choices=OrganisationType, blank=True
    )
    legal_status = models.CharField(_("legal status"), max_length=10, choices=LegalStatus, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        related_name="organisations",
        null=True,
        blank=True,
        verbose_name=_("region"),
    )
    city = StoredLineField(_("city"), max_length=100, blank=True)
    website = StoredWebAddressField(_("website"), blank=True)
    is_policy_responsible = models.BooleanField(
        _("responsible for a policy"),
        default=False,
        help_text=_("It decides on at least one policy instrument."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="merged_from",
        null=True,
        blank=True,
        verbose_name=_("merged into"),
        help_text=_("Set when the same body was entered twice; counters then count it once."),
    )
    source = StoredWebAddressField(_("source"), blank=True, max_length=500)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name

    @property
    def country(self):
        """The country's code (GB for the United Kingdom is UK in NUTS), or an empty text."""
        return self.region.country if self.region else ""


class Membership(models.Model):
    """One person's place in one organisation: what it owns, they may edit."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)

    class Meta:
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_an_organisation")
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self):
        return f"{self.user}, {self.organisation}"
