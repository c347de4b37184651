"""Names of people and organisations: one line without invisible marks, and no address in it.

A name stands at the top of letters: whoever could put a link or a second line there could write to strangers
through this site.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from language.fields import Cleaned, StoredCleaned
from language.typed import as_line, as_prose, has_line_break

# A host without a path stays allowed: some organisations are called like one.
ADDRESS = re.compile(
    r"""\w+:/ | (?<!\S)//\w | \bmailto: | \bwww\. | \S@\S | \bxn-- | \b\d{1,3}(?:\.\d{1,3}){3}\b
    | \w\.[^\W\d_]{2,}\.?(?:[/?\#]|:\d)""",
    re.VERBOSE | re.IGNORECASE,
)


def clean_name(text):
    """The name on one line, without marks that nobody sees.

    A line break inside stays, so that `validate_name` refuses it: who sends one did not type into our field.
    """
    text = as_prose(text)
    return text if has_line_break(text) else as_line(text)


def validate_name(text):
    """Refuse a name of several lines, or with an address of a page or of a mailbox in it."""
    if has_line_break(text):
        raise ValidationError(_("Write the name on one line."), code="lines")
    # In the compatibility form letters and dots of full width are what programs read them as.
    if ADDRESS.search(unicodedata.normalize("NFKC", text)):
        raise ValidationError(
            _("Write the name only, without the address of a page or mailbox."), code="address"
        )


class NameField(Cleaned, forms.CharField):
    """The name of a person or an organisation in a form."""

    cleaned = staticmethod(clean_name)
    default_validators = [validate_name]


class StoredNameField(StoredCleaned, models.CharField):
    """The name of a person or an organisation in a table."""

    cleaned, form_class = staticmethod(clean_name), NameField
    default_validators = [validate_name]
