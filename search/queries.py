"""The one door to search: the page, feeds, the API, alerts and tests all ask here.

    from search.queries import search
    from search.query import Query

    results = search(Query(text='tailings "red mud" -gold', kind="practice",
                           facets={"stage": ("recycling",), "region": ("SE", "FI")}, sort="newest", page=2))
    results.total, results.pages, results.kinds["practice"], results.kinds[""]
    results.facets["stage"]            # [("recycling", 14), ("processing", 3)]
    for hit in results.hits:
        hit.kind, hit.display["url"], hit.title_parts, hit.text_parts

One search costs two database queries, whatever it finds: one for the cards, one to know whether names and
synonyms are still what they were. It never raises for what a visitor typed, and it
answers from the embedded index when Elasticsearch does not.
"""

import logging
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from network import kept
from search import engines, indexing
from search.choices import KINDS, Kind
from search.engines.answer import EngineFailed, Found, FoundItem
from search.engines.index_folder import Busy
from search.languages import fold
from search.lexicon import current
from search.models import SearchDocument
from search.query import DEEPEST_HIT, Hit, Results
from search.ranking import FEW
from search.understanding import looser, understand

TITLES = "titles"
# How long a page is kept that the engine of choice did not answer.
SECOND_BEST = timedelta(seconds=10)
# What people write; regions and materials are names.
PAGES = (Kind.PRACTICE, Kind.INSTRUMENT, Kind.EVENT)

logger = logging.getLogger(__name__)


def search(query, lexicon=None):
    """Everything public that matches `query`, one page of it, with the counts of all facets.

    Whoever has the lexicon of this moment at hand gives it, and spares a query.
    """
    query, (found, engine, took) = answered(query, lexicon)
    pages = max(1, -(-min(found.total, DEEPEST_HIT) // query.page_size))
    if query.page > pages:
        query = replace(query, page=pages)
        found, engine, took = ask_any(query)
    return Results(
        total=found.total,
        hits=hits(found.items),
        facets=found.facets,
        kinds={"": sum(found.kinds.values())} | {kind: found.kinds.get(kind, 0) for kind in KINDS},
        page=query.page,
        pages=pages,
        page_size=query.page_size,
        engine=engine,
        took_ms=round(took, 1),
        understood=query.understood,
    )


def answered(query, lexicon=None, ask=None):
    """The query as it is understood, and an engine's answer to it: (found, engine, milliseconds).

    Where hardly anything has enough of the words, whatever has any of them follows. The filters have no say
    in that, so that the number beside each of their values holds. `ask` is whom to ask, if not whoever is
    well.
    """
    ask = ask or ask_any
    if not query.text:
        return query, ask(query)
    lexicon = lexicon or current()
    query = understood(query, lexicon)
    answer = ask(query)
    if query.understood and query.may_loosen and are_few(answer):
        query, answer = loosened(query, answer, lexicon, ask)
    return query, answer


def loosened(query, answer, lexicon, ask):
    """The same with the question as loose as it has to be for more than a few."""
    is_filtered = query.is_narrowed
    nothing = {"facets": {}, "bands": {}, "modified_since": None}
    bare = replace(query, **nothing, page=1, page_size=1) if is_filtered else query
    found = ask(bare) if is_filtered else answer
    enough = found[0].total
    for understood_loosely in looser(query.understood, lexicon):
        if not are_few(found):
            break
        bare = replace(bare, understood=understood_loosely)
        found = ask(bare)
    if bare.understood == query.understood:
        return query, answer
    query = replace(query, understood=bare.understood._replace(is_loose=found[0].total > enough))
    return query, ask(query) if is_filtered else found


def first_keys(query):
    """The keys of one page of what matches. An index may lag behind: what they stand for may be gone."""
    return [item.key for item in answered(query)[1][0].items]


def total(query, lexicon=None):
    """How many items match, without fetching any."""
    return answered(replace(query, page=1, page_size=1), lexicon)[1][0].total


def totals(query, lexicon=None):
    """{kind: how many items match}, without fetching any; the kind of the query has no say in it."""
    return answered(replace(query, page=1, page_size=1), lexicon)[1][0].kinds


def are_few(answer):
    return sum(count for kind, count in answer[0].kinds.items() if kind in PAGES) < FEW


def understood(query, lexicon=None):
    """The query with what its text means."""
    return understand(query, lexicon or current()) if query.text and not query.understood else query


def ask_any(query):
    """An engine's answer: (found, engine, milliseconds). A page is not kept for long on the word of another
    engine than that of choice."""
    found, engine, took = ask_whoever_answers(query)
    if engine != engines.names()[-1]:
        # Another engine will soon say it better; nothing in the database tells when.
        kept.until(timezone.now() + SECOND_BEST)
    return found, engine, took


def ask_whoever_answers(query):
    """The same from whichever engine answers. A missing index is built from the projection, a large one in
    the background; until it is there, titles answer."""
    try:
        return engines.ask(query)
    except EngineFailed as error:
        logger.warning("The embedded index does not answer: %s", error)
    try:
        indexing.rebuild_in_a_request(engines.EMBEDDED)
        return engines.ask(query)
    except (EngineFailed, Busy, OSError) as error:
        logger.warning("No search engine can be used, only titles are searched: %s", error)
        return in_titles(query), TITLES, 0.0


def keys(query, among=None):
    """The keys of everything that matches, in the order of the results and however many there are.

    With `among` only those of these keys, at most a thousand of them.
    """
    if query.text:
        query = answered(replace(query, page=1, page_size=1))[0]
    try:
        return engines.keys(query, among)
    except EngineFailed as error:
        logger.warning("The embedded index does not answer: %s", error)
    try:
        indexing.rebuild_in_a_request(engines.EMBEDDED)
        return engines.keys(query, among)
    except (EngineFailed, Busy, OSError) as error:
        logger.warning("No search engine can be used, only titles are searched: %s", error)
        rows = titled(query).values_list("key", flat=True)
        return list(rows if among is None else rows.filter(key__in=among))


def in_titles(query):
    """The items whose titles have the words, found by the database alone: the last resort, without counts."""
    rows = titled(query)
    keys = rows.values_list("key", flat=True)[query.offset : query.offset + query.page_size]
    return Found(total=rows.count(), items=[FoundItem(key) for key in keys])


def titled(query):
    """The rows whose titles have the words."""
    rows = SearchDocument.objects.public().order_by("title_key", "key")
    for clause in query.clauses:
        words = fold(" ".join(clause.words))
        rows = (
            rows.exclude(title_key__contains=words)
            if clause.is_excluded
            else rows.filter(title_key__contains=words)
        )
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.modified_since:
        rows = rows.filter(version__gte=query.least_version)
    return rows


def hits(items):
    """The items with their cards. An index may lag behind: what is no longer public is not shown."""
    cards = {
        key: (kind, display)
        for key, kind, display in SearchDocument.objects.public()
        .filter(key__in=[item.key for item in items])
        .values_list("key", "kind", "display")
    }
    return [
        Hit(item.key, *cards[item.key], highlights=item.highlights, score=item.score)
        for item in items
        if item.key in cards
    ]
