from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from regions.choices import Language

LONGEST_TERM = 100


class SynonymSetQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


class SynonymSet(ClusterableModel):
    """Words that mean the same to a reader: whoever looks for one of them finds them all."""

    name = models.CharField(
        _("name"),
        max_length=100,
        unique=True,
        help_text=_("What the set is about, such as “Red mud”. Readers do not see it."),
    )
    note = models.TextField(
        _("note"),
        blank=True,
        max_length=1000,
        help_text=_("Why these words belong together, or what they must not be mixed up with."),
    )
    is_active = models.BooleanField(
        _("used in search"),
        default=True,
        help_text=_("Without the tick the set stays here, but search does not know it."),
    )
    # Which shipped set this is; null for an editor's own.
    key = models.SlugField(_("key"), unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SynonymSetQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("set of synonyms")
        verbose_name_plural = _("sets of synonyms")

    def __str__(self):
        return self.name


class SynonymTerm(models.Model):
    """One word or phrase of a set, in one language or in any."""

    synonyms = ParentalKey(SynonymSet, on_delete=models.CASCADE, related_name="terms")
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language,
        blank=True,
        help_text=_("Empty where it is the same everywhere, such as an abbreviation."),
    )
    text = models.CharField(_("word or phrase"), max_length=LONGEST_TERM)
    is_symbol = models.BooleanField(
        _("only as written"),
        default=False,
        help_text=_(
            "For abbreviations that are also words: WEEE, not weee; REE, not ree. Capitals and accents "
            "must then be the same."
        ),
    )
    is_narrower = models.BooleanField(
        _("narrower"),
        default=False,
        help_text=_(
            "A kind of the thing, such as “drones” among “remote sensing”: who looks for the others finds it "
            "too, but who looks for it does not find them."
        ),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["synonyms", "language", "text"], name="one_synonym_once_a_set")
        ]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return self.text


class ShippedSynonyms(models.Model):
    """What was last loaded under a key of the shipped data.

    It stays when an editor deletes the set, so that the set does not come back, and tells whether an editor
    changed it.
    """

    key = models.SlugField(unique=True)
    fingerprint = models.CharField(max_length=64)

    def __str__(self):
        return self.key
