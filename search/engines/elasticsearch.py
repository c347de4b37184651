"""The Elasticsearch engine: what a query becomes and what its answer says. The index itself is next door."""

from search.engines import elasticsearch_bodies as bodies
from search.engines.answer import EngineFailed, Found, FoundItem
from search.engines.elasticsearch_index import (
    alias,
    bulk,
    count,
    index_in_use,
    indexes,
    is_ready,
    locked,
    problem,
    rebuild,
    rebuilding,
    roll_back,
    send,
    versions,
)
from search.engines.elasticsearch_server import WRITE_SECONDS, asked, client, version_problem
from search.engines.fields import NAME_FIELD
from search.facets import ranked_facets
from search.highlights import GAP
from search.query import Part

__all__ = [
    "alias",
    "bulk",
    "client",
    "count",
    "index_in_use",
    "indexes",
    "is_ready",
    "keys",
    "locked",
    "problem",
    "rebuild",
    "rebuilding",
    "roll_back",
    "search",
    "send",
    "version_problem",
    "versions",
]


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
    of_title = [*(f"title_{language}" for language in preferred), NAME_FIELD]
    titles = [found[name][0] for name in of_title if name in found]
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
        "facets": ranked_facets(values, query),
        "kinds": dict(values.get("kind", ())),
    }
