import uuid

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.models import Orderable, Page

from knowledge import gone
from knowledge.choices import Licence, Origin, Scope, Weight
from knowledge.completeness import missing_in_words
from knowledge.permissions import KnowledgePermissionTester
from knowledge.refusal import Refused
from knowledge.restrictions import SeldomRestricted
from language.fields import StoredLongLineField, StoredProseField
from regions.choices import Language, Stage


class ReferenceCounter(models.Model):
    """The last number given to a kind of page, so that GP-0057 is never given twice."""

    prefix = models.CharField(max_length=4, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.prefix}-{self.last:04}"

    @classmethod
    def next(cls, prefix):
        """The next free reference of this kind, such as GP-0058."""
        with transaction.atomic():
            cls.objects.get_or_create(prefix=prefix)
            cls.objects.filter(prefix=prefix).update(last=F("last") + 1)
            return str(cls.objects.get(prefix=prefix))


class KnowledgePageTag(TaggedItemBase):
    """One keyword of one page."""

    content_object = ParentalKey(
        "knowledge.KnowledgePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class KnowledgePage(SeldomRestricted, Page):
    """What practices, instruments and events share: what they are about and where.

    A page holds only what its authors write; what the system or an officer knows about it lives in rows of
    its own (Validation, CollectedSource, ImportedRecord, Evidence), which no later revision can overwrite.
    """

    reference_prefix = "KP"

    permanent_id = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    title_original = StoredLongLineField(
        _("original title"), blank=True, help_text=_("The title in its own language, if that is not English.")
    )
    summary = StoredProseField(
        _("summary"),
        blank=True,
        help_text=_("Two sentences in English: who did what, and what came of it."),
    )
    source_language = models.CharField(
        _("language of the text"), max_length=2, choices=Language, default=Language.EN
    )
    scope = models.CharField(_("scope"), max_length=20, choices=Scope, default=Scope.REGIONAL)
    regions = ParentalManyToManyField(
        "regions.Region", related_name="pages", blank=True, verbose_name=_("regions")
    )
    place = StoredLongLineField(
        _("place as stated"), blank=True, help_text=_("The place in words, if the regions do not say it all.")
    )
    raw_materials = ParentalManyToManyField(
        "regions.RawMaterial", related_name="pages", blank=True, verbose_name=_("raw materials")
    )
    focus_areas = ParentalManyToManyField(
        "regions.FocusArea", related_name="pages", blank=True, verbose_name=_("focus areas")
    )
    project = models.ForeignKey(
        "network.Project",
        models.PROTECT,
        related_name="pages",
        null=True,
        blank=True,
        verbose_name=_("project"),
        help_text=_("The one project whose indicators this serves, if any."),
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        models.PROTECT,
        related_name="pages",
        null=True,
        blank=True,
        verbose_name=_("owner organisation"),
    )
    organisation_as_stated = StoredProseField(
        _("organisation as the source states it"),
        blank=True,
        help_text=_("Kept when no organisation can be linked for sure. It is never counted."),
    )
    keywords = ClusterTaggableManager(
        through=KnowledgePageTag,
        blank=True,
        verbose_name=_("keywords"),
        help_text=_("Specific words only, separated by commas."),
    )
    licence = models.CharField(_("licence"), max_length=30, choices=Licence, default=Licence.CC_BY)

    # What a draft named and was deleted since (knowledge.gone); set when it is read from a revision.
    gone = ()

    # What is asked for together with the page where it is shown.
    read_along = ("organisation", "project", "collected_source")

    is_creatable = False
    exclude_fields_in_copy = ["permanent_id", "reference"]

    class Meta:
        verbose_name = _("knowledge page")
        verbose_name_plural = _("knowledge pages")

    # Wagtail calls one of the next two before every save: here a new page (or a copy) gets its reference.

    def full_clean(self, *args, **kwargs):
        self.ensure_reference()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self.ensure_reference()
        super().minimal_clean()

    def ensure_reference(self):
        """Give the page the next reference of its kind, once."""
        if not self.reference:
            self.reference = ReferenceCounter.next(self.reference_prefix)

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """The draft as it was written; what it names and is gone since is left empty and noted in `gone`.

        Everything that opens a draft comes here: editor, preview, comparison, review, publication.
        """
        data, lost = gone.without_what_is_gone(cls, data)
        page = super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)
        if lost:
            page.gone = lost
        return page

    def publish(self, revision, *args, **kwargs):
        """Publish this revision, or raise Refused when what it named is gone and cannot be left out."""
        draft = revision.as_object()
        lost = {named.field for named in draft.gone}
        if "tagged_items" in lost:
            lost.add("raw_materials")  # keywords stand in for materials
        needed = missing_in_words(draft, of=lost) if lost else []
        if needed:
            raise Refused(" ".join(gone.sentences(draft) + needed))
        return super().publish(revision, *args, **kwargs)

    def permissions_for_user(self, user):
        """Groups and memberships decide; nobody publishes past the review."""
        return KnowledgePermissionTester(user, self)

    def get_admin_display_title(self):
        """Its public title once it has one: the new one of its draft is for those who read the draft."""
        return self.title if self.live else super().get_admin_display_title()

    @property
    def was_withdrawn(self):
        """Whether it was public once and is not any more."""
        return bool(not self.live and self.first_published_at)

    @property
    def origin(self):
        """Submitted by its owner, or collected from a public source that nobody has confirmed yet."""
        source = getattr(self, "collected_source", None)
        return Origin.COLLECTED if source and not source.confirmed_at else Origin.SUBMITTED


class StageMark(Orderable):
    """One value-chain stage that a page is about. A page without a main stage touches what it marks."""

    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="stage_marks")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    weight = models.CharField(_("weight"), max_length=10, choices=Weight, default=Weight.MAIN)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "stage"], name="one_mark_a_stage")]
        verbose_name = _("value-chain stage")
        verbose_name_plural = _("value-chain stages")

    def __str__(self):
        return self.get_stage_display()
