from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from home.choices import Basis, Conformance, TestedBy
from language.fields import StoredLineField, StoredProseField, StoredWebAddressField
from network.mailboxes import StoredMailboxField

# Without these the two pages say less than the law asks of everybody.
FOR_PRIVACY = (
    "name",
    "address",
    "email",
    "basis_accounts",
    "basis_events",
    "basis_security",
    "supervisory_authority",
    "logs_kept_days",
    "backups_kept_days",
)
FOR_ACCESSIBILITY = ("conformance", "tested_by", "tested_on", "prepared_on", "enforcement_body")
TEN_YEARS = 3650


def days_kept(label, help_text):
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(TEN_YEARS)],
        help_text=help_text,
    )


def basis(label, help_text):
    return models.CharField(label, max_length=20, choices=Basis, blank=True, help_text=help_text)


@register_setting(icon="user")
class Operator(BaseSiteSetting):
    """Who answers for a site by law, and what only they know: its pages on privacy and accessibility say it.

    Nothing stands here until somebody says it; the rest of both pages follows from what the site does.
    """

    is_example = models.BooleanField(
        _("this is an example"),
        default=False,
        help_text=_(
            "Both pages say that it is made up. Take the tick away once all that stands here is true."
        ),
    )
    name = StoredLineField(_("name of the body"), max_length=200, blank=True)
    address = StoredProseField(_("postal address"), blank=True)
    email = StoredMailboxField(_("e-mail address"), blank=True)
    telephone = StoredLineField(_("telephone"), max_length=40, blank=True)

    protection_officer = StoredLineField(
        _("data protection officer"),
        max_length=200,
        blank=True,
        help_text=_("A name or an office. Every public authority has one (Article 37 GDPR)."),
    )
    protection_officer_email = StoredMailboxField(_("e-mail address of the officer"), blank=True)
    basis_accounts = basis(
        _("legal basis of accounts and what people write"),
        _("Sign-in, practices and evidence with the names of who wrote and decided, letters."),
    )
    basis_events = basis(
        _("legal basis of registrations"), _("Who takes part in learning events, and that they did.")
    )
    basis_security = basis(
        _("legal basis of security and counting"),
        _("Limits on attempts, logs, backups, counts of what is looked for."),
    )
    basis_in_words = StoredProseField(
        _("the task or the interests"),
        blank=True,
        help_text=_("Which law gives the task, or which interests these are. One a line."),
    )
    recipients = StoredProseField(
        _("who else sees data"),
        blank=True,
        help_text=_("Who works for the body and so sees data: host, mail server. One a line."),
    )
    outside_eea = StoredProseField(
        _("what leaves the European Economic Area"),
        blank=True,
        help_text=_("Which data, to where, on which safeguard. Empty: nothing does."),
    )
    logs_kept_days = days_kept(_("days that logs are kept"), _("Of the site and of the proxy before it."))
    backups_kept_days = days_kept(_("days that backups are kept"), _("Until the last copy is gone."))
    supervisory_authority = StoredLineField(
        _("supervisory authority"), max_length=200, blank=True, help_text=_("Where people may complain.")
    )
    supervisory_authority_website = StoredWebAddressField(_("website of the authority"), blank=True)

    conformance = models.CharField(
        _("how far the site meets EN 301 549"), max_length=10, choices=Conformance, blank=True
    )
    tested_by = models.CharField(_("tested by"), max_length=10, choices=TestedBy, blank=True)
    tested_on = models.DateField(_("tested on"), null=True, blank=True)
    tested_how = StoredProseField(
        _("what was tested"),
        blank=True,
        help_text=_("Which pages, with which browsers and aids, and who did it. One a line."),
    )
    fails = StoredProseField(
        _("what fails"),
        blank=True,
        help_text=_("What does not meet the standard, and which other way there is. One a line."),
    )
    burden = StoredProseField(
        _("what would be a disproportionate burden"),
        blank=True,
        help_text=_("What is left as it is for that reason (Article 5 of the directive). One a line."),
    )
    out_of_scope = StoredProseField(
        _("what the law does not cover"), blank=True, help_text=_("Such as files of before 2018. One a line.")
    )
    prepared_on = models.DateField(_("statement prepared on"), null=True, blank=True)
    reviewed_on = models.DateField(_("statement last reviewed on"), null=True, blank=True)
    enforcement_body = StoredLineField(
        _("enforcement body"),
        max_length=200,
        blank=True,
        help_text=_("Where people turn who get no answer about accessibility."),
    )
    enforcement_body_website = StoredWebAddressField(_("website of the enforcement body"), blank=True)

    panels = [
        FieldPanel("is_example"),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("telephone")]),
            ],
            _("Who runs the site"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("protection_officer"), FieldPanel("protection_officer_email")]),
                FieldPanel("basis_accounts"),
                FieldPanel("basis_events"),
                FieldPanel("basis_security"),
                FieldPanel("basis_in_words"),
                FieldPanel("recipients"),
                FieldPanel("outside_eea"),
                FieldRowPanel([FieldPanel("logs_kept_days"), FieldPanel("backups_kept_days")]),
                FieldRowPanel(
                    [FieldPanel("supervisory_authority"), FieldPanel("supervisory_authority_website")]
                ),
            ],
            _("Privacy"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("conformance"),
                FieldRowPanel([FieldPanel("tested_by"), FieldPanel("tested_on")]),
                FieldPanel("tested_how"),
                FieldPanel("fails"),
                FieldPanel("burden"),
                FieldPanel("out_of_scope"),
                FieldRowPanel([FieldPanel("prepared_on"), FieldPanel("reviewed_on")]),
                FieldRowPanel([FieldPanel("enforcement_body"), FieldPanel("enforcement_body_website")]),
            ],
            _("Accessibility"),
        ),
    ]

    class Meta:
        verbose_name = _("who runs the site")
        verbose_name_plural = _("who runs the sites")

    @classmethod
    def of(cls, site):
        """What is said of this site. Unlike Wagtail's `for_site` it never makes the row: see SiteIdentity."""
        return cls.objects.filter(site=site).first() or cls(site=site)

    @classmethod
    def of_the_site(cls):
        """What is said of the site that answers where no other does."""
        return cls.of(Site.objects.filter(is_default_site=True).first())

    @property
    def is_named(self):
        """Whether somebody who really exists answers for the site."""
        return bool(self.name) and not self.is_example

    def lacking(self, names):
        """The labels of those of these fields that say nothing."""
        return [str(self._meta.get_field(name).verbose_name) for name in names if not getattr(self, name)]

    def problems(self):
        """What a person still has to say before both pages are what the law asks, as sentences."""
        sentences = []
        if lacking := self.lacking(FOR_PRIVACY):
            sentence = _now("The privacy page does not say yet: %(fields)s.")
            sentences.append(sentence % {"fields": get_text_list(lacking, _now("and"))})
        if lacking := self.lacking(FOR_ACCESSIBILITY):
            sentence = _now("The accessibility statement does not say yet: %(fields)s.")
            sentences.append(sentence % {"fields": get_text_list(lacking, _now("and"))})
        # Where the site is only tried, an example stands for whom it will be.
        if self.is_example and settings.PRODUCTION:
            sentences.append(_now("Who runs the site is an example."))
        return sentences
