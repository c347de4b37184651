from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """One time one client did something that is limited. It is gone a day later."""

    client = models.CharField(
        _("client"), max_length=32, help_text=_("Scrambled, and tomorrow another one for the same client.")
    )
    what = models.CharField(_("what"), max_length=60)
    at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["client", "what", "at"], name="attempts_of_a_client")]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self):
        return f"{self.what}, {self.at}"
