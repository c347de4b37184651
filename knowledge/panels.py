"""The groups of fields in the editor, in the order of the form. Other rooms' pages reuse the shared ones."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)

from knowledge.limits import LIMITS
from knowledge.widgets import RegionPicker, SearchableChecklist


def limited(name, help_text, limit=None, panel=FieldPanel):
    """A field with its help and how long it may be."""
    sentence = _("{help} At most {limit} characters.")
    return panel(name, help_text=format_lazy(sentence, help=help_text, limit=LIMITS[limit or name]))


def how_it_works():
    """What an editor has to know before writing."""
    return HelpPanel(
        _(
            "<p>Save as often as you like: a draft may be incomplete. “Submit for review” checks that all is "
            "there and puts it in front of an officer. You get a letter when it is published or sent back. "
            "Facts only: what you do not know stays empty and is shown as “not stated”.</p>"
        )
    )


def what_panels(title_help):
    """Title and summary."""
    return MultiFieldPanel(
        [
            limited("title", title_help, panel=TitleFieldPanel),
            FieldRowPanel([FieldPanel("title_original"), FieldPanel("source_language")]),
            limited(
                "summary", _("Two sentences in English: who did what, and what came of it. Shown in lists.")
            ),
        ],
        _("What it is"),
    )


def owner_panels():
    """Whose it is."""
    return MultiFieldPanel(
        [
            FieldPanel(
                "organisation",
                help_text=_("Everybody in this organisation may edit the page. Officers link others."),
            ),
            FieldPanel("organisation_as_stated"),
            FieldPanel("project"),
        ],
        _("Owner"),
    )


def place_panels():
    """Where it is."""
    return MultiFieldPanel(
        [
            FieldPanel("scope", help_text=_("How far it reaches.")),
            FieldPanel(
                "regions",
                widget=RegionPicker,
                help_text=_(
                    "The smallest region that is right: parents follow by themselves. Type a name or a NUTS "
                    "code; several are separated by semicolons."
                ),
            ),
            FieldPanel("place"),
        ],
        _("Place"),
    )


def subject_panels(*further):
    """What it is about; `further` are the panels that only this kind of page has."""
    return MultiFieldPanel(
        [
            FieldPanel(
                "raw_materials",
                widget=SearchableChecklist,
                help_text=_("Every material it is about. A group stands for its members."),
            ),
            InlinePanel(
                "stage_marks",
                heading=_("Value-chain stages"),
                label=_("stage"),
                max_num=7,
                help_text=_("Each stage once: main for what it is about, touched for what it also reaches."),
                panels=[FieldRowPanel([FieldPanel("stage"), FieldPanel("weight")])],
            ),
            FieldPanel(
                "focus_areas",
                widget=SearchableChecklist,
                help_text=_("The questions of mining policy it answers."),
            ),
            *further,
            FieldPanel("keywords"),
        ],
        _("Subject"),
    )


def crma_panel():
    return FieldPanel(
        "crma_objectives", help_text=_("Only what it helps to reach; leave it empty if unsure.")
    )


def practice_panels():
    """The form of a good practice."""
    return [
        how_it_works(),
        what_panels(_("Say what was done: “One desk for every exploration permit”.")),
        owner_panels(),
        place_panels(),
        subject_panels(
            crma_panel(),
            FieldPanel("rex_loops", help_text=_("How it keeps materials in use, if it does.")),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "record_kind",
                    help_text=_("What failed or was stopped is worth telling too; it is never counted."),
                ),
                FieldRowPanel([FieldPanel("maturity"), FieldPanel("practice_type")]),
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("relevance"),
                FieldPanel("public_role"),
            ],
            _("Kind and time"),
        ),
        MultiFieldPanel(
            [
                limited("challenge", _("Which problem, in which context, with figures.")),
                limited(
                    "description", _("What was done, how, by whom and for whom; best as numbered steps.")
                ),
            ],
            _("Problem and answer"),
        ),
        MultiFieldPanel(
            [
                limited("evidence_of_success", _("What has been achieved so far and can be measured.")),
                InlinePanel(
                    "key_figures",
                    heading=_("Key figures"),
                    label=_("key figure"),
                    max_num=6,
                    help_text=_("“412,000 t” · “tailings reprocessed” · “2022–2025, 38 % of the pond”."),
                ),
            ],
            _("Evidence of success"),
            help_text=_(
                "The documents that prove it are added to a saved draft: “Add evidence” in the menu “…”."
            ),
        ),
        MultiFieldPanel(
            [
                limited("resources_needed", _("Money, people, time.")),
                InlinePanel("resource_items", heading=_("Resources one by one"), label=_("resource")),
                FieldRowPanel([FieldPanel("cost_amount"), FieldPanel("cost_basis")]),
                FieldPanel(
                    "cost_note", help_text=_("Such as the currency and year a sum was converted from.")
                ),
                FieldPanel("staff_fte"),
                FieldPanel("funding_sources"),
            ],
            _("Resources needed"),
        ),
        MultiFieldPanel(
            [limited("difficulties", _("What went wrong, and what you would do differently."))],
            _("Difficulties"),
        ),
        MultiFieldPanel(
            [
                limited(
                    "transfer_potential", _("Why it could work in another region, and where it would not.")
                ),
                InlinePanel(
                    "transfer_conditions",
                    heading=_("Conditions"),
                    label=_("condition"),
                    max_num=10,
                    help_text=_("What must hold for it to work elsewhere."),
                ),
            ],
            _("Could it work elsewhere"),
        ),
        MultiFieldPanel(
            [FieldPanel("website"), FieldPanel("picture"), FieldPanel("licence")],
            _("Links, picture, licence"),
        ),
    ]


def instrument_panels():
    """The form of a policy instrument."""
    return [
        how_it_works(),
        what_panels(_("The instrument’s name in English, with its years.")),
        owner_panels(),
        place_panels(),
        MultiFieldPanel(
            [
                FieldPanel("instrument_kind"),
                FieldPanel("authority_role", help_text=_("What the owner organisation is to it.")),
                FieldPanel("partners", widget=SearchableChecklist),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldPanel("legal_reference"),
                FieldPanel("website"),
            ],
            _("Kind and time"),
        ),
        MultiFieldPanel(
            [
                limited(
                    "description",
                    _("What it regulates or pays for, who applies it, for how long."),
                    "instrument_description",
                ),
                limited("mining_gap", _("What it lacks on raw materials today.")),
                limited("intended_improvement", _("What shall change.")),
                InlinePanel(
                    "needs",
                    heading=_("Needs"),
                    label=_("need"),
                    help_text=_("What it has to do better, one by one, and how far that has come."),
                ),
                FieldPanel("baseline"),
            ],
            _("What it is and what it needs"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("budget_total"), FieldPanel("budget_addressed")]),
                FieldRowPanel([FieldPanel("is_structural_funds"), FieldPanel("cci_code")]),
                InlinePanel("measures", heading=_("Measures"), label=_("measure")),
            ],
            _("Money"),
        ),
        subject_panels(crma_panel()),
        FieldPanel("licence"),
    ]
