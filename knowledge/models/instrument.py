from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable

from knowledge.choices import AuthorityRole, CrmaObjective, InstrumentKind, NeedState
from knowledge.fields import ChoicesField
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.practice import PROSE
from knowledge.panels import instrument_panels
from knowledge.reading.instrument import instrument
from language.fields import (
    StoredKeyField,
    StoredLineField,
    StoredProseField,
    StoredRichTextField,
    StoredWebAddressField,
)
from regions.choices import Stage


class PolicyInstrumentPage(KnowledgePage):
    """One policy, strategy, plan, law or funding programme that a public authority applies.

    The owner organisation is the responsible authority. Whether the instrument has been improved is not
    written here: it follows from its validated policy changes.
    """

    reference_prefix = "PI"

    instrument_kind = models.CharField(
        _("kind of instrument"), max_length=30, choices=InstrumentKind, blank=True
    )
    description = StoredRichTextField(_("what it is"), blank=True, features=PROSE)
    mining_gap = StoredRichTextField(_("what it lacks on raw materials"), blank=True, features=PROSE)
    intended_improvement = StoredRichTextField(_("what shall change"), blank=True, features=PROSE)
    authority_role = models.CharField(
        _("role of the responsible authority"),
        max_length=20,
        choices=AuthorityRole,
        default=AuthorityRole.OWNER,
    )
    partners = ParentalManyToManyField(
        "network.Organisation",
        related_name="partnered_instruments",
        blank=True,
        verbose_name=_("partners working on it"),
    )
    valid_from = models.PositiveSmallIntegerField(_("valid from (year)"), null=True, blank=True)
    valid_to = models.PositiveSmallIntegerField(_("valid to (year)"), null=True, blank=True)
    legal_reference = StoredProseField(_("legal reference"), blank=True)
    website = StoredWebAddressField(_("address of the text"), blank=True, max_length=500)
    is_structural_funds = models.BooleanField(_("Structural Funds programme"), default=False)
    cci_code = StoredKeyField(_("CCI code"), max_length=20, blank=True)
    budget_total = models.DecimalField(
        _("budget in euro"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    budget_addressed = models.DecimalField(
        _("of which addressed here"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    crma_objectives = ChoicesField(
        _("objectives of the Critical Raw Materials Act"), choices_class=CrmaObjective, blank=True
    )
    baseline = models.ForeignKey(
        "knowledge.SourceDocument",
        models.PROTECT,
        related_name="baseline_of",
        null=True,
        blank=True,
        verbose_name=_("text before any change"),
        help_text=_("Needed to prove a change later."),
    )

    content_panels = instrument_panels()

    parent_page_types = ["knowledge.SectionPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("policy instrument")
        verbose_name_plural = _("policy instruments")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"shown": instrument(self, request)}


class InstrumentNeed(Orderable):
    """One thing an instrument has to do better, and how far that has come."""

    page = ParentalKey(PolicyInstrumentPage, on_delete=models.CASCADE, related_name="needs")
    need = StoredLineField(_("need"), max_length=150)
    today = StoredLineField(_("how it is today"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=NeedState, default=NeedState.OPEN)

    class Meta(Orderable.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def __str__(self):
        return self.need


class InstrumentMeasure(Orderable):
    """One measure of an instrument: what it funds, at which stages, with how much money."""

    page = ParentalKey(PolicyInstrumentPage, on_delete=models.CASCADE, related_name="measures")
    name = StoredLineField(_("measure"), max_length=200)
    stages = ChoicesField(_("value-chain stages"), choices_class=Stage, blank=True)
    budget = models.DecimalField(_("euro"), max_digits=15, decimal_places=2, null=True, blank=True)
    next_call = StoredLineField(_("next call"), max_length=50, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def __str__(self):
        return self.name
