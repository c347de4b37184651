"""Allauth's forms with our field for the address: whoever it means is found, however they write it."""

from allauth.account import forms

from network.mailboxes import MailboxField


class KnownMailboxField(MailboxField):
    """The address of somebody who should be known here. Of what is no address, that nobody is."""

    default_validators = []


class WithMailbox:
    """A form that asks for an address."""

    asks, field = "email", MailboxField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old = self.fields[self.asks]
        self.fields[self.asks] = self.field(label=old.label, required=old.required, widget=old.widget)


class SignInForm(WithMailbox, forms.LoginForm):
    """Signing in with address and password."""

    asks, field = "login", KnownMailboxField


class NewAccountForm(WithMailbox, forms.SignupForm):
    """Making an account."""


class AddMailboxForm(WithMailbox, forms.AddEmailForm):
    """Giving an account one more address."""


class ForgottenPasswordForm(WithMailbox, forms.ResetPasswordForm):
    """Asking for a letter with which to set a new password."""
