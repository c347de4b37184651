from django import forms
from django.utils.translation import gettext as _

from language.fields import KeyField
from language.typed import as_key
from network.models import Project


class ProgressForm(forms.Form):
    """Whose progress is asked for. What is unknown is left out, and `remark` says so in a sentence."""

    project = KeyField(required=False, max_length=50)
    period = forms.IntegerField(required=False)
    new = KeyField(required=False, max_length=5)

    remark = ""

    def clean_project(self):
        asked = self.cleaned_data["project"]
        if not asked:
            return None
        found = Project.objects.filter(acronym__iexact=asked).order_by("acronym").first()
        if found is None:
            raise forms.ValidationError("")
        return found

    @property
    def chosen(self):
        """The project, or None for all of them."""
        self.is_valid()
        if "project" in self.cleaned_data:
            return self.cleaned_data["project"]
        self.remark = _("There is no project “%(asked)s” here, so this is the sum of all projects.") % {
            "asked": as_key(self.data.get("project", ""))[:50]
        }
        return None

    @property
    def period_asked(self):
        """The number of the reporting period or year that is asked for, or None."""
        self.is_valid()
        return self.cleaned_data.get("period")

    @property
    def is_new_only(self):
        """Whether only what that period added is asked for."""
        self.is_valid()
        return bool(self.cleaned_data.get("new"))
