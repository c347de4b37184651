"""What is said to Elasticsearch, as plain dictionaries made by pure functions."""

from django.utils import timezone

from search.engines.elasticsearch_text import Asking
from search.engines.fields import (
    DAY_FIELD,
    NUMBER_FIELDS,
    VALUE_FIELDS,
    WHOLE_CHAIN,
    facet_fields,
    is_ranked,
    numbers_of,
    puts_whole_chain_last,
    rising_field,
    text_fields,
    texts_of,
    values_of,
    words_of,
)
from search.facets import OPEN_LISTS, chosen, whole_number
from search.languages import FIELD_LANGUAGES, MARKED, OTHER, STEMMERS
from search.query import DATE, NEWEST
from search.ranking import LAST_SHARE

MOST_VALUES = 10_000
KEYS_AT_ONCE = 5_000
# In days: two centuries.
FARTHEST_DAY = 73_000


def index_body():
    """Settings and mappings of an index: explicit, so that a field nobody planned is an error."""
    return {
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "refresh_interval": "1s",
            "analysis": {
                # Words end where the embedded engine ends them.
                "tokenizer": {"words": {"type": "pattern", "pattern": "[^\\p{L}\\p{N}]+"}},
                "char_filter": {
                    "marks": {"type": "mapping", "mappings": [f"{a} => {b}" for a, b in MARKED.items()]}
                },
                "filter": {
                    f"stem_{language}": {"type": "snowball", "language": stemmer}
                    for language, stemmer in STEMMERS.items()
                },
                "analyzer": {language: analyzer(language) for language in FIELD_LANGUAGES},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "deleted": {"type": "boolean"},
                **{name: {"type": "keyword"} for name in ("key", "prefixes", *VALUE_FIELDS)},
                **{name: {"type": "long"} for name in ("version", DAY_FIELD, *NUMBER_FIELDS.values())},
                # Kept to be shown as they are written.
                "texts": {"type": "object", "enabled": False},
                "words": {"type": "text", "analyzer": OTHER, "index_options": "docs", "norms": False},
                **{name: {"type": "text", "analyzer": language} for name, language, _ in text_fields()},
            },
        },
    }


def analyzer(language):
    stem = [f"stem_{language}"] if language in STEMMERS else []
    return {
        "type": "custom",
        "tokenizer": "words",
        "char_filter": ["marks"],
        "filter": ["lowercase", "asciifolding", *stem],
    }


def engine_document(row):
    """A row of the projection as the index holds it. What is gone stays as a mark until the next rebuild."""
    if row.deleted:
        return {"key": row.key, "kind": row.kind, "deleted": True}
    shown = {language: parts for language, parts in row.texts.items() if language}
    document = {"key": row.key, "deleted": False, "version": row.version, "texts": shown}
    for name, value in (*texts_of(row), *values_of(row)):
        document.setdefault(name, []).append(value)
    document["words"] = list(words_of(row))
    document.update(numbers_of(row))
    return document


def search_body(query):
    """One request: the items of the page, the exact total, the counts of every facet, its texts."""
    names = facet_fields(query) | {"kind": "kind"}
    filters = dict(filter_queries(query))
    # What a facet's own counts leave out is filtered after counting, everything else before.
    after = {name: found for name, found in filters.items() if name in names}
    before = [found for name, found in filters.items() if name not in names]
    body = {
        "query": asked(query, before),
        "aggs": counts(after, names),
        "from": query.offset,
        "size": query.page_size,
        "sort": order(query),
        "track_total_hits": True,
        "track_scores": True,
        # What was looked for is marked in the texts when they are here.
        "_source": ["key", "texts"] if is_ranked(query) else ["key"],
    }
    if not query.has_counts:
        del body["aggs"]
    if after:
        body["post_filter"] = {"bool": {"filter": list(after.values())}}
    return body


def keys_body(query, among=None, after=None):
    """One request for the next keys after `after`, in the order of the results, without counts."""
    filters = list(dict(filter_queries(query)).values())
    if among is not None:
        filters.append({"terms": {"key": list(among)}})
    body = {
        "query": asked(query, filters),
        "size": KEYS_AT_ONCE,
        "sort": order(query),
        "track_total_hits": False,
        "_source": ["key"],
    }
    return body | ({"search_after": after} if after else {})


def asked(query, filters):
    """What an item must be and say to be found, and what it scores."""
    found = {
        "bool": {
            **Asking(query.written_in).text(query.sought, query.needed),
            "filter": [{"term": {"deleted": False}}, *filters],
        }
    }
    if query.sort == DATE:
        return by_day(found)
    return whole_chain_last(found, query) if puts_whole_chain_last(query) else found


def by_day(found):
    """The same items, scored by their day: what is to come from 2 downwards, what is over from 1, each the
    nearer to today the more, and 0 without a day."""
    field, today = NUMBER_FIELDS["date"], timezone.localdate().toordinal()
    near = {"linear": {field: {"origin": today, "scale": FARTHEST_DAY / 2, "decay": 0.5}}}
    return {
        "function_score": {
            "query": found,
            "functions": [
                {"filter": {"range": {field: {"gte": today}}}, "weight": 2, **near},
                {"filter": {"range": {field: {"lt": today}}}, "weight": 1, **near},
                {"filter": {"match_all": {}}, "weight": 0},
            ],
            "score_mode": "first",
            "boost_mode": "replace",
        }
    }


def whole_chain_last(found, query):
    """The same items; what is about all stages alike scores less than anything else. Without words to score
    by, that is the whole score."""
    alike = {"bool": {"filter": [{"term": {field: stage}} for field, stage in WHOLE_CHAIN]}}
    last = {"filter": alike, "weight": LAST_SHARE}
    if is_ranked(query):
        return {"function_score": {"query": found, "functions": [last], "boost_mode": "multiply"}}
    return {
        "function_score": {
            "query": found,
            "functions": [last, {"filter": {"match_all": {}}, "weight": 1}],
            "score_mode": "first",
            "boost_mode": "replace",
        }
    }


def order(query):
    if field := rising_field(query):
        return [{field: "asc"}]
    if query.sort == DATE:
        return [{"_score": "desc"}, {"by_newest": "asc"}]
    if query.sort == NEWEST:
        return [{"by_newest": "desc"}]
    if not is_ranked(query):
        last = [{"_score": "desc"}] if puts_whole_chain_last(query) else []
        return [*last, {"by_newest": "desc"}]
    return [{"_score": "desc"}, {"by_title": "asc"}]


def filter_queries(query):
    if query.kind:
        yield "kind", {"term": {"kind": query.kind}}
    fields = facet_fields(query)
    for name, values, is_all in chosen(query):
        if is_all:
            each = [{"term": {fields[name]: value}} for value in values]
            yield f"all of {name}", {"bool": {"filter": each}}
        else:
            yield name, {"terms": {fields[name]: values}}
    for name, (start, end) in query.bands.items():
        ends = {"gte": whole_number(name, start), "lt": whole_number(name, end)}
        ends = {side: number for side, number in ends.items() if number is not None}
        yield f"band of {name}", {"range": {NUMBER_FIELDS[name]: ends}}
    if query.modified_since:
        yield "modified since", {"range": {"version": {"gte": query.least_version}}}


def counts(filters, names):
    """Counts by facet and by kind, each without its own selection if any of that may match."""
    free = [name for name in names if name not in filters]
    groups = {"others": free} | {f"own_{name}": [name] for name in filters}
    return {
        group: {
            "filter": {"bool": {"filter": [found for name, found in filters.items() if name not in members]}},
            "aggs": {name: {"terms": counted_terms(name, names[name])} for name in members},
        }
        for group, members in groups.items()
        if members
    }


def counted_terms(name, field):
    least = {"min_doc_count": 0} if name in OPEN_LISTS else {}
    return {"field": field, "size": MOST_VALUES} | least
