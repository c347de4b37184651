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

LINE_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters, and the marks that format: no width, a change of direction.
INVISIBLE = ("Cc", "Cf")
# A host without a path stays allowed: some organisations are called like one.
ADDRESS = re.compile(
    r"""\w+:/ | (?<!\S)//\w | \bmailto: | \bwww\. | \S@\S | \bxn-- | \b\d{1,3}(?:\.\d{1,3}){3}\b
    | \w\.[^\W\d_]{2,}\.?(?:[/?\#]|:\d)""",
    re.VERBOSE | re.IGNORECASE,
)


def clean_name(text):
    """The name in composed characters, without blanks around it or marks that nobody sees.

    A line break stays, so that `validate_name` refuses it: who sends one did not type into our field.
    """
    text = unicodedata.normalize("NFC", str(text)).strip()
    return "".join(
        sign for sign in text if unicodedata.category(sign) not in INVISIBLE or LINE_BREAKS.match(sign)
    ).strip()


def validate_name(text):
    """Refuse a name of several lines, or with an address of a page or of a mailbox in it."""
    if LINE_BREAKS.search(text):
        raise ValidationError(_("Write the name on one line."), code="lines")
    # In the compatibility form letters and dots of full width are what programs read them as.
    if ADDRESS.search(unicodedata.normalize("NFKC", text)):
        raise ValidationError(
            _("Write the name only, without the address of a page or mailbox."), code="address"
        )


class NameField(forms.CharField):
    """The name of a person or an organisation in a form."""

    default_validators = [validate_name]

    def to_python(self, value):
        return clean_name(super().to_python(value))


class StoredNameField(models.CharField):
    """The name of a person or an organisation in a table; to the database a line of text like any other."""

    default_validators = [validate_name]

    def deconstruct(self):
        name, _path, args, keywords = super().deconstruct()
        return name, "django.db.models.CharField", args, keywords

    def to_python(self, value):
        return value if value is None else clean_name(super().to_python(value))

    def formfield(self, **keywords):
        return super().formfield(**({"form_class": NameField} | keywords))
