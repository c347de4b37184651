"""The embedded engine: what a query becomes for tantivy and what its answer says. The index itself is next
door."""

import json
from functools import lru_cache

from tantivy import FieldType, Occur, Order
from tantivy import Query as Ask

from search import ranking
from search.engines.answer import Found, FoundItem
from search.engines.embedded_index import (
    ANALYZERS,
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
from search.engines.fields import NUMBER_FIELDS, facet_fields, text_fields
from search.facets import OPEN_LISTS, chosen, ranked_facets, whole_number
from search.highlights import highlights
from search.languages import fold, fold_letters
from search.query import NEWEST, TITLE

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


@lru_cache(maxsize=200_000)
def term(word, language):
    """The term under which a single word stands in a field of the language."""
    terms = ANALYZERS[language].analyze(fold_letters(word))
    return terms[0] if terms else ""


@noticing_damage()
def search(query):
    """Answer `query` from the index in use."""
    searcher = current_searcher()
    words = text_query(query.clauses)
    filters = dict(filter_queries(query))
    everything = all_of([words, *filters.values()])
    options = {"limit": query.page_size, "offset": query.offset}
    result = searcher.search(everything, **options, **order(query, words))
    facets, kinds = counts(searcher, query, words, filters)
    return Found(
        total=result.count,
        items=[found_item(searcher.doc(address), score, query) for score, address in result.hits],
        facets=facets,
        kinds=kinds,
    )


def order(query, words):
    """The order of the results as tantivy takes it: nothing said means the best match first."""
    if query.sort == TITLE:
        return {"order_by_field": "by_title", "order": Order.Asc}
    if query.sort == NEWEST or words is None:
        return {"order_by_field": "by_newest", "order": Order.Desc}
    return {}


@noticing_damage()
def keys(query, among=None):
    """The keys of everything that matches, in the order of the results; or only of those in `among`."""
    searcher = current_searcher()
    words = text_query(query.clauses)
    parts = [words, *dict(filter_queries(query)).values()]
    if among is not None:
        parts.append(Ask.const_score_query(Ask.term_set_query(FIELDS, "key", list(among)), 0.0))
    found = searcher.search(all_of(parts), limit=max(searcher.num_docs, 1), **order(query, words))
    return [searcher.doc(address)["key"][0] for _, address in found.hits]


def found_item(stored, score, query):
    return FoundItem(
        key=stored["key"][0],
        score=score if isinstance(score, float) else 0.0,
        highlights=highlights(json.loads(stored["texts"][0]), query, term) if query.clauses else {},
    )


# Asking


def all_of(queries):
    queries = [query for query in queries if query is not None]
    return Ask.boolean_query([(Occur.Must, query) for query in queries]) if queries else Ask.all_query()


def text_query(clauses):
    """What the words ask for, or None when they ask for nothing."""
    wanted = [clause.words for clause in clauses if not clause.is_phrase and not clause.is_excluded]
    typed = [word for words in wanted for word in words]
    parts = []
    if wanted:
        found = [(Occur.Should, words_query(words, with_prefix=True)) for words in wanted]
        parts.append((Occur.Must, Ask.boolean_query(found, ranking.words_needed(len(wanted)))))
    if len(wanted) > 1:
        together = sequence_query(typed, ranking.TOGETHER_SLOP)
        parts.append((Occur.Should, Ask.boost_query(together, ranking.TOGETHER_BONUS)))
    for clause in clauses:
        if clause.is_excluded:
            parts.append((Occur.MustNot, words_query(clause.words)))
        elif clause.is_phrase:
            parts.append((Occur.Must, words_query(clause.words)))
    if parts and all(occur == Occur.MustNot for occur, _ in parts):
        parts.append((Occur.Must, Ask.const_score_query(Ask.all_query(), 0.0)))
    return Ask.boolean_query(parts) if parts else None


def words_query(words, with_prefix=False):
    return word_query(words[0], with_prefix) if len(words) == 1 else sequence_query(words)


def word_query(word, with_prefix=False):
    """The word in any field of any language, its best field counting most."""
    queries = [
        weighted(Ask.term_query(FIELDS, name, term(word, language)), weight)
        for name, language, weight in text_fields()
        if term(word, language)
    ]
    beginning = fold(word)[: ranking.LONGEST_PREFIX]
    if with_prefix and len(beginning) >= ranking.SHORTEST_PREFIX:
        found = Ask.term_query(FIELDS, "prefixes", beginning, "basic")
        queries.append(Ask.const_score_query(found, ranking.PREFIX_SCORE))
    return Ask.disjunction_max_query(queries, ranking.OTHER_FIELDS_SHARE)


def sequence_query(words, slop=0):
    """The words side by side in one field, or at most `slop` places apart from that."""
    queries = []
    for name, language, weight in text_fields():
        terms = [term(word, language) for word in words]
        if all(terms):
            queries.append(weighted(Ask.phrase_query(FIELDS, name, terms, slop), weight))
    return Ask.disjunction_max_query(queries, ranking.OTHER_FIELDS_SHARE)


def weighted(query, weight):
    return query if weight == 1 else Ask.boost_query(query, weight)


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
