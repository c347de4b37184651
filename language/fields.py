"""Fields of forms and tables that keep what people type as they meant it."""

from django import forms
from django.db import models

from language.typed import as_key, as_line, as_prose


class Cleaned:
    """A field of a form whose text is cleaned before anything looks at it."""

    cleaned = staticmethod(as_line)

    def to_python(self, value):
        return super().to_python(value if value is None else self.cleaned(value))


class LineField(Cleaned, forms.CharField):
    """A text of one line in a form."""


class KeyField(Cleaned, forms.CharField):
    """A code or an id in a form."""

    cleaned = staticmethod(as_key)


class ProseField(Cleaned, forms.CharField):
    """A text of several lines in a form."""

    cleaned = staticmethod(as_prose)
    widget = forms.Textarea


class StoredCleaned:
    """A field of a table; to the database a text like any other, so that no migration is needed for it."""

    cleaned, form_class, stored_as = staticmethod(as_line), LineField, "django.db.models.CharField"

    def deconstruct(self):
        name, _path, args, keywords = super().deconstruct()
        return name, self.stored_as, args, keywords

    def to_python(self, value):
        return value if value is None else self.cleaned(super().to_python(value))

    def formfield(self, **keywords):
        if self.choices:
            return super().formfield(**keywords)
        return super().formfield(**({"form_class": self.form_class} | keywords))


class StoredLineField(StoredCleaned, models.CharField):
    """A text of one line in a table."""


class StoredKeyField(StoredCleaned, models.CharField):
    """A code or an id in a table."""

    cleaned, form_class = staticmethod(as_key), KeyField


class StoredProseField(StoredCleaned, models.TextField):
    """A text of several lines in a table."""

    cleaned, form_class, stored_as = staticmethod(as_prose), ProseField, "django.db.models.TextField"
