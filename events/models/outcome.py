from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choices import Degree, PolicyRole, Presence, RespondentType
from events.models.registration import Registration
from language.fields import StoredProseField

# From which degree on an answer says that a person's capacity has grown.
POSITIVE_FROM = getattr(settings, "SURVEY_POSITIVE_FROM", Degree.LARGE)


class Attendance(models.Model):
    """Whether one registered person was there, and who says so."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="attendance", verbose_name=_("registration")
    )
    presence = models.CharField(_("presence"), max_length=10, choices=Presence)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")

    def __str__(self):
        return f"{self.registration}: {self.get_presence_display()}"


class SurveyAnswerQuerySet(models.QuerySet):
    def positive(self):
        """Answers that say the person's capacity has grown."""
        return self.filter(capacity__gte=POSITIVE_FROM)


class SurveyAnswer(models.Model):
    """What one person says, after an event they attended, about what they learned there."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="survey_answer", verbose_name=_("registration")
    )
    capacity = models.PositiveSmallIntegerField(
        _("To what degree did the event increase your professional competence?"), choices=Degree
    )
    respondent_type = models.CharField(_("You are"), max_length=15, choices=RespondentType)
    policy_role = models.CharField(_("Your part in policy"), max_length=15, choices=PolicyRole, blank=True)
    comment = StoredProseField(_("What will you use at home?"), blank=True)
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    objects = SurveyAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")

    def __str__(self):
        return f"{self.registration}: {self.get_capacity_display()}"
