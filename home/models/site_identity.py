from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from language.fields import StoredLineField
from network.mailboxes import StoredMailboxField


@register_setting(icon="site")
class SiteIdentity(BaseSiteSetting):
    """What a site says about itself on every page. The EU emblem appears only when this says so."""

    tagline = StoredLineField(
        _("tagline"), max_length=80, blank=True, default="Mining regions learning from each other"
    )
    shows_eu_emblem = models.BooleanField(
        _("show the EU emblem"),
        default=False,
        help_text=_("Only for a site that really is co-funded by the European Union."),
    )
    funding_statement = StoredLineField(
        _("funding statement"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Co-funded by the European Union”. Empty: no funding line."),
    )
    contact_address = StoredMailboxField(_("contact e-mail address"), blank=True)

    panels = [
        FieldPanel("tagline"),
        FieldPanel("contact_address"),
        MultiFieldPanel([FieldPanel("shows_eu_emblem"), FieldPanel("funding_statement")], _("Funding")),
    ]

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identities")

    @classmethod
    def of(cls, site):
        """What this site says of itself. Unlike Wagtail's `for_site` it never makes the row: whoever reads a
        page must not wait for somebody who writes."""
        return cls.objects.filter(site=site).first() or cls(site=site)
