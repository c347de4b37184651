"""What people fill in about practices, instruments, their changes and evidence."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from knowledge import limits, rights
from knowledge.completeness import label, missing
from knowledge.models import StageMark
from knowledge.offering import offer_only_what_is_seen
from language.fields import LONGEST_TEXT, LineField, ProseField
from network.mailboxes import MailboxField
from network.models import Organisation
from network.names import NameField, clean_name, validate_name
from network.rights import is_officer, organisation_ids

SUBMITTING = ("action-submit", "action-restart-workflow", "action-publish")


class KnowledgePageForm(WagtailAdminPageForm):
    """Drafts may lack anything and be too long; what is submitted is complete and within its limits."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "regions" in self.fields:
            self.fields["regions"].error_messages["invalid_pk_value"] = _(
                "“%(pk)s” is no region we know. Write a NUTS code such as SE33, or choose from the list."
            )
        if "organisation" in self.fields:
            self._offer_own_organisations()
        offer_only_what_is_seen(self, self.for_user)

    def _offer_own_organisations(self):
        field = self.fields["organisation"]
        if self.for_user is None or is_officer(self.for_user):
            return
        own = organisation_ids(self.for_user)
        field.queryset = Organisation.objects.filter(pk__in=own | {self.instance.organisation_id})
        # The chooser would offer every organisation; a short list offers what can be chosen.
        field.widget = forms.Select()
        field.widget.choices = field.choices
        if not self.instance.pk and not self.initial.get("organisation") and len(own) == 1:
            self.initial["organisation"] = next(iter(own))

    def clean_organisation_as_stated(self):
        """A name on one line; what a source says and nobody changed here stays as it is."""
        name = self.cleaned_data["organisation_as_stated"]
        if "organisation_as_stated" in self.changed_data:
            name = clean_name(name)
            validate_name(name)
        return name

    def save(self, commit=True):
        """One mark a stage, the last one given; a row of the table keeps its stage.

        Otherwise a stage that was taken away and put back, or put twice by two open windows, meets the
        database's rule of one mark a stage halfway.
        """
        page = super().save(commit=False)
        if "stage_marks" in self.formsets:
            rows = (
                dict(StageMark.objects.filter(page_id=page.pk).values_list("stage", "pk")) if page.pk else {}
            )
            marks = {mark.stage: mark for mark in page.stage_marks.all()}
            for stage, mark in marks.items():
                mark.pk = rows.get(stage)
            page.stage_marks.set(marks.values())
        if commit:
            page.save()
            self._save_m2m()
        return page

    def is_valid(self):
        return super().is_valid() and not (self.is_submitting and self._lacks_something())

    @property
    def is_submitting(self):
        """Whether this goes to the officers, or is saved as a draft."""
        return any(name in self.data for name in SUBMITTING)

    def _say(self, name, sentence):
        """Once: at the field, under its name, or above the form with the name before it."""
        if name in self.fields:
            self.add_error(name, capfirst(sentence))
        else:
            self.add_error(None, f"{label(self.instance, name)}: {sentence}" if name else sentence)

    def _lacks_something(self):
        """Say what is missing at the fields, or above the form where the field is none of this form's."""
        found = missing(self.save(commit=False))
        for name, sentence in found:
            self._say(name, sentence)
        return bool(found)


class EvidenceForm(WagtailAdminModelForm):
    """A piece of evidence of something this person may edit, in a file that they may read."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_only_what_is_seen(self, self.for_user)

    def clean(self):
        cleaned = super().clean()
        page, change = cleaned.get("page"), cleaned.get("change")
        if bool(page) == bool(change):
            raise ValidationError(_("Choose what it belongs to: either a page or a policy change."))
        subject = page.specific if page else change.instrument
        if self.for_user and not rights.may_edit(self.for_user, subject):
            raise ValidationError(_("Only the owner and their organisation can add evidence to this."))
        is_refused = "document" in self.errors
        document = cleaned.get("document") or (self.instance.document_id and "document" not in self.fields)
        if not document and not cleaned.get("url") and not is_refused:
            raise ValidationError(_("Attach the file, or give its address on the web."))
        return cleaned

    def _get_validation_exclusions(self):
        # That it belongs to one thing is said in words by `clean`, not by the name of a constraint.
        return {*super()._get_validation_exclusions(), "page", "change"}

    def save(self, commit=True):
        if self.instance.added_by_id is None:
            self.instance.added_by = self.for_user
        return super().save(commit=commit)


class ChangeForm(WagtailAdminModelForm):
    """A change of an instrument that this person may edit."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_only_what_is_seen(self, self.for_user)

    def clean(self):
        cleaned = super().clean()
        for name, limit in (
            ("title", "change_title"),
            ("what_changed", "what_changed"),
            ("attribution_note", "attribution_note"),
        ):
            try:
                limits.check(limit, cleaned.get(name))
            except ValidationError as error:
                self.add_error(name, error)
        self._check_instrument(cleaned.get("instrument"))
        self._check_funding(cleaned.get("funding_influenced"), cleaned.get("of_which_structural_funds"))
        return cleaned

    def _check_instrument(self, instrument):
        if instrument and self.for_user and not rights.may_claim(self.for_user, instrument):
            self.add_error(
                "instrument", _("Only people who may edit the instrument can say what changed in it.")
            )

    def _check_funding(self, total, part):
        if total is not None and total < 0:
            self.add_error("funding_influenced", _("Write a sum of zero or more."))
        if part is not None and (total is None or part > total or part < 0):
            self.add_error(
                "of_which_structural_funds", _("This is a part of the funding influenced, not more.")
            )


class ConfirmationForm(forms.Form):
    """What somebody says about a page that was collected from a public source."""

    IS_RIGHT, HAS_ERRORS, IS_NOT_OURS = "right", "errors", "not-ours"

    name = NameField(
        label=gettext_lazy("Your name"),
        max_length=150,
        error_messages={"required": gettext_lazy("Write your name.")},
    )
    email = MailboxField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Only the officers of this site see it, to answer you."),
        error_messages={"required": gettext_lazy("Write your e-mail address.")},
    )
    organisation = NameField(
        label=gettext_lazy("Your organisation"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the name of your organisation.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What you want to tell us"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
        choices=[
            (IS_RIGHT, gettext_lazy("It is ours, and it is right")),
            (HAS_ERRORS, gettext_lazy("It is ours, and something has to be corrected")),
            (IS_NOT_OURS, gettext_lazy("It is not ours, but I know something about it")),
        ],
    )
    message = ProseField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy("What is right or wrong, and where that can be read."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=3000,
        required=False,
    )
    # People do not see this field; programs fill it.
    website = LineField(required=False, max_length=500, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") in (self.HAS_ERRORS, self.IS_NOT_OURS) and not cleaned.get("message"):
            self.add_error("message", _("Say what has to be corrected."))
        return cleaned

    @property
    def is_from_a_program(self):
        return bool(self.cleaned_data.get("website"))

    def answers(self):
        """What was said, as pairs of label and text."""
        kinds = dict(self.fields["kind"].choices)
        return [
            (self.fields[name].label, kinds[value] if name == "kind" else value)
            for name, value in self.cleaned_data.items()
            if name != "website" and value
        ]


class OpinionForm(forms.Form):
    """An expert's printed opinion."""

    opinion = ProseField(
        label=gettext_lazy("Expert opinion"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("Printed on the page with your name: can it inspire all of Europe, and why?"),
        error_messages={"required": gettext_lazy("Write your opinion.")},
    )

    def clean_opinion(self):
        limits.check("opinion", self.cleaned_data["opinion"])
        return self.cleaned_data["opinion"]


class CommentForm(forms.Form):
    """Why something was decided."""

    comment = ProseField(
        label=gettext_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=limits.COMMENT,
        required=False,
    )
