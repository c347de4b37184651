"""The rule that a form names only files and pictures its person may see."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy

from knowledge import files
from knowledge.models import Picture, SourceDocument


class OwnFileField(forms.ModelChoiceField):
    """A file or picture among those this person may see. Of any other not even the name is shown again."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("You cannot choose this file. Choose one of your own, or upload it.")
    }

    def bound_data(self, data, initial):
        try:
            self.to_python(data)
        except ValidationError:
            return None
        return data


def only_own_files(form, user):
    """Let the fields of this form, and of the rows below it, take only files that are for this person.

    What is there already may stay; a file that this person may not even read stays without being shown.
    """
    if user is None:
        return
    offered = {SourceDocument: files.files_for, Picture: files.pictures_for}
    rows = [row for formset in form.formsets.values() for row in formset.forms]
    for one in (form, *rows):
        for name, field in list(one.fields.items()):
            model = getattr(getattr(field, "queryset", None), "model", None)
            if model not in offered:
                continue
            own = offered[model](user)
            there = one.initial.get(name)
            there = getattr(there, "pk", there)
            if there and model is SourceDocument and not files.readable(user, [there]):
                del one.fields[name]
                continue
            one.fields[name] = OwnFileField(
                model.objects.filter(Q(pk__in=own.values("pk")) | Q(pk=there)),
                required=field.required,
                label=field.label,
                help_text=field.help_text,
                widget=field.widget,
            )
