from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from events.models.event import LearningEventPage
from language.fields import StoredLineField, StoredWebAddressField


class AgendaItem(Orderable):
    """One point of an event's agenda."""

    page = ParentalKey(LearningEventPage, on_delete=models.CASCADE, related_name="agenda_items")
    day = models.DateField(_("day"))
    start = models.TimeField(_("from"))
    end = models.TimeField(_("to"), null=True, blank=True)
    title = StoredLineField(_("what"), max_length=150)
    speakers = StoredLineField(
        _("who, or a note"), max_length=200, blank=True, help_text=_("Speakers and where they come from.")
    )
    is_break = models.BooleanField(_("break or frame"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")

    def __str__(self):
        return self.title


class EventMaterial(Orderable):
    """One paper, recording or set of slides of an event, from the day it may be read."""

    page = ParentalKey(LearningEventPage, on_delete=models.CASCADE, related_name="materials")
    title = StoredLineField(_("title"), max_length=150)
    document = models.ForeignKey(
        "knowledge.SourceDocument",
        models.PROTECT,
        related_name="materials",
        null=True,
        blank=True,
        verbose_name=_("file"),
    )
    url = StoredWebAddressField(_("or its address"), blank=True, max_length=500)
    available_from = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Until this day only the title is shown.")
    )
    note = StoredLineField(
        _("note"), max_length=100, blank=True, help_text=_("Such as “English and German”.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self):
        return self.title
