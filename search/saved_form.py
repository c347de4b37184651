"""What a person says of a search they keep."""

from django import forms
from django.utils.translation import gettext_lazy as _

from language.typed import as_key
from search.models import SavedSearch


class SavedSearchForm(forms.ModelForm):
    """Its name, and how often it writes. Without a name it keeps the one it has, or one from its words."""

    class Meta:
        model = SavedSearch
        fields = ["name", "frequency"]
        labels = {"name": _("Name"), "frequency": _("E-mail about new results")}
        error_messages = {
            "name": {
                "max_length": _("Shorten the name to %(limit_value)d characters; it has %(show_value)d.")
            },
            "frequency": {"invalid_choice": _("Choose how often you want a letter.")},
        }

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, auto_id="keep_%s", **keywords)
        self.fields["name"].required = False

    def clean_name(self):
        return as_key(self.cleaned_data["name"])
