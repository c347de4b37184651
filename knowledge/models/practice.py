from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from knowledge.choices import (
    ContextFactor,
    CostBasis,
    CrmaObjective,
    Difficulty,
    FundingSource,
    Maturity,
    PracticeType,
    PublicRole,
    RecordKind,
    Relevance,
    RexLoop,
)
from knowledge.fields import ChoicesField, PartialDateField, date_bounds
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.panels import practice_panels
from knowledge.reading.practice import practice
from language.fields import StoredLineField, StoredProseField, StoredRichTextField, StoredWebAddressField

PROSE = ["bold", "italic", "link", "ol", "ul"]


class GoodPracticePage(KnowledgePage):
    """One good practice, or one lesson from what failed: what a region did, with which result."""

    reference_prefix = "GP"

    record_kind = models.CharField(
        _("kind of record"), max_length=20, choices=RecordKind, default=RecordKind.GOOD_PRACTICE
    )
    challenge = StoredRichTextField(_("the problem"), blank=True, features=PROSE)
    description = StoredRichTextField(_("what was done"), blank=True, features=PROSE)
    evidence_of_success = StoredRichTextField(_("evidence of success"), blank=True, features=PROSE)
    resources_needed = StoredRichTextField(_("resources needed"), blank=True, features=PROSE)
    cost_amount = models.DecimalField(
        _("cost in euro"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_basis = models.CharField(_("what the cost covers"), max_length=20, choices=CostBasis, blank=True)
    cost_note = StoredProseField(_("note on the cost"), blank=True)
    staff_fte = models.DecimalField(
        _("staff, full-time equivalents"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    funding_sources = ChoicesField(_("funding"), choices_class=FundingSource, blank=True)
    difficulties = StoredRichTextField(_("difficulties"), blank=True, features=PROSE)
    transfer_potential = StoredRichTextField(_("could it work elsewhere"), blank=True, features=PROSE)
    start = PartialDateField(
        _("start"), blank=True, help_text=_("As exact as known: 2016, 2016-05, 2016-05-17.")
    )
    end = PartialDateField(_("end"), blank=True, help_text=_("Empty while it goes on."))
    maturity = models.CharField(_("how far it has come"), max_length=10, choices=Maturity, blank=True)
    relevance = models.CharField(
        _("relevance to raw materials"), max_length=20, choices=Relevance, blank=True
    )
    public_role = models.CharField(_("public role"), max_length=30, choices=PublicRole, blank=True)
    practice_type = models.CharField(_("type of practice"), max_length=30, choices=PracticeType, blank=True)
    crma_objectives = ChoicesField(
        _("objectives of the Critical Raw Materials Act"), choices_class=CrmaObjective, blank=True
    )
    rex_loops = ChoicesField(_("loops of materials"), choices_class=RexLoop, blank=True)
    website = StoredWebAddressField(_("further information"), blank=True, max_length=500)
    picture = models.ForeignKey(
        "knowledge.Picture",
        models.SET_NULL,
        related_name="shown_in",
        null=True,
        blank=True,
        verbose_name=_("picture"),
    )

    content_panels = practice_panels()

    read_along = (*KnowledgePage.read_along, "picture")

    parent_page_types = ["knowledge.SectionPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"shown": practice(self, request)}

    @property
    def first_day(self):
        """The earliest day the practice can have begun, or None."""
        return date_bounds(self.start)[0] if self.start else None

    @property
    def last_day(self):
        """The latest day the practice can have ended, or None."""
        return date_bounds(self.end)[1] if self.end else None


class KeyFigure(Orderable):
    """One figure that shows a practice's success, with what it counts and where it comes from."""

    page = ParentalKey(GoodPracticePage, on_delete=models.CASCADE, related_name="key_figures")
    value = StoredLineField(_("figure with its unit"), max_length=30)
    label = StoredLineField(_("what it counts"), max_length=100)
    basis = StoredLineField(_("period and base"), max_length=150, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")

    def __str__(self):
        return f"{self.value} {self.label}"


class ResourceItem(Orderable):
    """One thing a practice needed, who paid for it and how much."""

    page = ParentalKey(GoodPracticePage, on_delete=models.CASCADE, related_name="resource_items")
    what = StoredLineField(_("what"), max_length=100)
    paid_by = StoredLineField(_("who paid"), max_length=100, blank=True)
    amount = models.DecimalField(_("euro"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def __str__(self):
        return self.what


class TransferCondition(Orderable):
    """One thing that must hold for a practice to work in another region."""

    page = ParentalKey(GoodPracticePage, on_delete=models.CASCADE, related_name="transfer_conditions")
    condition = StoredLineField(_("condition"), max_length=150)
    factor = models.CharField(_("about"), max_length=20, choices=ContextFactor)
    why = StoredLineField(_("why it matters"), max_length=200, blank=True)
    difficulty = models.CharField(_("how hard"), max_length=10, choices=Difficulty, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("condition for transfer")
        verbose_name_plural = _("conditions for transfer")

    def __str__(self):
        return self.condition
