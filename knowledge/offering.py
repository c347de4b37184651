"""What a form offers and names, in lists, checkboxes and choosers alike: only rows its person may see."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.permissions import OwnRowsPolicy, seen_by


def offer_only_what_is_seen(form, user):
    """Let each field of a form, and of the forms within it, offer and name what this person may see.

    What a row names already stays chosen; who may not read its name sees a sentence in its place.
    """
    if user is None:
        return
    for one in forms_of(form):
        for name, field in one.fields.items():
            if isinstance(field, forms.ModelChoiceField) and is_owned(field.queryset.model):
                limit(field, user, chosen(one, name))


def forms_of(form):
    """The form and those of the rows within it."""
    yield form
    for rows in getattr(form, "formsets", {}).values():
        for one in rows.forms:
            yield from forms_of(one)


def is_owned(model):
    """Whether rows of this model belong to somebody; names of organisations or regions are no secret."""
    if issubclass(model, Page | AbstractDocument | AbstractImage):
        return True
    return isinstance(policy_registry.get_by_type(model), OwnRowsPolicy)


def chosen(form, name):
    """The keys of the rows that this field of the form's row holds already."""
    value = form.initial.get(name) if form.instance.pk else None
    if value is None:
        return set()
    values = value if isinstance(value, list | tuple | set) or hasattr(value, "all") else [value]
    values = values.all() if hasattr(values, "all") else values
    return {getattr(one, "pk", one) for one in values}


def limit(field, user, kept):
    """Offer what is seen and what is chosen; print the names of what is seen."""
    everything = field.queryset
    seen = seen_by(user, everything)
    field.error_messages["invalid_choice"] = _("You cannot choose this. Choose something of your own.")
    field.queryset = everything.filter(pk__in=seen.order_by().values("pk")) | everything.filter(pk__in=kept)
    if isinstance(field.widget, BaseChooser):
        hide_in_chooser(field.widget, lambda row: seen.filter(pk=row.pk).exists())
    else:
        hidden = kept - set(seen.filter(pk__in=kept).values_list("pk", flat=True))
        named = field.label_from_instance
        field.label_from_instance = lambda row: hidden_name() if row.pk in hidden else named(row)


def hide_in_chooser(widget, is_seen):
    """Let a chooser print the name of what is chosen only to who may read it."""
    shown = widget.get_value_data_from_instance

    def as_seen(row):
        said = shown(row)
        if is_seen(row):
            return said
        return {key: blank(value) for key, value in said.items()} | {
            "id": said["id"],
            widget.display_title_key: hidden_name(),
        }

    widget.get_value_data_from_instance = as_seen


def blank(value):
    """A value of the same kind that tells nothing."""
    if isinstance(value, dict):
        return {key: blank(inner) for key, inner in value.items()}
    return "" if isinstance(value, str) else value


def hidden_name():
    return _("Something you may not open")
