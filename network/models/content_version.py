from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """One number that rises with every change of what it is about: of all public content, or of the places at
    one event. What was drawn under an earlier number is not shown again (network.content_version)."""

    name = models.CharField(_("what it is about"), max_length=40, primary_key=True)
    number = models.BigIntegerField(_("number"))

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")

    def __str__(self):
        return f"{self.name} {self.number}"
