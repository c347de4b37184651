from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.choices import Statement
from knowledge.restrictions import SeldomRestricted
from language.fields import StoredLineField, StoredProseField, StoredRichTextField


class HomePage(SeldomRestricted, Page):
    """The first page: what the exchange is for, what it holds and what came of it."""

    headline = StoredLineField(
        _("headline"), max_length=80, default="See what worked in another mining region"
    )

    content_panels = [*Page.content_panels, FieldPanel("headline")]

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class TextPage(SeldomRestricted, Page):
    """A page of plain text: about the exchange, privacy, accessibility."""

    lead = StoredProseField(_("lead"), blank=True)
    body = StoredRichTextField(
        _("text"), features=["h2", "h3", "bold", "italic", "link", "ol", "ul"], blank=True
    )
    statement = models.CharField(
        _("what the site adds"),
        max_length=20,
        choices=Statement,
        blank=True,
        help_text=_(
            "It stands below your own text, and follows from what the site does and from its settings."
        ),
    )

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), FieldPanel("statement")]

    parent_page_types = ["home.HomePage", "home.TextPage"]
    subpage_types = ["home.TextPage"]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")
