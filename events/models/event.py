from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models import KnowledgePage


class LearningEventPage(KnowledgePage):
    """One learning event: a workshop, study visit, peer review or webinar between regions."""

    reference_prefix = "EV"

    start = models.DateTimeField(_("begins"))
    end = models.DateTimeField(_("ends"))

    parent_page_types = ["knowledge.SectionPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("learning event")
        verbose_name_plural = _("learning events")
