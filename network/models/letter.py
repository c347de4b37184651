from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        """Letters that still have to be sent and have not failed too often, the oldest first."""
        return self.filter(sent_at=None, attempts__lt=Letter.MAX_ATTEMPTS).order_by("pk")


class Letter(models.Model):
    """One e-mail to one address, written in the transaction that caused it and sent after it."""

    MAX_ATTEMPTS = 5

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    calendar = models.TextField(
        _("calendar file"), blank=True, help_text=_("An iCalendar object, attached when not empty.")
    )
    calendar_method = models.CharField(_("calendar method"), max_length=10, blank=True)
    headers = models.JSONField(_("further headers"), default=dict, blank=True)
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
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return self.subject
