"""What people type about events, parsed once: the filter of the list, a registration, answers, places."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events import wording
from events.choices import STANDING, AttendanceMode, EventKind, NamesVisibleTo, Presence, RegState
from events.models import JoinLink, SurveyAnswer
from events.participants import Person
from events.people import country_names
from knowledge.limits import COMMENT
from language.fields import LineField, ProseField, WebAddressField
from network.mailboxes import MailboxField
from network.names import NameField
from regions.choices import Language
from regions.models import FocusArea

ADDRESS = _("Enter an e-mail address with an @ sign, such as name@example.org.")


class EventFilterForm(forms.Form):
    """What the list is narrowed to. Values it does not know count as not chosen."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *EventKind.choices], required=False
    )
    where = forms.ChoiceField(
        label=_("Where"), choices=[("", _("Anywhere")), *AttendanceMode.choices], required=False
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Any language")), *Language.choices], required=False
    )
    focus = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        self.fields["focus"].choices = [
            ("", _("All topics")),
            *FocusArea.objects.values_list("code", "name"),
        ]

    @property
    def chosen(self):
        """The valid choices by name; no error is ever shown for the others."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class ModeField(forms.ChoiceField):
    """How somebody takes part, each way with the places that are left there; `own` is the registration of
    who has a place or waits already."""

    widget = forms.RadioSelect

    def __init__(self, places, own=None, **keywords):
        choices = [(one.mode, self.describe(one, own)) for one in places]
        super().__init__(
            label=_("How will you take part?"),
            choices=choices,
            error_messages={
                "required": _("Choose how you will take part."),
                "invalid_choice": _("Choose how you will take part."),
            },
            **keywords,
        )

    @staticmethod
    def describe(places, own=None):
        if own and own.mode == places.mode and own.state in STANDING:
            note = _("You have this place") if own.state == RegState.CONFIRMED else _("You are in this line")
        else:
            note = wording.seats(places)
        return format_html("{}<small>{}</small>", places.label, note)


class PersonForm(forms.Form):
    """What a person says about themselves."""

    name = NameField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    email = MailboxField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": ADDRESS, "invalid": ADDRESS},
    )
    organisation = NameField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        error_messages={
            "required": _("Choose your country."),
            "invalid_choice": _("Choose your country from the list."),
        },
    )
    needs = LineField(
        label=_("Anything we should arrange?"),
        max_length=300,
        required=False,
        help_text=_("Step-free access, sign language, captions, diet. Erased a week after the event."),
    )
    shows_name = forms.BooleanField(label=_("Show my name to the others who take part"), required=False)

    def __init__(self, *arguments, event, **keywords):
        super().__init__(*arguments, **keywords)
        names = sorted(country_names().items(), key=lambda item: item[1])
        self.fields["country"].choices = [("", _("Choose a country")), *names]
        # A site without its regions yet must not lock everybody out.
        self.fields["country"].required = bool(names)
        if event.publish_participants == NamesVisibleTo.NOBODY:
            del self.fields["shows_name"]
        elif event.publish_participants == NamesVisibleTo.ALL:
            self.fields["shows_name"].label = _("Show my name on the public page of the event")

    def person(self, user=None):
        """The person, ready for registration.py."""
        data = self.cleaned_data
        return Person(
            email=data["email"] if user is None else user.email,
            name=data["name"],
            organisation=data["organisation"],
            country=data["country"],
            user=user,
        )


class RegistrationForm(PersonForm):
    """Registering for one event; somebody signed in is not asked for an address."""

    def __init__(self, *arguments, event, situation, user=None, **keywords):
        self.user = user if user is not None and user.is_authenticated else None
        initial = (describe_user(self.user) if self.user else {}) | keywords.pop("initial", {})
        super().__init__(*arguments, event=event, initial=initial, **keywords)
        if self.user:
            del self.fields["email"]
        self.fields["mode"] = ModeField(situation.places, initial=situation.places[0].mode)
        self.order_fields(["mode"])


class DetailsForm(PersonForm):
    """Correcting one's own details on the page behind one's link."""

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        del self.fields["email"]


class ModeForm(forms.Form):
    """Changing how one takes part."""

    def __init__(self, *arguments, situation, place, **keywords):
        super().__init__(*arguments, **keywords)
        self.fields["mode"] = ModeField(situation.places, place)


class SurveyForm(forms.ModelForm):
    """The one question after an event, and who answers it."""

    comment = ProseField(
        label=_("What will you use at home?"),
        max_length=COMMENT,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    class Meta:
        model = SurveyAnswer
        fields = ("capacity", "respondent_type", "policy_role", "comment")
        widgets = {
            "capacity": forms.RadioSelect,
            "respondent_type": forms.RadioSelect,
        }

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        for name in ("capacity", "respondent_type"):
            field = self.fields[name]
            field.choices = [(value, label) for value, label in field.choices if value != ""]
            field.error_messages["required"] = _("Choose one answer.")
        self.fields["policy_role"].choices = [
            ("", _("None of these")),
            *[choice for choice in self.fields["policy_role"].choices if choice[0]],
        ]


class PlacesForm(forms.Form):
    """How many places each way of taking part has."""

    def __init__(self, *arguments, places, **keywords):
        super().__init__(*arguments, **keywords)
        for one in places:
            self.fields[one.mode] = forms.IntegerField(
                label=_("Places: %(mode)s") % {"mode": one.label},
                min_value=0,
                max_value=100_000,
                required=False,
                initial=one.capacity,
                help_text=_("Empty: no limit. Confirmed now: %(number)s.") % {"number": one.confirmed},
            )


class JoinLinkForm(forms.ModelForm):
    """Where the event is joined online, and from when confirmed people see it."""

    url = WebAddressField(label=_("Join link"), max_length=1000, required=False, assume_scheme="https")

    class Meta:
        model = JoinLink
        fields = ("url", "code", "visible_hours")


class OrganiserForm(forms.Form):
    """Naming one more person who manages the event. It never says whether the address is known here."""

    email = MailboxField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Whoever signs in with this address manages the event too; a letter tells them."),
        error_messages={"required": ADDRESS, "invalid": ADDRESS},
    )


class ReasonForm(forms.Form):
    """Why something is called off; the people concerned read it."""

    reason = ProseField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody concerned reads it in their letter."),
    )


class AttendanceForm(forms.Form):
    """Who was there: one mark for each person with a place."""

    def __init__(self, *arguments, registrations, **keywords):
        super().__init__(*arguments, **keywords)
        for registration in registrations:
            attendance = getattr(registration, "attendance", None)
            self.fields[f"presence-{registration.pk}"] = forms.ChoiceField(
                label=registration.participant.name or _("Erased"),
                choices=Presence.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=attendance.presence if attendance else "",
            )

    @property
    def marks(self):
        """The chosen presence by the registration's id."""
        return {int(name.partition("-")[2]): mark for name, mark in self.cleaned_data.items() if mark}


def describe_user(user):
    """What is known about a signed-in person, to fill the form with."""
    membership = user.memberships.select_related("organisation__region").first()
    organisation = membership.organisation if membership else None
    participant = getattr(user, "participant", None)
    return {
        "name": user.get_full_name(),
        "organisation": organisation.name if organisation else getattr(participant, "organisation_name", ""),
        "country": organisation.country if organisation else getattr(participant, "country", ""),
    }
