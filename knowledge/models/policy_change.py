from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel

from knowledge.choices import ChangeStatus, ChangeType
from knowledge.fields import ChoicesField, PartialDateField
from knowledge.models.instrument import PolicyInstrumentPage
from knowledge.models.practice import GoodPracticePage
from knowledge.panels import limited
from knowledge.states import public_changes
from knowledge.widgets import SearchableChecklist
from language.fields import StoredLongLineField, StoredProseField


class PolicyChangeQuerySet(models.QuerySet):
    def public(self):
        """Those that everybody may read on the pages of published instruments."""
        return self.filter(public_changes())

    def looked_at(self):
        """Those of them that an officer took up or validated: what was only collected says nothing about how
        far an instrument has come."""
        return self.public().filter(collected_source=None)


class PolicyChange(ClusterableModel):
    """One improvement of a policy instrument: what changed, who decided, what inspired it."""

    instrument = models.ForeignKey(
        PolicyInstrumentPage, models.PROTECT, related_name="changes", verbose_name=_("instrument")
    )
    title = StoredLongLineField(_("title"))
    what_changed = StoredProseField(_("what changed"))
    before = StoredProseField(_("text before"), blank=True)
    after = StoredProseField(_("text now"), blank=True)
    change_types = ChoicesField(_("type of change"), choices_class=ChangeType)
    inspired_by = models.ManyToManyField(
        GoodPracticePage,
        through="Inspiration",
        related_name="inspired_changes",
        verbose_name=_("inspired by"),
    )
    learned_at = models.ManyToManyField(
        "events.LearningEventPage",
        related_name="taught_changes",
        blank=True,
        verbose_name=_("learned at"),
    )
    learned_otherwise = StoredProseField(
        _("or how it was learned"), blank=True, help_text=_("If at no learning event: how.")
    )
    decided_by = models.ForeignKey(
        "network.Organisation",
        models.PROTECT,
        related_name="decided_changes",
        verbose_name=_("decided by"),
    )
    decision_date = PartialDateField(
        _("decided on"), help_text=_("As exact as known: 2026, 2026-05, 2026-05-17.")
    )
    in_force_date = PartialDateField(_("in force from"), blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=ChangeStatus, default=ChangeStatus.ANNOUNCED, editable=False
    )
    funding_influenced = models.DecimalField(
        _("funding influenced, euro"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    of_which_structural_funds = models.DecimalField(
        _("of which Structural Funds"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    attribution_note = StoredProseField(
        _("what would have happened anyway"),
        help_text=_("One or two honest sentences on how much of the change comes from the learning."),
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="claimed_changes",
        null=True,
        editable=False,
        verbose_name=_("claimed by"),
    )
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="validated_changes",
        null=True,
        editable=False,
        verbose_name=_("validated by"),
    )
    validated_at = models.DateTimeField(_("validated on"), null=True, editable=False)
    decision_comment = StoredProseField(_("comment of the officer"), blank=True, editable=False)

    panels = [
        PageChooserPanel("instrument", ["knowledge.PolicyInstrumentPage"]),
        limited("title", _("What is new: “A call for re-mining before closure”."), "change_title"),
        limited("what_changed", _("What was so before, what is so now.")),
        FieldRowPanel(
            [
                FieldPanel("before", help_text=_("The sentence as it stood, if there is one.")),
                FieldPanel("after", help_text=_("The same sentence now.")),
            ]
        ),
        FieldPanel("change_types"),
        MultiFieldPanel(
            [
                FieldPanel("decided_by"),
                FieldRowPanel([FieldPanel("decision_date"), FieldPanel("in_force_date")]),
            ],
            _("Decision"),
        ),
        InlinePanel(
            "inspirations",
            heading=_("Inspired by"),
            label=_("good practice"),
            help_text=_(
                "The good practices it took from. A practice or a learning event is needed to count."
            ),
            panels=[
                PageChooserPanel("practice", ["knowledge.GoodPracticePage"]),
                FieldPanel("taken"),
                FieldPanel("adapted"),
            ],
        ),
        MultiFieldPanel(
            [FieldPanel("learned_at", widget=SearchableChecklist), FieldPanel("learned_otherwise")],
            _("Where it was learned"),
        ),
        FieldRowPanel([FieldPanel("funding_influenced"), FieldPanel("of_which_structural_funds")]),
        limited("attribution_note", _("What would have happened anyway, in one or two honest sentences.")),
    ]

    objects = PolicyChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-decision_date", "-pk"]
        verbose_name = _("policy change")
        verbose_name_plural = _("policy changes")

    def __str__(self):
        return self.title

    @property
    def is_collected(self):
        """Whether it comes from a public source and nobody has claimed it."""
        return hasattr(self, "collected_source")

    @property
    def is_public(self):
        """Whether everybody may read it who may read its instrument."""
        return self.status == ChangeStatus.VALIDATED or hasattr(self, "taken_up") or self.is_collected


class Inspiration(models.Model):
    """What one policy change took from one good practice."""

    change = ParentalKey(PolicyChange, on_delete=models.CASCADE, related_name="inspirations")
    practice = models.ForeignKey(GoodPracticePage, models.PROTECT, related_name="inspirations")
    taken = StoredProseField(_("what was taken"), blank=True)
    adapted = StoredProseField(_("what was adapted"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "practice"], name="one_inspiration_a_practice")
        ]
        verbose_name = _("inspiration")
        verbose_name_plural = _("inspirations")

    def __str__(self):
        return f"{self.practice} → {self.change}"
