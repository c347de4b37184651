"""E-mail addresses that a letter can really be sent to."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext_lazy as _


def validate_sendable(address):
    """Refuse what looks like an address and cannot stand in the head of a letter: “a@<mark>b.example”."""
    try:
        # The names of hosts lose such marks on their way, so one mailbox would look like many.
        if any(unicodedata.category(sign) == "Cf" for sign in address):
            raise ValueError
        sanitize_address(address, "utf-8")
    except (ValueError, IndexError):  # UnicodeError, which names of hosts raise, is a ValueError
        raise ValidationError(
            _("No letter can be sent to this address. Look for unusual or invisible characters in it."),
            code="not-sendable",
        ) from None


class MailboxField(forms.EmailField):
    """The e-mail address of somebody whom the site will write to."""

    def run_validators(self, value):
        # One sentence after the other: what is no address at all need not be sendable too.
        super().run_validators(value)
        if value:
            validate_sendable(value)
