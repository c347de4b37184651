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
from search.engines.terms import term
from search.facets import ranked_facets
from search.highlights import highlights

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
            **(counted(answer["aggregations"], query) if query.has_counts else {}),
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
        highlights=highlights(hit["_source"].get("texts", {}), query, term) if query.sought else {},
    )


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
