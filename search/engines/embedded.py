"""The embedded engine: what a query becomes for tantivy and what its answer says. The index itself is next
door."""

import json
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from tantivy import FieldType, Occur, Order
from tantivy import Query as Ask

from search.engines.answer import Found, FoundItem
from search.engines.embedded_index import (
    FIELDS,
    count,
    current_searcher,
    home,
    is_ready,
    locked,
    noticing_damage,
    problem,
    rebuild,
    rebuilding,
    send,
    versions,
)
from search.engines.embedded_text import Asking
from search.engines.fields import (
    NUMBER_FIELDS,
    WHOLE_CHAIN,
    facet_fields,
    is_ranked,
    puts_whole_chain_last,
    rising_field,
)
from search.engines.terms import term
from search.facets import OPEN_LISTS, chosen, ranked_facets, whole_number
from search.highlights import highlights
from search.query import DATE, NEWEST
from search.ranking import LAST_SHARE

__all__ = [
    "count",
    "home",
    "is_ready",
    "keys",
    "locked",
    "problem",
    "rebuild",
    "rebuilding",
    "search",
    "send",
    "versions",
]

MOST_VALUES = 60_000


@noticing_damage()
def search(query):
    """Answer `query` from the index in use."""
    searcher = current_searcher()
    words = Asking(searcher).text(query.sought, query.needed)
    filters = dict(filter_queries(query))
    everything = all_of([words, *filters.values()])
    options = {"limit": query.page_size, "offset": query.offset}
    result = in_order(searcher, everything, query, **options)
    facets, kinds = counts(searcher, query, words, filters) if query.has_counts else ({}, {})
    return Found(
        total=result.count,
        items=[found_item(searcher.doc(address), score, query) for score, address in result.hits],
        facets=facets,
        kinds=kinds,
    )


def in_order(searcher, everything, query, limit, offset=0):
    """So many of everything that matches, in the order of the results."""
    if query.sort == DATE:
        return in_parts(searcher, everything, by_day(), limit, offset)
    if puts_whole_chain_last(query):
        return in_parts(searcher, everything, whole_chain_last(query), limit, offset)
    return searcher.search(everything, limit=limit, offset=offset, **order(query))


class Hits(NamedTuple):
    """What a search of tantivy gives, put together from several."""

    count: int
    hits: list


class Part(NamedTuple):
    """Some of everything that matches, in an order of its own."""

    occur: Occur
    which: Ask
    order: dict
    share: float = 1.0


def by_day():
    """What is still to come, the next day first, then what is over, the latest first, then the rest."""
    today = timezone.localdate()
    rising, falling = ({"order_by_field": "by_newest", "order": way} for way in (Order.Asc, Order.Desc))
    yield Part(Occur.Must, band_query("date", today, None), rising)
    yield Part(Occur.Must, band_query("date", None, today), falling)
    yield Part(Occur.MustNot, band_query("date", date.min, None), rising)


def whole_chain_last(query):
    """What is about the chosen stages, then what is about all stages alike."""
    touches_all = all_of([Ask.term_query(FIELDS, field, stage, "basic") for field, stage in WHOLE_CHAIN])
    alike = Ask.const_score_query(touches_all, 0.0)
    yield Part(Occur.MustNot, alike, order(query))
    yield Part(Occur.Must, alike, order(query), LAST_SHARE)


def in_parts(searcher, everything, parts, limit, offset):
    """So many of the parts, one after the other."""
    total, hits = 0, []
    for part in parts:
        asked = Ask.boolean_query([(Occur.Must, everything), (part.occur, part.which)])
        start = max(offset - total, 0)
        # A limit of one, where the page is full already, still counts the rest.
        missing = max(limit - len(hits), 0)
        found = searcher.search(asked, limit=max(missing, 1), offset=start, **part.order)
        hits += [(lessened(score, part.share), address) for score, address in found.hits[:missing]]
        total += found.count
    return Hits(total, hits)


def lessened(score, share):
    """The score, or the value that the order goes by as it is."""
    return score * share if isinstance(score, float) else score


def order(query):
    """The order of the results as tantivy takes it: nothing said means the best match first."""
    if field := rising_field(query):
        return {"order_by_field": field, "order": Order.Asc}
    if query.sort == NEWEST or not is_ranked(query):
        return {"order_by_field": "by_newest", "order": Order.Desc}
    return {}


@noticing_damage()
def keys(query, among=None):
    """The keys of everything that matches, in the order of the results; or only of those in `among`."""
    searcher = current_searcher()
    words = Asking(searcher).text(query.sought, query.needed)
    parts = [words, *dict(filter_queries(query)).values()]
    if among is not None:
        parts.append(Ask.const_score_query(Ask.term_set_query(FIELDS, "key", list(among)), 0.0))
    found = in_order(searcher, all_of(parts), query, max(searcher.num_docs, 1))
    return [searcher.doc(address)["key"][0] for _, address in found.hits]


def found_item(stored, score, query):
    return FoundItem(
        key=stored["key"][0],
        score=score if isinstance(score, float) else 0.0,
        highlights=highlights(json.loads(stored["texts"][0]), query, term)
        if query.text and query.sought
        else {},
    )


# Asking


def all_of(queries):
    queries = [query for query in queries if query is not None]
    return Ask.boolean_query([(Occur.Must, query) for query in queries]) if queries else Ask.all_query()


def filter_queries(query):
    if query.kind:
        yield "kind", Ask.const_score_query(Ask.term_query(FIELDS, "kind", query.kind, "basic"), 0.0)
    fields = facet_fields(query)
    for name, values, is_all in chosen(query):
        if is_all:
            each = [Ask.term_query(FIELDS, fields[name], value, "basic") for value in values]
            yield f"all of {name}", Ask.const_score_query(all_of(each), 0.0)
        else:
            yield name, Ask.const_score_query(Ask.term_set_query(FIELDS, fields[name], values), 0.0)
    for name, (start, end) in query.bands.items():
        yield f"band of {name}", Ask.const_score_query(band_query(name, start, end), 0.0)
    if query.modified_since:
        # An open side has to be called inclusive.
        ends = query.least_version, None, True, True
        newer = Ask.range_query(FIELDS, "version", FieldType.Unsigned, *ends)
        yield "modified since", Ask.const_score_query(newer, 0.0)


def band_query(name, start, end):
    """From `start` on and before `end`."""
    ends = whole_number(name, start), whole_number(name, end)
    # An open side has to be called inclusive.
    return Ask.range_query(FIELDS, NUMBER_FIELDS[name], FieldType.Integer, *ends, True, end is None)


def counts(searcher, query, words, filters):
    """Counts by facet and by kind, each without its own selection if any of that may match."""
    names = facet_fields(query) | {"kind": "kind"}
    own = [[name] for name in filters if name in names]
    groups = [[name for name in names if name not in filters], *own]
    values = {}
    for group in groups:
        if group:
            asked = all_of([words, *(found for name, found in filters.items() if name not in group)])
            body = {n: {"terms": counted_terms(n, names[n])} for n in group}
            for name, counted in searcher.aggregate(asked, body).items():
                values[name] = [(bucket["key"], bucket["doc_count"]) for bucket in counted["buckets"]]
    kinds = dict(values.pop("kind", ()))
    return ranked_facets(values, query), kinds


def counted_terms(name, field):
    least = {"min_doc_count": 0} if name in OPEN_LISTS else {}
    return {"field": field, "size": MOST_VALUES, "segment_size": MOST_VALUES} | least
