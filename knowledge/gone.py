"""What a draft names and was deleted since: a revision stays as it was written, what it names may go."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, ModelLogEntry, Page, PageLogEntry


@dataclass(frozen=True)
class Named:
    """One thing that a draft names: in which of its fields, and which row of which model."""

    field: str
    model: type
    key: str


def named_by(model, said):
    """Everything that a page of this model names by what its revision says, child rows included."""
    for field in _links(model):
        value = said.get(field.name)
        keys = value if field.many_to_many else [value]
        for key in keys or []:
            if key is not None:
                yield Named(field.name, field.related_model, str(key))
    for name, child in _child_rows(model):
        for row in said.get(name) or []:
            for named in named_by(child, row):
                yield Named(name, named.model, named.key)


def _links(model):
    """The fields by which the authors of a page name something; what Wagtail itself keeps is left out."""
    for field in model._meta.get_fields():
        is_link = field.concrete and (field.many_to_one or field.many_to_many)
        is_other = isinstance(field, ParentalKey | ClusterTaggableManager) or field.model is Page
        if is_link and not is_other:
            yield field


def _child_rows(model):
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name != COMMENTS_RELATION_NAME:
            yield name, relation.related_model


def without_what_is_gone(model, said):
    """What a revision says with everything left out that is not there any more, and what that was.

    Links become empty, a child row that is nothing without its link goes with it. One query for each kind of
    thing that the draft names.
    """
    keys = defaultdict(set)
    for named in named_by(model, said):
        keys[named.model].add(named.key)
    gone = {target: wanted - {str(key) for key in _there(target, wanted)} for target, wanted in keys.items()}
    if not any(gone.values()):
        return said, ()
    lost = dict.fromkeys(named for named in named_by(model, said) if named.key in gone[named.model])
    return _without(model, said, gone), tuple(lost)


def _there(target, keys):
    return target._base_manager.filter(pk__in=keys).values_list("pk", flat=True)


def _without(model, said, gone):
    """A copy of what was said without those rows; None for a child row that cannot be without its link."""
    kept = dict(said)
    for field in _links(model):
        value, lost = kept.get(field.name), gone.get(field.related_model) or ()
        if field.many_to_many and value:
            kept[field.name] = [key for key in value if str(key) not in lost]
        elif str(value) in lost:
            if not field.null:
                return None
            kept[field.name] = None
    for name, child in _child_rows(model):
        if name in kept:
            rows = [_without(child, row, gone) for row in kept[name]]
            kept[name] = [row for row in rows if row is not None]
    return kept


def sentences(page):
    """For each thing that the draft names and that is gone: its field, what it was, when it was deleted."""
    entries = _deletions(page.gone)
    found = []
    for named in page.gone:
        words = {"field": label(type(page), named.field)}
        if entry := entries.get(named):
            words |= {"name": entry.label, "day": date_format(localtime(entry.timestamp), "j F Y")}
            found.append(_("%(field)s: “%(name)s” was deleted on %(day)s. Choose another.") % words)
        else:
            found.append(_("%(field)s: what was chosen here was deleted. Choose another.") % words)
    return found


def label(model, name):
    """What the form calls a field or its rows."""
    field = model._meta.get_field(name)
    text = field.verbose_name if field.concrete else _label_of_rows(model, field.related_model)
    text = str(text)
    return text[:1].upper() + text[1:]


def _label_of_rows(model, rows):
    """Keywords are kept in rows that nobody has heard of: they are called as the field that holds them."""
    for field in model._meta.get_fields():
        if isinstance(field, ClusterTaggableManager) and field.through is rows:
            return field.verbose_name
    return rows._meta.verbose_name_plural


def _deletions(gone):
    """The log's entry for each of these deletions, as far as there is one."""
    keys = defaultdict(list)
    for named in gone:
        keys[named.model].append(named)
    found = {}
    for model, those in keys.items():
        by_key = {named.key: [one for one in those if one.key == named.key] for named in those}
        for key, entry in _log_of_deletions(model, list(by_key)):
            found |= dict.fromkeys(by_key[str(key)], entry)
    return found


def _log_of_deletions(model, keys):
    if issubclass(model, Page):
        entries = PageLogEntry.objects.filter(page_id__in=keys)
        name = "page_id"
    else:
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        entries = ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys)
        name = "object_id"
    return [(getattr(entry, name), entry) for entry in entries.filter(deleted=True).order_by("timestamp")]
