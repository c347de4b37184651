"""The Elasticsearch engine: one index behind an alias, one document per item.

Deleted items stay as documents marked so until the next rebuild, because a real delete forgets its version
after a while and would let an older version come back.
"""

import os
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk

from search.engines import elasticsearch_bodies as bodies
from search.engines.answer import EngineFailed, Found, FoundItem, IndexMissing
from search.engines.index_folder import IndexFolder
from search.facets import FACETS, ranked
from search.highlights import GAP
from search.query import Part

SCHEMA = "1"
WRITE_SECONDS = 20
LOCK_SECONDS = 5
BATCH = 500


class Connected:
    """The client of this process; made anew after a fork or when the address changes."""

    lock = threading.Lock()
    owner = client = None


def client():
    owner = (os.getpid(), settings.ELASTICSEARCH_URL)
    with Connected.lock:
        if Connected.owner != owner:
            Connected.client, Connected.owner = connect(settings.ELASTICSEARCH_URL), owner
        return Connected.client


def connect(url):
    """A client that never tries twice: a page that waits is worse than one from the embedded engine."""
    parts = urlsplit(url)
    options = {"max_retries": 0, "retry_on_timeout": False, "request_timeout": WRITE_SECONDS}
    if parts.username:
        options["basic_auth"] = (unquote(parts.username), unquote(parts.password or ""))
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return Elasticsearch(url, **options)


def alias():
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-search-{SCHEMA}"


def search(query, timeout=WRITE_SECONDS):
    """Answer `query` within `timeout` seconds, or raise EngineFailed."""
    answer = asked(client().options(request_timeout=timeout).search, index=alias(), **sent(query))
    try:
        return Found(
            total=answer["hits"]["total"]["value"],
            items=[found_item(hit, query) for hit in answer["hits"]["hits"]],
            **counted(answer["aggregations"], query),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EngineFailed(f"Elasticsearch answered something else than hits: {error!r}") from error


def keys(query, among=None, timeout=WRITE_SECONDS):
    """The keys of everything that matches, in the order of the results; or only of those in `among`."""
    after, found = None, []
    while True:
        body = bodies.keys_body(query, among, after)
        answer = asked(client().options(request_timeout=timeout).search, index=alias(), **client_names(body))
        try:
            hits = answer["hits"]["hits"]
            found += [hit["_source"]["key"] for hit in hits]
            if len(hits) < bodies.KEYS_AT_ONCE:
                return list(dict.fromkeys(found))
            after = hits[-1]["sort"]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise EngineFailed(f"Elasticsearch answered something else than hits: {error!r}") from error


def sent(query):
    """The body as the client takes it."""
    return client_names(bodies.search_body(query))


def client_names(body):
    """The client has its own names for two keys."""
    names = {"from": "from_", "_source": "source"}
    return {names.get(name, name): value for name, value in body.items()}


def asked(function, **body):
    """The answer of the server, or EngineFailed for whatever keeps it from answering."""
    try:
        return function(**body)
    except NotFoundError as error:
        raise IndexMissing("Elasticsearch has no index of Adit.") from error
    except (ApiError, TransportError, ValueError, TypeError) as error:
        raise EngineFailed(f"{type(error).__name__}: {str(error)[:200]}") from error


def found_item(hit, query):
    return FoundItem(
        key=hit["_source"]["key"],
        score=hit.get("_score") or 0.0,
        highlights=highlights(hit.get("highlight", {}), query),
    )


def highlights(found, query):
    """The title marked, and an excerpt of the first text that shows what was looked for."""
    preferred = [query.language, "en"]
    in_order = sorted(found, key=lambda name: place(name, preferred))
    # Only the title that the visitor reads; the excerpt may come from another language.
    titles = [found[f"title_{language}"][0] for language in preferred if f"title_{language}" in found]
    texts = [found[name][0] for name in in_order if not name.startswith("title_")]
    shown = {}
    if titles:
        shown["title"] = parts(titles[0])
    if texts:
        excerpt = parts(texts[0])
        is_cut = len("".join(text for text, _ in excerpt)) >= bodies.EXCERPT_LENGTH // 2
        shown["text"] = [*excerpt, Part(f" {GAP}", False)] if is_cut else excerpt
    return shown


def place(name, preferred):
    """Where the field comes: the visitor's language first, its summary before its body."""
    kind, _, language = name.partition("_")
    return preferred.index(language) if language in preferred else len(preferred), language, kind == "body"


def parts(text):
    """A text with marks as parts to print."""
    pieces = []
    for index, piece in enumerate(text.split(bodies.HIT_BEGINS)):
        hit, _, rest = piece.partition(bodies.HIT_ENDS) if index else ("", "", piece)
        pieces += [Part(hit, True), Part(rest, False)]
    return [part for part in pieces if part.text]


def counted(aggregations, query):
    """Counts by facet and by kind from the answer's groups."""
    values = {}
    for group in aggregations.values():
        for name, counts in group.items():
            if isinstance(counts, dict) and "buckets" in counts:
                values[name] = [(bucket["key"], bucket["doc_count"]) for bucket in counts["buckets"]]
    return {
        "facets": {n: ranked(values.get(n, ()), query.facets.get(n, ())) for n in FACETS},
        "kinds": dict(values.get("kind", ())),
    }


# Writing


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
