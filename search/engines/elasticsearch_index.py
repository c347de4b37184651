"""What Elasticsearch holds of Adit: one index behind an alias, one document per item.

Deleted items stay as documents marked so until the next rebuild, because a real delete forgets its version
after a while and would let an older version come back.
"""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from elastic_transport import TransportError
from elasticsearch import ApiError, NotFoundError
from elasticsearch.helpers import streaming_bulk

from search.engines import elasticsearch_bodies as bodies
from search.engines.answer import EngineFailed, IndexMissing
from search.engines.elasticsearch_server import asked, client
from search.engines.index_folder import IndexFolder

SCHEMA = "2"
LOCK_SECONDS = 5
BATCH = 500


def alias():
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-search-{SCHEMA}"


def send(rows):
    """Bring the index to what `rows` say; gives back the (key, version) it has taken. Raises EngineFailed."""
    if not asked(client().indices.exists_alias, name=alias()):
        raise IndexMissing("Elasticsearch has no index of Adit.")
    taken = bulk(rows, alias(), require_alias=True)
    asked(client().indices.refresh, index=alias())
    return taken


def bulk(rows, index, **options):
    """Send rows in batches; a row that the index already has newer counts as taken."""
    versions, taken = {}, []

    def actions():
        for row in rows:
            versions[row.key] = row.version
            yield {
                "_op_type": "index",
                "_id": row.key,
                "_source": bodies.engine_document(row),
                "version": row.version,
                "version_type": "external_gte",
                **options,
            }

    try:
        for is_fine, result in streaming_bulk(
            client(), actions(), index=index, chunk_size=BATCH, raise_on_error=False, max_retries=0
        ):
            result = result["index"]
            if is_fine or result.get("status") == 409:
                taken.append((result["_id"], versions[result["_id"]]))
            elif result.get("status") == 404:
                raise IndexMissing("Elasticsearch lost its index of Adit.")
            elif result.get("status") in (429, 503):
                raise EngineFailed("Elasticsearch has too much to do.")
    except NotFoundError as error:
        raise IndexMissing("Elasticsearch has no index of Adit.") from error
    except (ApiError, TransportError, ValueError) as error:
        raise EngineFailed(f"{type(error).__name__}: {str(error)[:200]}") from error
    return taken


def rebuild(rows):
    """Make a new index of `rows` beside the one in use and change over at once; the old one is kept once."""
    name = f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"
    asked(client().indices.create, index=name, **bodies.index_body())
    taken = bulk(rows, name)
    asked(client().indices.refresh, index=name)
    held = asked(client().indices.get, index=f"{alias()}-*", expand_wildcards="open")
    in_use = [index for index, about in held.items() if alias() in about.get("aliases", {})]
    actions = [{"remove": {"index": index, "alias": alias()}} for index in in_use]
    asked(client().indices.update_aliases, actions=[*actions, {"add": {"index": name, "alias": alias()}}])
    for index in set(held) - set(in_use) - {name}:
        asked(client().options(ignore_status=404).indices.delete, index=index)
    return taken


def is_ready():
    """Whether the server answers and has the index; EngineFailed when it does not answer."""
    return bool(asked(client().options(request_timeout=2).indices.exists_alias, name=alias()))


def count():
    """How many items the index holds."""
    found = asked(client().count, index=alias(), query={"term": {"deleted": False}})
    return found["count"]


def locked(timeout=LOCK_SECONDS):
    """The lock of those who send; Busy when another process holds it longer than that."""
    folder = IndexFolder(Path(settings.VAR_DIR) / "search", SCHEMA)
    return folder.locked(timeout, "elasticsearch")
