from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from events.choices import MODES_OFFERED, AttendanceMode, EventKind, EventMode, NamesVisibleTo
from events.editor import LearningEventForm, event_panels, missing
from knowledge.fields import ChoicesField
from knowledge.models import KnowledgePage
from knowledge.refusal import Refused
from knowledge.restrictions import public
from language.fields import StoredKeyField, StoredLineField, StoredProseField, StoredRichTextField
from network.mailboxes import StoredMailboxField
from regions.choices import Language

PROSE = ["bold", "italic", "link", "ol", "ul"]


def validate_timezone(name):
    """Refuse what is no time zone of the IANA database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone. Write it as Europe/Brussels or Europe/Athens."),
            params={"name": name},
        )


class LearningEventQuerySet(PageQuerySet):
    def upcoming(self, now=None):
        """Public events that have not ended, the next first."""
        return public(self.dated().live()).filter(end__gt=now or clock.now()).order_by("start", "pk")

    def past(self, now=None):
        """Public events that have ended, the latest first."""
        return public(self.dated().live()).filter(end__lte=now or clock.now()).order_by("-start", "-pk")

    def dated(self):
        """Events that say when they begin and end, as only drafts do not."""
        return self.filter(start__isnull=False, end__isnull=False)


class LearningEventPage(KnowledgePage):
    """One learning event: a workshop, study visit, peer review or webinar between regions.

    Places, the join link, who came and whether it was called off are rows of their own: no revision of
    the page can undo them.
    """

    reference_prefix = "EV"
    read_along = ("organisation", "status")

    event_kind = models.CharField(
        _("kind of event"), max_length=30, choices=EventKind, default=EventKind.WORKSHOP
    )
    objectives = StoredRichTextField(_("what you take home"), blank=True, features=PROSE)
    description = StoredRichTextField(_("what happens"), blank=True, features=PROSE)
    start = models.DateTimeField(
        _("begins"), null=True, blank=True, help_text=_("In the time zone of the event.")
    )
    end = models.DateTimeField(_("ends"), null=True, blank=True)
    timezone = StoredKeyField(
        _("time zone"),
        max_length=50,
        default="Europe/Brussels",
        validators=[validate_timezone],
        help_text=_("As a place, such as Europe/Brussels or Europe/Athens. All times are read in it."),
    )
    mode = models.CharField(_("where"), max_length=10, choices=EventMode, default=EventMode.ON_SITE)
    venue = StoredLineField(_("venue"), max_length=200, blank=True)
    address = StoredLineField(_("street and number"), max_length=200, blank=True)
    city = StoredLineField(
        _("town and country"), max_length=100, blank=True, help_text=_("Such as “Kiruna, Sweden”.")
    )
    travel = StoredProseField(_("travel"), blank=True)
    languages = ChoicesField(_("languages"), choices_class=Language, blank=True)
    interpretation = StoredLineField(
        _("interpretation"), max_length=100, blank=True, help_text=_("Such as “interpreted, live captions”.")
    )
    accessibility_info = StoredProseField(
        _("access"), blank=True, help_text=_("Steps, hearing loop, quiet room, uneven ground.")
    )
    registration_opens = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: as soon as the page is public.")
    )
    registration_closes = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty: when the event begins.")
    )
    fee = StoredLineField(
        _("cost for participants"), max_length=100, blank=True, help_text=_("Such as “Free of charge”.")
    )
    contact = StoredMailboxField(_("contact e-mail address"), blank=True)
    publish_participants = models.CharField(
        _("names of participants are visible to"),
        max_length=15,
        choices=NamesVisibleTo,
        default=NamesVisibleTo.NOBODY,
        help_text=_("Only the names of those who agree to it."),
    )
    retention_weeks = models.PositiveSmallIntegerField(
        _("weeks to keep personal data"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(260)],
        help_text=_("Counted from the end of the event; then names and addresses are erased."),
    )
    practices = ParentalManyToManyField(
        "knowledge.GoodPracticePage",
        related_name="presented_at",
        blank=True,
        verbose_name=_("practices shown there"),
    )
    instruments = ParentalManyToManyField(
        "knowledge.PolicyInstrumentPage",
        related_name="discussed_at",
        blank=True,
        verbose_name=_("policy instruments it is about"),
    )

    content_panels = event_panels()
    base_form_class = LearningEventForm
    parent_page_types = ["knowledge.SectionPage"]
    subpage_types = []

    objects = PageManager.from_queryset(LearningEventQuerySet)()

    class Meta:
        verbose_name = _("learning event")
        verbose_name_plural = _("learning events")

    @property
    def zone(self):
        """The event's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def local_start(self):
        """When it begins, on the clocks of the place; None while a draft does not say."""
        return self.start and self.start.astimezone(self.zone)

    @property
    def local_end(self):
        """When it ends, likewise."""
        return self.end and self.end.astimezone(self.zone)

    @property
    def is_dated(self):
        """Whether it says when it begins and ends. Only a draft may not."""
        return bool(self.start and self.end)

    def has_begun(self, now):
        """Whether it has begun at this moment."""
        return bool(self.start and self.start <= now)

    def is_over(self, now):
        """Whether it has ended at this moment."""
        return bool(self.end and self.end <= now)

    @property
    def last_day(self):
        """The day it ends on, on the clocks of the place. What ends at midnight ends with the day before."""
        return self.end and (self.local_end - timedelta(microseconds=1)).date()

    @property
    def modes_offered(self):
        """The ways to take part, in the order of the form."""
        return MODES_OFFERED[EventMode(self.mode)]

    @property
    def is_on_site(self):
        """Whether people meet in a place, be it all or some of them."""
        return AttendanceMode.ON_SITE in self.modes_offered

    @property
    def registration_ends(self):
        """The moment after which nobody can register; None while a draft does not say when it begins."""
        return self.registration_closes or self.start

    def lacks(self):
        """(field, sentence) for what it needs to be public besides what every page needs."""
        return missing(self)

    def publish(self, revision, *args, **kwargs):
        """Publish this revision, or raise Refused: nobody can come to an event that has no date."""
        draft = revision.as_object()
        if not draft.is_dated:
            raise Refused(" ".join(sentence for name, sentence in missing(draft) if name in ("start", "end")))
        return super().publish(revision, *args, **kwargs)

    def clean(self):
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("The event must end after it begins.")})
        opens, closes = self.registration_opens, self.registration_closes
        if opens and closes and closes <= opens:
            raise ValidationError({"registration_closes": _("Registration must close after it opens.")})
        if closes and self.end and closes > self.end:
            raise ValidationError(
                {"registration_closes": _("Registration must close before the event ends.")}
            )
