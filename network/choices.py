"""Closed lists about organisations and the people in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationType(models.TextChoices):
    """The 17 types of partner of the Interreg programmes."""

    LOCAL_AUTHORITY = "local-authority", _("Local public authority")
    REGIONAL_AUTHORITY = "regional-authority", _("Regional public authority")
    NATIONAL_AUTHORITY = "national-authority", _("National public authority")
    SECTORAL_AGENCY = "sectoral-agency", _("Sectoral agency")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure and service provider")
    INTEREST_GROUP = "interest-group", _("Interest group or NGO")
    RESEARCH = "research", _("Higher education and research organisation")
    EDUCATION = "education", _("Education or training centre and school")
    ENTERPRISE = "enterprise", _("Enterprise, except SME")
    SME = "sme", _("SME")
    BUSINESS_SUPPORT = "business-support", _("Business support organisation")
    EGTC = "egtc", _("EGTC")
    INTERNATIONAL = "international", _("International organisation or EEIG")
    GENERAL_PUBLIC = "general-public", _("General public")
    HOSPITAL = "hospital", _("Hospital or medical centre")
    CROSS_BORDER_BODY = "cross-border-body", _("Cross-border legal body")
    OTHER = "other", _("Other")


class LegalStatus(models.TextChoices):
    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Private")


class MembershipRole(models.TextChoices):
    """What a person may do for an organisation: both may edit what it owns."""

    MEMBER = "member", _("Member")
    CONTACT = "contact", _("Contact person")


class PartnerRole(models.TextChoices):
    """What an organisation is in a project."""

    LEAD = "lead-partner", _("Lead partner")
    PARTNER = "partner", _("Partner")
    ADVISORY = "advisory-partner", _("Advisory partner")
    POLICY_AUTHORITY = "associated-policy-authority", _("Associated policy authority")
    STAKEHOLDER = "stakeholder", _("Stakeholder")


class SetbackKind(models.TextChoices):
    """What can fail in the background."""

    LETTER = "letter", _("Letter")
    PAGE = "page", _("Page")
    ROW = "row", _("Search entry")
    TASK = "task", _("Background task")
    DUTY = "duty", _("Daily duty")
    JOB = "job", _("Part of the worker")
