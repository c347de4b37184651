import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.addresses import host
from network.mailboxes import StoredMailboxField

# What ends within this time, as a code does, leaves before everything else.
URGENT = timedelta(hours=1)


def new_message_id():
    """Kept with the letter, so that one that leaves twice after a power cut is known for the same."""
    return f"<{uuid.uuid4().hex}@{host()}>"


class LetterQuerySet(models.QuerySet):
    def unsent(self):
        """Letters that have neither been sent nor ended."""
        return self.filter(sent_at=None, ended_at=None)

    def waiting(self, now=None):
        """Letters that may leave now: what ends soon first, then the oldest."""
        now = now or timezone.now()
        is_urgent = Case(When(until__lte=now + URGENT, then=Value(0)), default=Value(1))
        return (
            self.unsent()
            .filter(Q(until=None) | Q(until__gt=now))
            .filter(Q(setback=None) | Q(setback__again_at__lte=now))
            .order_by(is_urgent, "pk")
        )

    def overdue(self, now=None):
        """Letters whose time is over before they could be sent."""
        return self.unsent().filter(until__lte=now or timezone.now())


class Letter(models.Model):
    """One e-mail to one address, written in the transaction that caused it and sent after it.

    It is sent, or it ends: because its time is over, or because a person gave it up.
    """

    to = StoredMailboxField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    calendar = models.TextField(
        _("calendar file"), blank=True, help_text=_("An iCalendar object, attached when not empty.")
    )
    calendar_method = models.CharField(_("calendar method"), max_length=10, blank=True)
    headers = models.JSONField(_("further headers"), default=dict, blank=True)
    message_id = models.CharField(_("message id"), max_length=300, default=new_message_id, editable=False)
    about = models.CharField(
        _("what it is about"),
        max_length=60,
        blank=True,
        db_index=True,
        help_text=_(
            "A kind and a key such as “registration:57”, so that it can be found and erased with it."
        ),
    )
    is_secret = models.BooleanField(
        _("holds a code or a personal link"),
        default=False,
        help_text=_("Its text is emptied as soon as it is sent, ended or given up."),
    )
    until = models.DateTimeField(
        _("ends"), null=True, blank=True, help_text=_("After this moment it is not sent any more.")
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    ended_at = models.DateTimeField(
        _("ended"), null=True, blank=True, help_text=_("Not sent, and not to be sent any more.")
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            # Few of very many letters still wait.
            models.Index(fields=["until"], condition=Q(sent_at=None, ended_at=None), name="letter_unsent"),
        ]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return self.subject
