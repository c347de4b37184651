import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choices import STANDING, UNCONFIRMED, AttendanceMode, Presence, RegState
from events.models.event import LearningEventPage
from language.fields import StoredKeyField, StoredLineField
from network.mailboxes import StoredMailboxField
from network.names import StoredNameField

# How long a guest's place is held once the letter with their link has left.
HOLD = timedelta(minutes=30)
# A letter that could not leave for so long is given up, and the place with it.
LETTERS_ARE_TRIED = timedelta(days=2)


def new_token():
    """A secret that nobody can guess, for the link in a letter."""
    return secrets.token_urlsafe(32)


class Participant(models.Model):
    """One person who takes part in events, with an account or only an e-mail address.

    Erasing blanks the row and keeps it, so that everything counted stays counted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = StoredMailboxField(_("e-mail address"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="participant",
        null=True,
        blank=True,
        verbose_name=_("account"),
    )
    name = StoredNameField(_("full name"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        "network.Organisation",
        models.PROTECT,
        related_name="participants",
        null=True,
        blank=True,
        verbose_name=_("organisation"),
        help_text=_("Only when it is surely this one; only linked organisations count."),
    )
    organisation_as_stated = StoredNameField(_("organisation as stated"), max_length=200, blank=True)
    country = StoredKeyField(_("country"), max_length=2, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        related_name="participants",
        null=True,
        blank=True,
        verbose_name=_("region"),
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="one_participant_an_address")
        ]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self):
        return self.name or _("Erased")

    @property
    def organisation_name(self):
        """The organisation's name, linked or as the person wrote it."""
        return self.organisation.name if self.organisation else self.organisation_as_stated


class RegistrationQuerySet(models.QuerySet):
    def confirmed(self):
        """Registrations that have a place."""
        return self.filter(state=RegState.CONFIRMED)

    def waiting(self):
        """Registrations on the waiting list, the first in line first."""
        return self.filter(state=RegState.WAITING).order_by("number")

    def standing(self):
        """Registrations that have a place or wait for one."""
        return self.filter(state__in=STANDING)

    def unconfirmed(self):
        """Registrations of guests who have not used their link yet."""
        return self.filter(state__in=UNCONFIRMED)

    def with_place(self):
        """Registrations that take a place away from others: confirmed or held."""
        return self.filter(state__in=[RegState.CONFIRMED, RegState.HELD])

    def held(self, now):
        """Registrations whose place is held at this moment: their letter waits or left less than 30 minutes
        ago, and registration has not closed."""
        return self.filter(
            Q(hold_letter__sent_at=None) | Q(hold_letter__sent_at__gt=now - HOLD),
            Q(event__registration_closes__gt=now) | Q(event__registration_closes=None, event__start__gt=now),
            state=RegState.HELD,
            hold_letter__isnull=False,
            changed_at__gt=now - LETTERS_ARE_TRIED,
        )

    def held_too_long(self, now):
        """Registrations whose hold has run out and whose place is still to be given back."""
        return self.filter(state=RegState.HELD).exclude(pk__in=Registration.objects.held(now).values("pk"))

    def attended(self):
        """Registrations of people who were there."""
        return self.filter(attendance__presence=Presence.PRESENT)


class Registration(models.Model):
    """One person's place, or place in line, at one learning event. Only registration.py changes it."""

    event = models.ForeignKey(
        LearningEventPage, models.CASCADE, related_name="registrations", verbose_name=_("event")
    )
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="registrations", verbose_name=_("participant")
    )
    mode = models.CharField(_("how"), max_length=10, choices=AttendanceMode)
    state = models.CharField(_("state"), max_length=10, choices=RegState)
    number = models.PositiveIntegerField(
        _("number"), help_text=_("Given once in the order of arrival; the waiting list follows it.")
    )
    token = models.CharField(_("secret of the link"), max_length=64, unique=True, default=new_token)
    stated = models.JSONField(
        _("what was typed"),
        default=dict,
        blank=True,
        help_text=_("By a guest, kept apart until the owner of the address confirms it."),
    )
    hold_letter = models.ForeignKey(
        "network.Letter",
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("letter"),
        help_text=_("The place is held until half an hour after it has left."),
    )
    client = models.CharField(
        _("client"),
        max_length=32,
        blank=True,
        help_text=_("Scrambled, to count how many places one client holds; erased when the hold ends."),
    )
    needs = StoredLineField(_("what to arrange"), max_length=300, blank=True)
    shows_name = models.BooleanField(_("may be named"), default=False)
    consent_version = models.CharField(_("privacy text"), max_length=20)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now)
    letter_at = models.DateTimeField(_("last letter"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked what was learned"), null=True, blank=True)
    cancel_reason = StoredLineField(_("reason"), max_length=300, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "participant"], name="one_registration_a_person")
        ]
        indexes = [
            models.Index(fields=["event", "mode", "state", "number"]),
            # The worker looks for holds that have run out in each of its rounds.
            models.Index(fields=["changed_at"], condition=Q(state=RegState.HELD), name="places_held"),
        ]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self):
        return f"{self.participant}, {self.event}"

    @property
    def is_unconfirmed(self):
        """Whether nobody has shown yet that the address is theirs."""
        return self.state in UNCONFIRMED

    @property
    def was_there(self):
        """Whether the organiser has marked this person as present."""
        attendance = getattr(self, "attendance", None)
        return attendance is not None and attendance.presence == Presence.PRESENT

    @property
    def name(self):
        """The person's name; what was typed as long as nobody has confirmed it."""
        return self.stated.get("name", "") if self.is_unconfirmed else self.participant.name

    @property
    def organisation_name(self):
        """The person's organisation, likewise."""
        if self.is_unconfirmed:
            return self.stated.get("organisation", "")
        return self.participant.organisation_name

    @property
    def country(self):
        """The code of the person's country, likewise."""
        return self.stated.get("country", "") if self.is_unconfirmed else self.participant.country

    @property
    def held_until(self):
        """When the hold ends; None before its letter has left, and for who holds nothing."""
        if self.state != RegState.HELD or not self.hold_letter or not self.hold_letter.sent_at:
            return None
        return min(self.hold_letter.sent_at + HOLD, self.event.registration_ends)


class PlaceChange(models.Model):
    """One change of one registration: who made it, when, and why."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="changes", verbose_name=_("registration")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("by"),
        help_text=_("Empty: the person's own link, or the site itself."),
    )
    state = models.CharField(_("new state"), max_length=10, choices=RegState)
    mode = models.CharField(_("how"), max_length=10, choices=AttendanceMode)
    cause = StoredLineField(_("cause"), max_length=300)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("change of a place")
        verbose_name_plural = _("changes of places")

    def __str__(self):
        return f"{self.registration}: {self.get_state_display()}"
