"""Fields of forms and tables that keep what people type as they meant it.

A field of a table cleans whatever is written to it or compared with it, from wherever it comes; to the
database it is a field like any other, so that no migration is needed for it.
"""

from django import forms
from django.db import models
from wagtail.fields import RichTextField

from language.typed import as_key, as_line, as_prose, as_rich_text

# No text is without end; where a field has a limit of its own, that is the shorter one.
LONGEST_TEXT = 20_000


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


class RichTextFormField(Cleaned, forms.CharField):
    """A text with headings, lists and links in a form, as the editor gives it."""

    cleaned = staticmethod(as_rich_text)


class WebAddressField(Cleaned, forms.URLField):
    """The address of a page in a form."""

    cleaned = staticmethod(as_key)


class SlugKeyField(Cleaned, forms.SlugField):
    """The last part of an address in a form."""

    cleaned = staticmethod(as_key)


class StoredCleaned:
    """What the fields of tables share."""

    cleaned, form_class, stored_as = staticmethod(as_line), LineField, "django.db.models.CharField"

    def deconstruct(self):
        name, _path, args, keywords = super().deconstruct()
        return name, self.stored_as, args, keywords

    def to_python(self, value):
        # Django asks here too before it writes a value or compares with it.
        return value if value is None else self.cleaned(super().to_python(value))

    def formfield(self, **keywords):
        return super().formfield(**({"form_class": self.form_class} | keywords))


class StoredText(StoredCleaned):
    """What the fields of long texts share: forms take no text without end."""

    def formfield(self, **keywords):
        return super().formfield(**({"max_length": self.max_length or LONGEST_TEXT} | keywords))


class StoredLineField(StoredCleaned, models.CharField):
    """A text of one line in a table."""


class StoredLongLineField(StoredText, models.TextField):
    """A text of one line whose length is checked elsewhere, in a table."""

    stored_as = "django.db.models.TextField"


class StoredKeyField(StoredCleaned, models.CharField):
    """A code or an id in a table."""

    cleaned, form_class = staticmethod(as_key), KeyField


class StoredSlugField(StoredCleaned, models.SlugField):
    """A code that stands in addresses, in a table."""

    cleaned, form_class = staticmethod(as_key), SlugKeyField
    stored_as = "django.db.models.SlugField"


class StoredWebAddressField(StoredCleaned, models.URLField):
    """The address of a page, in a table."""

    cleaned, form_class = staticmethod(as_key), WebAddressField
    stored_as = "django.db.models.URLField"


class StoredProseField(StoredText, models.TextField):
    """A text of several lines in a table."""

    cleaned, form_class, stored_as = staticmethod(as_prose), ProseField, "django.db.models.TextField"


class StoredRichTextField(StoredText, RichTextField):
    """A text with headings, lists and links in a table."""

    cleaned, form_class = staticmethod(as_rich_text), RichTextFormField
    stored_as = "wagtail.fields.RichTextField"
