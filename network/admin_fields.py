"""The fields in Wagtail's forms: what is typed in the admin is cleaned like everywhere else.

Titles, slugs, keywords, names of collections: Wagtail's own tables know nothing of our fields, so its forms
are given them.
"""

from django.db import models
from taggit.managers import TaggableManager
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.tags import TagField
from wagtail.admin.widgets import AdminAutoHeightTextInput, SlugInput

from language.fields import (
    LONGEST_TEXT,
    Cleaned,
    LineField,
    ProseField,
    SlugKeyField,
    StoredLongLineField,
    StoredProseField,
    WebAddressField,
)
from network.mailboxes import MailboxField


class KeywordsField(Cleaned, TagField):
    """Keywords, with commas between them."""


def keywords(field):
    return {"form_class": KeywordsField, "tag_model": field.related_model}


def register():
    """Put our fields in the place of Django's, wherever Wagtail makes a form of a table."""
    tall = {"widget": AdminAutoHeightTextInput}
    for stored, override in (
        (models.CharField, {"form_class": LineField}),
        (models.TextField, {"form_class": ProseField, "max_length": LONGEST_TEXT} | tall),
        (models.EmailField, {"form_class": MailboxField}),
        (models.URLField, {"form_class": WebAddressField, "assume_scheme": "https"}),
        (models.SlugField, {"form_class": SlugKeyField, "widget": SlugInput}),
        (StoredLongLineField, tall),
        (StoredProseField, tall),
    ):
        # Exactly these: a field of ours says itself of which kind it is.
        register_form_field_override(stored, override=override, exact_class=True)
    register_form_field_override(TaggableManager, override=keywords)
