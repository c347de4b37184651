"""What Elasticsearch has whose title begins as somebody types."""

from search.engines.answer import EngineFailed
from search.engines.elasticsearch_index import alias
from search.engines.elasticsearch_server import asked, client


def begun(beginnings, kinds, limit, timeout):
    """The keys of the newest items that have words with all of these beginnings."""
    body = begun_body(beginnings, kinds, limit)
    answer = asked(client().options(request_timeout=timeout).search, index=alias(), **body)
    try:
        return [hit["_source"]["key"] for hit in answer["hits"]["hits"]]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EngineFailed(f"Elasticsearch answered something else than hits: {error!r}") from error


def begun_body(beginnings, kinds, limit):
    filters = [{"term": {"prefixes": beginning}} for beginning in beginnings]
    filters += [{"terms": {"kind": list(kinds)}}, {"term": {"deleted": False}}]
    return {
        "query": {"bool": {"filter": filters}},
        "sort": [{"by_newest": "desc"}],
        "size": limit,
        "source": ["key"],
        "track_total_hits": False,
    }
