"""What differs between what somebody typed and what somebody else saved in the meantime, field by field."""

import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.rich_text import DraftailRichTextArea

ROW_KEYS = {"id", "ORDER", "DELETE"}
# Notes beside the text are rows of their own and overwrite nothing.
NOT_CONTENT = {"comments", "comment_notifications"}


@dataclass(frozen=True)
class Difference:
    """One field in which both texts differ."""

    label: str
    mine: str
    theirs: str


def differences(mine, theirs):
    """The fields in which a sent form differs from the form of what is stored now; tables row by row."""
    found = []
    for name, field in mine.fields.items():
        if name in NOT_CONTENT:
            continue
        values = mine[name].value(), theirs[name].value()
        if _comparable(field, values[0]) != _comparable(field, values[1]):
            found.append(Difference(_label(mine, name), *(_words(field, value) for value in values)))
    for name, rows in getattr(mine, "formsets", {}).items():
        texts = _rows(rows), _rows(theirs.formsets[name])
        if name not in NOT_CONTENT and texts[0] != texts[1]:
            label = str(rows.model._meta.verbose_name_plural)
            found.append(Difference(label[:1].upper() + label[1:], *("\n".join(text) for text in texts)))
    return found


def _label(form, name):
    return str(form[name].label)


def _rows(formset):
    """Each row of a table in a line of its own, in their order, without those that are to go."""
    forms_there = [form for form in formset.forms if not _is_to_go(form)]
    forms_there.sort(key=_place)
    return [text for text in (_row(form) for form in forms_there) if text]


def _is_to_go(form):
    return "DELETE" in form.fields and bool(form["DELETE"].value())


def _place(form):
    try:
        return int(form["ORDER"].value() or 0)
    except (KeyError, TypeError, ValueError):
        return 0


def _row(form):
    """“Figure with its unit: 12 t; what it counts: tailings”; empty where nobody wrote anything."""
    texts = [
        (_label(form, name), _words(field, form[name].value()))
        for name, field in form.fields.items()
        if name not in ROW_KEYS
    ]
    return "; ".join(f"{label}: {text}" for label, text in texts if text) if any(t for _l, t in texts) else ""


def _comparable(field, value):
    """The value so that the same thing said by a browser and by the database is the same."""
    if isinstance(field.widget, DraftailRichTextArea):
        return _html(field.widget, value)
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        keys = [key for key in _keys(value) if key]
        return sorted(keys) if isinstance(value, list | tuple) or hasattr(value, "all") else keys
    return re.sub(r"\s+", " ", _plain(field, value)).strip()


def _html(widget, value):
    """Formatted text as the editor writes it, without the marks by which it knows its blocks."""
    written = widget.converter.to_database_format(widget.format_value(value or ""))
    return re.sub(r' data-block-key="[^"]*"', "", written)


def _words(field, value):
    """The value as its reader knows it: names instead of keys, text instead of tags."""
    if isinstance(field.widget, DraftailRichTextArea):
        lines = re.sub(r"</(?:p|li|h\d)>|<br/?>", "\n", _html(field.widget, value))
        return strip_tags(lines).strip()
    if isinstance(field, forms.ModelChoiceField):
        return "; ".join(_names(field, _keys(value)))
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in _flat(field.choices)}
        return "; ".join(labels.get(key, key) for key in _keys(value) if key)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    return _plain(field, value).strip()


def _keys(value):
    if value is None:
        return []
    several = value.all() if hasattr(value, "all") else value
    several = several if isinstance(several, list | tuple) or hasattr(several, "model") else [several]
    return [str(getattr(one, "pk", one)) for one in several]


def _names(field, keys):
    """What these keys stand for; what was typed and stands for nothing is shown as it was typed."""
    known = []
    for key in keys:
        try:
            known.append(field.queryset.model._meta.pk.to_python(key))
        except ValidationError:
            continue
    names = {str(thing.pk): str(thing) for thing in field.queryset.filter(pk__in=known)}
    return [names.get(key, key) for key in keys if key]


def _flat(choices):
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _plain(field, value):
    if value is None:
        return ""
    shown = field.widget.format_value(value) if hasattr(field.widget, "format_value") else value
    return "" if shown is None else str(shown)
