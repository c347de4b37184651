"""The editor of an event: its groups of fields, and a form that reads times in the event's own zone."""

from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel

from events.choices import EventMode
from events.fields import MomentField
from knowledge import limits
from knowledge.forms import KnowledgePageForm
from knowledge.panels import (
    how_it_works,
    limited,
    owner_panels,
    place_panels,
    subject_panels,
    what_panels,
)
from knowledge.widgets import SearchableChecklist

# Moments that are typed and shown on the clocks of the place.
MOMENTS = ("start", "end", "registration_opens", "registration_closes")

# Texts and the names of their limits (knowledge.limits).
TEXTS = {
    "description": "event_description",
    "objectives": "event_objectives",
    "travel": "event_travel",
    "accessibility_info": "event_access",
}


class LearningEventForm(KnowledgePageForm):
    """Drafts may lack anything; what is submitted can be found, attended and counted."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = self._zone()
        for name in MOMENTS:
            if field := self.fields.get(name):
                self.fields[name] = MomentField(
                    zone=zone,
                    label=field.label,
                    help_text=field.help_text,
                    required=field.required,
                )

    def _zone(self):
        """The zone in which times are typed; a wrong one is refused at its own field."""
        name = self.data.get(self.add_prefix("timezone")) if self.is_bound else ""
        return ZoneInfo(name if name in available_timezones() else self.instance.timezone)


def missing(event):
    """(field, sentence) for what an event needs to be public besides what every page needs."""
    found = []
    if not event.start:
        found.append(("start", _("Say on which day and at which hour it begins.")))
    if not event.end:
        found.append(("end", _("Say on which day and at which hour it ends.")))
    for name, limit in TEXTS.items():
        if surplus := limits.too_long(limit, getattr(event, name)):
            sentence = _("At most %(limit)s characters. Shorten it by %(surplus)s.")
            found.append((name, sentence % {"limit": limits.LIMITS[limit], "surplus": surplus}))
    if not limits.visible_text(event.description):
        found.append(("description", _("Say what happens there.")))
    if event.mode != EventMode.ONLINE and not event.city:
        found.append(("city", _("Say where people meet: the town and its country.")))
    links = ("practices", "instruments", "raw_materials", "focus_areas")
    if not any(getattr(event, name).all() for name in links):
        found.append(
            ("focus_areas", _("Choose at least one topic, material, practice or policy instrument."))
        )
    return found


def event_panels():
    """The form of a learning event."""
    return [
        how_it_works(),
        what_panels(gettext_lazy("Say what people learn: “Permits for re-mining old tailings”.")),
        MultiFieldPanel(
            [
                FieldPanel("event_kind"),
                FieldPanel("timezone"),
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("mode"),
                FieldPanel("venue"),
                FieldRowPanel([FieldPanel("address"), FieldPanel("city")]),
                limited("travel", gettext_lazy("How to get there."), limit="event_travel"),
                FieldPanel("languages"),
                FieldPanel("interpretation"),
                limited(
                    "accessibility_info",
                    gettext_lazy("Steps, hearing loop, quiet room, uneven ground."),
                    limit="event_access",
                ),
            ],
            gettext_lazy("When and where"),
        ),
        MultiFieldPanel(
            [
                limited(
                    "description", gettext_lazy("What happens, for whom, and how."), limit="event_description"
                ),
                limited(
                    "objectives", gettext_lazy("What people can do afterwards."), limit="event_objectives"
                ),
                InlinePanel(
                    "agenda_items",
                    heading=gettext_lazy("Agenda"),
                    label=gettext_lazy("agenda item"),
                    help_text=gettext_lazy("Shown by day and time, whatever their order here."),
                    panels=[
                        FieldRowPanel([FieldPanel("day"), FieldPanel("start"), FieldPanel("end")]),
                        FieldPanel("title"),
                        FieldPanel("speakers"),
                        FieldPanel("is_break"),
                    ],
                ),
                InlinePanel("materials", heading=gettext_lazy("Materials"), label=gettext_lazy("material")),
                FieldPanel(
                    "practices",
                    widget=SearchableChecklist,
                    help_text=gettext_lazy("Published practices that are shown there."),
                ),
                FieldPanel("instruments", widget=SearchableChecklist),
            ],
            gettext_lazy("Programme"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    gettext_lazy(
                        "<p>How many places there are, the join link and further organisers are set on the "
                        "organisers’ page, and not here: they hold at once, without a review.</p>"
                    )
                ),
                FieldRowPanel([FieldPanel("registration_opens"), FieldPanel("registration_closes")]),
                FieldPanel("fee"),
                FieldPanel("contact"),
                FieldPanel("publish_participants"),
                FieldPanel("retention_weeks"),
            ],
            gettext_lazy("Registration"),
        ),
        owner_panels(),
        place_panels(),
        subject_panels(),
    ]
