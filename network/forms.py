"""What people fill in about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.names import NameField


class SignupForm(forms.Form):
    """What a new account asks besides e-mail address and password."""

    first_name = NameField(label=_("First name"), max_length=150)
    last_name = NameField(label=_("Last name"), max_length=150)

    def signup(self, request, user):
        """Keep the name with the account; allauth calls this after it has made the account."""
        user.first_name = self.cleaned_data["first_name"]
        user.last_name = self.cleaned_data["last_name"]
        user.save(update_fields=["first_name", "last_name"])
