"""Which version of a row somebody has seen: a short digest of everything that it says."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_relations

# The field by which the form of a row names the version that it was made from.
ROW_FIELD = "seen_version"


def version_of(row):
    """The digest of what this row says, with its child rows and links: another one once anything differs."""
    text = json.dumps(_said(row), cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def stored_version(row):
    """The digest of what the database holds of this row; empty once it is gone."""
    stored = type(row)._base_manager.filter(pk=row.pk).first()
    return version_of(stored) if stored else ""


def _said(row):
    said = {field.attname: field.value_to_string(row) for field in row._meta.concrete_fields}
    for field in row._meta.many_to_many:
        said[field.name] = sorted(str(thing.pk) for thing in getattr(row, field.name).all())
    for relation in get_all_child_relations(type(row)):
        name = relation.get_accessor_name()
        said[name] = [_said(child) for child in getattr(row, name).all().order_by("pk")]
    return said
