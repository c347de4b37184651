from django.db import models
from django.utils.translation import gettext_lazy as _


class Statement(models.TextChoices):
    """What the site itself adds to a page of text, from its settings and from what it does."""

    PRIVACY = "privacy", _("what is kept about people")
    ACCESSIBILITY = "accessibility", _("how accessible the site is")


class Basis(models.TextChoices):
    """The legal basis of keeping data about people: Article 6(1) of the GDPR."""

    CONSENT = "consent", _("consent, Article 6(1)(a) GDPR")
    CONTRACT = "contract", _("a contract, Article 6(1)(b) GDPR")
    LEGAL_OBLIGATION = "legal-obligation", _("a legal obligation, Article 6(1)(c) GDPR")
    PUBLIC_TASK = "public-task", _("a task in the public interest, Article 6(1)(e) GDPR")
    INTERESTS = "interests", _("legitimate interests, Article 6(1)(f) GDPR")


class Conformance(models.TextChoices):
    """How far a site meets the standard: the three answers of Implementing Decision (EU) 2018/1523."""

    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partially compliant")
    NONE = "none", _("not compliant")


class TestedBy(models.TextChoices):
    """Who looked whether a site is accessible."""

    OURSELVES = "ourselves", _("a self-assessment by the body that runs the site")
    OTHERS = "others", _("an assessment by a third party")
