from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.choices import AttendanceMode
from events.models.event import LearningEventPage
from language.fields import StoredProseField, StoredWebAddressField
from network.mailboxes import StoredMailboxField


class Places(models.Model):
    """How many people can take part in one event in one way: the row that is locked to give out a place.

    Only registration.py changes it. An event without such a row has no limit in that mode.
    """

    event = models.ForeignKey(
        LearningEventPage, models.CASCADE, related_name="places", verbose_name=_("event")
    )
    mode = models.CharField(_("how"), max_length=10, choices=AttendanceMode)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["event", "mode"]
        constraints = [models.UniqueConstraint(fields=["event", "mode"], name="one_row_of_places_a_mode")]
        verbose_name = _("places")
        verbose_name_plural = _("places")

    def __str__(self):
        return f"{self.event}, {self.get_mode_display()}"


class JoinLink(models.Model):
    """Where an event is joined online. It is kept off the page so that no page, preview or history shows it.

    rights.may_see_join_link alone decides who reads it.
    """

    event = models.OneToOneField(
        LearningEventPage, models.CASCADE, related_name="join_link", verbose_name=_("event")
    )
    url = StoredWebAddressField(_("join link"), max_length=1000)
    code = models.CharField(_("code or password"), max_length=100, blank=True)
    visible_hours = models.PositiveSmallIntegerField(
        _("shown to confirmed participants from"),
        default=24,
        help_text=_("Hours before the event begins."),
    )

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")

    def __str__(self):
        return str(self.event)


class EventStatus(models.Model):
    """What became of one event: whether it was called off, and what calendars were last told about it."""

    event = models.OneToOneField(
        LearningEventPage, models.CASCADE, related_name="status", verbose_name=_("event")
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("cancelled by"),
    )
    cancel_reason = StoredProseField(_("reason"), blank=True)
    calendar_sequence = models.PositiveIntegerField(_("calendar sequence"), default=0)
    announced = models.TextField(
        _("time and place last announced"),
        blank=True,
        help_text=_("When the page's differ, calendars get a new entry."),
    )

    class Meta:
        verbose_name = _("status of an event")
        verbose_name_plural = _("status of events")

    def __str__(self):
        return str(self.event)


class EventOrganiser(models.Model):
    """One address whose owner manages one event besides its author and the members of the event's owner.

    Only the address is known here, so that nobody learns whether there is an account with it, and whose.
    """

    event = models.ForeignKey(
        LearningEventPage, models.CASCADE, related_name="organisers", verbose_name=_("event")
    )
    email = StoredMailboxField(_("e-mail address"), help_text=_("In lower case."))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "email"], name="organiser_once_an_event")]
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self):
        return f"{self.email}, {self.event}"
