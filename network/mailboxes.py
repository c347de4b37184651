"""E-mail addresses as they are kept: written in one way only, and such that a letter can be sent to them.

Whoever types “Aino@Example.ORG”, with a mark in it that nobody sees, means the mailbox that everybody means.
"""

from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.core.validators import EmailValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from language.fields import Cleaned, StoredCleaned
from language.typed import as_key

is_formed_like_one = EmailValidator()


def kept(address):
    """The address as it is kept and compared: in small letters, its host in ASCII. Of what is no address,
    what one sees, in small letters."""
    address = as_key(address)
    return in_ascii(address) or address.lower()


@lru_cache(maxsize=1000)
def in_ascii(address):
    """The address in ASCII and small letters; empty where no letter can be sent to it."""
    try:
        checked = validate_email(address, allow_smtputf8=False, check_deliverability=False)
        written = checked.ascii_email.lower()
        # There are addresses that the library takes and that cannot stand in a letter or on its envelope.
        EmailMessage(to=[written]).message()
        sanitize_address(written, "utf-8")
    except (EmailNotValidError, ValueError, IndexError):  # UnicodeError, of hosts' names, is a ValueError
        return ""
    return written


def validate_mailbox(address):
    """Refuse what is no address, and what looks like one and no letter can be sent to."""
    if in_ascii(as_key(address)):
        return
    is_formed_like_one(address)
    raise ValidationError(
        _("No letter can be sent to this address. Look for unusual or invisible characters in it."),
        code="not-sendable",
    )


class MailboxField(Cleaned, forms.EmailField):
    """The e-mail address of somebody whom the site will write to."""

    cleaned = staticmethod(kept)
    default_validators = [validate_mailbox]


class StoredMailboxField(StoredCleaned, models.EmailField):
    """An e-mail address in a table, whoever writes it there and however."""

    cleaned, form_class = staticmethod(kept), MailboxField
    stored_as = "django.db.models.EmailField"
    default_validators = [validate_mailbox]
