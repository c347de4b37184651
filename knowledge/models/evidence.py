from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

from knowledge.choices import Confidentiality, EvidenceKind
from knowledge.fields import PartialDateField
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.models.media import SourceDocument
from knowledge.models.policy_change import PolicyChange
from language.fields import StoredLineField, StoredWebAddressField
from regions.choices import Language


class Evidence(models.Model):
    """One document, page or list that proves something about one page or one policy change."""

    page = models.ForeignKey(
        KnowledgePage,
        models.CASCADE,
        related_name="evidence",
        null=True,
        blank=True,
        verbose_name=_("practice, instrument or event"),
    )
    change = models.ForeignKey(
        PolicyChange,
        models.CASCADE,
        related_name="evidence",
        null=True,
        blank=True,
        verbose_name=_("policy change"),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=EvidenceKind)
    title = StoredLineField(_("title"), max_length=200)
    claim = StoredLineField(
        _("what it proves"), max_length=200, blank=True, help_text=_("Such as “Tonnes reprocessed”.")
    )
    document = models.ForeignKey(
        SourceDocument, models.PROTECT, related_name="evidence", null=True, blank=True, verbose_name=_("file")
    )
    url = StoredWebAddressField(_("or its address"), blank=True, max_length=500)
    date = PartialDateField(_("date"), blank=True)
    issuer = StoredLineField(_("issued by"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    confidentiality = models.CharField(
        _("who may open it"), max_length=10, choices=Confidentiality, default=Confidentiality.PUBLIC
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="added_evidence",
        null=True,
        editable=False,
        verbose_name=_("added by"),
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="accepted_evidence",
        null=True,
        editable=False,
        verbose_name=_("accepted by"),
    )
    accepted_at = models.DateTimeField(_("accepted on"), null=True, editable=False)

    panels = [
        MultiFieldPanel(
            [
                PageChooserPanel("page", ["knowledge.KnowledgePage"]),
                FieldPanel("change"),
            ],
            _("What it belongs to"),
            help_text=_("Either a page or a policy change."),
        ),
        FieldPanel("kind"),
        FieldPanel("title", help_text=_("As it is called: “Regional audit office, report 14/2026”.")),
        FieldPanel("claim"),
        MultiFieldPanel(
            [FieldPanel("document"), FieldPanel("url")],
            _("The evidence itself"),
            help_text=_("A file or its address on the web; one of the two is needed."),
        ),
        FieldRowPanel([FieldPanel("date"), FieldPanel("issuer"), FieldPanel("language")]),
        FieldPanel("confidentiality"),
    ]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page=None, change__isnull=False) | Q(page__isnull=False, change=None),
                name="evidence_of_one_thing",
            )
        ]
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")

    def __str__(self):
        return self.title

    @property
    def subject(self):
        """The page that this evidence is about: its own, or that of the changed instrument."""
        return self.page if self.page_id else self.change.instrument
