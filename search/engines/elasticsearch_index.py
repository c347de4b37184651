"""What Elasticsearch holds of Adit: one index behind an alias, one document per item.

Deleted items stay as documents marked so until the next rebuild, because a real delete forgets its version
after a while and would let an older version come back.
"""

import logging
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from elastic_transport import SerializationError, TransportError
from elasticsearch import ApiError, BadRequestError, NotFoundError
from elasticsearch.helpers import ScanError, scan, streaming_bulk

from search.engines import elasticsearch_bodies as bodies
from search.engines.answer import EngineFailed, IndexMissing, RowsRefused
from search.engines.elasticsearch_server import LOOK_SECONDS, asked, client, failure, version_problem
from search.engines.index_folder import IndexFolder
from search.engines.sample import Sample, nothing_later

SCHEMA = "6"
LOCK_SECONDS = 5
REBUILD_LOCK_SECONDS = 120
BATCH = 500
# A server that has too much to do is asked again by those who write, never by those who search.
PATIENT = {"max_retries": 3, "initial_backoff": 0.2, "max_backoff": 2}
# While an index is filled nobody searches it.
FILLING = {"refresh_interval": "-1", "number_of_replicas": 0}

logger = logging.getLogger(__name__)


def alias():
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-search-{SCHEMA}"


# Changes


def send(rows):
    """Bring the index to what `rows` say; gives back the (key, version) it has taken. Raises EngineFailed."""
    rows = list(rows)
    refused = bulk(rows, alias(), refresh=True, require_alias=True)
    return [(row.key, row.version) for row in rows if row.key not in refused]


def bulk(rows, index, **options):
    """Send rows in batches; gives back the keys of those that the index refused. A row that it already has
    newer is none of them."""
    refused = set()

    def actions():
        for row in rows:
            try:
                document = bodies.engine_document(row)
            except Exception:
                # Whatever is wrong with one row: the others are to be found all the same.
                logger.exception("%s cannot be sent to Elasticsearch.", row.key)
                refused.add(row.key)
                continue
            yield {
                "_op_type": "index",
                "_id": row.key,
                "_source": document,
                "version": row.version,
                "version_type": "external_gte",
            }

    try:
        for is_fine, result in streaming_bulk(
            client(),
            actions(),
            index=index,
            chunk_size=BATCH,
            raise_on_error=False,
            **PATIENT,
            **options,
        ):
            result = result["index"]
            status = result.get("status")
            if is_fine or status == 409:
                continue
            if status == 404:
                raise IndexMissing("Elasticsearch lost its index of Adit.")
            if status in (429, 503):
                raise EngineFailed("Elasticsearch has too much to do.")
            if status == 403:
                # The index is closed to writing, as on a disk that is nearly full: no fault of a row.
                raise EngineFailed("Elasticsearch takes no changes of its index now.")
            refused.add(result["_id"])
    except NotFoundError as error:
        raise IndexMissing("Elasticsearch has no index of Adit.") from error
    except (BadRequestError, SerializationError) as error:
        raise RowsRefused(str(failure(error))) from error
    except (ApiError, TransportError, ValueError) as error:
        raise failure(error) from error
    return refused


# A new index


def rebuild(rows, late=nothing_later):
    """Make a new index of `rows` beside the one in use, check it and change over at once.

    `late()` gives the rows that are no longer as they were when they went by. Gives back the keys that the
    index refused. The index before is kept until the next time. NotVerified when the new one does not hold
    what it was given: the old one goes on answering.
    """
    name = f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"
    asked(client().indices.create, index=name, **new_index())
    given, later = Sample(bodies.engine_document), Sample(bodies.engine_document)
    try:
        refused = bulk(given.watch(rows), name)
        asked(client().indices.refresh, index=name)
        given.compare_number(asked(client().count, index=name)["count"], refused)
        given.compare_rows(found_in(name, given.checksums), refused)
        make_usable(name)
        with locked():
            refused_later = bulk(later.watch(late()), name, refresh=True)
            later.compare_rows(found_in(name, later.checksums), refused_later)
            change_over(name)
    except BaseException:
        with suppress(ApiError, TransportError):
            client().options(ignore_status=404).indices.delete(index=name)
        raise
    return refused | refused_later


def new_index():
    """Settings and mappings of an index that is being filled."""
    body = bodies.index_body()
    return body | {
        "settings": body["settings"] | {"number_of_shards": settings.ELASTICSEARCH_SHARDS} | FILLING
    }


def found_in(name, keys):
    """{key: the document that the index holds}."""
    if not keys:
        return {}
    answer = asked(client().mget, index=name, ids=sorted(keys))
    return {document["_id"]: document.get("_source") for document in answer["docs"]}


def make_usable(name):
    """Give an index that is filled the settings it is used with, and note in it that it was checked."""
    in_use = {"refresh_interval": "1s", "number_of_replicas": settings.ELASTICSEARCH_REPLICAS}
    asked(client().indices.put_settings, index=name, settings=in_use)
    # Only an index with this mark is gone back to: others may have been left half made.
    asked(client().indices.put_mapping, index=name, meta={"verified": True})


def change_over(name):
    """Have this index answer from now on; the one before stays, older ones go."""
    held, before = indexes(), index_in_use()
    use(name)
    for index in held.keys() - {name, before}:
        asked(client().options(ignore_status=404).indices.delete, index=index)


def use(name):
    """Put the alias on this index alone, at once."""
    off = {"remove": {"index": f"{alias()}-*", "alias": alias(), "must_exist": False}}
    asked(client().indices.update_aliases, actions=[off, {"add": {"index": name, "alias": alias()}}])


def roll_back():
    """Have the index before answer again; gives back its name. EngineFailed when there is none."""
    current = index_in_use()
    if current is None:
        raise IndexMissing("Elasticsearch has no index of Adit.")
    earlier = [
        name
        for name, about in indexes().items()
        if name < current and about["mappings"].get("_meta", {}).get("verified")
    ]
    if not earlier:
        raise EngineFailed("There is no index before the one in use.")
    with locked():
        use(max(earlier))
    return max(earlier)


def indexes():
    """{name: what the server says of it} of every index of this alias, in use or not."""
    return dict(asked(client().indices.get, index=f"{alias()}-*", expand_wildcards="open"))


def index_in_use():
    return next((name for name, about in indexes().items() if alias() in about.get("aliases", {})), None)


# How it is


def versions():
    """(key, version) of every item the index holds, deleted ones left out."""
    asked(client().indices.refresh, index=alias())
    body = {"query": {"term": {"deleted": False}}, "_source": False, "version": True}
    try:
        for hit in scan(client(), index=alias(), query=body, size=2000, scroll="2m"):
            yield hit["_id"], hit["_version"]
    except (ApiError, TransportError, ScanError, KeyError, TypeError) as error:
        raise failure(error) from error


def is_ready():
    """Whether the server answers and has the index; EngineFailed when it does not answer."""
    return bool(asked(client().options(request_timeout=2).indices.exists_alias, name=alias()))


def problem():
    """What is wrong with the server, in one sentence, or nothing. Takes a moment at most."""
    try:
        return version_problem()
    except EngineFailed as error:
        return f"Elasticsearch does not answer: {error}"


def count():
    """How many items the index holds."""
    question = client().options(request_timeout=LOOK_SECONDS).count
    return asked(question, index=alias(), query={"term": {"deleted": False}})["count"]


def locked(timeout=LOCK_SECONDS):
    """The lock of those who send; Busy when another process holds it longer than that."""
    return folder().locked(timeout, "elasticsearch")


def rebuilding(timeout=REBUILD_LOCK_SECONDS):
    """The lock of those who make a new index; changes are sent to the old one meanwhile."""
    return folder().locked(timeout, "elasticsearch-rebuild")


def folder():
    return IndexFolder(Path(settings.VAR_DIR) / "search", SCHEMA)
