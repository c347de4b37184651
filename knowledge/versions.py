"""Which version of a row somebody has seen: a short digest of everything that it says."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields


def version_of(row):
    """The digest of what the database holds of this row, its child rows and links; empty once it is gone.

    Two answers are the same as long as nobody saved anything else in between.
    """
    row = type(row)._default_manager.filter(pk=row.pk).first()
    if row is None:
        return ""
    is_cluster = isinstance(row, ClusterableModel)
    said = row.serializable_data() if is_cluster else get_serializable_data_for_fields(row)
    for field in row._meta.many_to_many:
        said[field.name] = sorted(str(key) for key in getattr(row, field.name).values_list("pk", flat=True))
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
