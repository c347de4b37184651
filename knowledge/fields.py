"""Two kinds of database field that Django does not have: several choices, and a date as exact as known."""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from language.fields import StoredKeyField

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


class ChoicesField(models.JSONField):
    """Several values of one closed list, kept as a list in the list's own order."""

    def __init__(self, *args, choices_class=None, **kwargs):
        self.choices_class = choices_class
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, arguments, keywords = super().deconstruct()
        return name, path, arguments, keywords | {"choices_class": self.choices_class}

    def formfield(self, **kwargs):
        return forms.TypedMultipleChoiceField(
            choices=self.choices_class.choices,
            widget=forms.CheckboxSelectMultiple,
            coerce=str,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
        )

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        unknown = [item for item in value or [] if item not in self.choices_class.values]
        if unknown:
            raise ValidationError(
                _("Unknown value: %(values)s."), params={"values": ", ".join(map(str, unknown))}
            )


def date_bounds(text):
    """First and last day that a date known to the year, month or day can mean.

    `2016` gives 1 January and 31 December 2016. Raises ValueError with a sentence for anything else.
    """
    match = PARTIAL_DATE.match(text)
    if not match:
        raise ValueError(_("Write a date as 2016, 2016-05 or 2016-05-17."))
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        if month == 12 or not month:
            return first, date(year, 12, 31)
        return first, date(year, month + 1, 1) - timedelta(days=1)
    except ValueError:
        raise ValueError(_("There is no such day: %(date)s.") % {"date": text}) from None


def validate_partial_date(text):
    """Refuse what is neither a year, a month nor a day."""
    try:
        date_bounds(text)
    except ValueError as error:
        raise ValidationError(str(error)) from None


class PartialDateField(StoredKeyField):
    """A date as exact as it is known, kept as the beginning of an ISO date: 2016, 2014-05 or 2014-05-17."""

    default_validators = [validate_partial_date]
    stored_as = "knowledge.fields.PartialDateField"

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)
