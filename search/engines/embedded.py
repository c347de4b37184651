"""The embedded engine: tantivy, in this process, its index in a folder that all processes of this host share.

Writers are short-lived and take turns by a file lock; every search looks at the index as it is now.
"""

import json
import os
import threading
from functools import lru_cache
from pathlib import Path

import tantivy
from django.conf import settings
from tantivy import Filter, Occur, Order, TextAnalyzerBuilder, Tokenizer
from tantivy import Query as Ask

from search import ranking
from search.engines.answer import EngineFailed, Found, FoundItem, IndexMissing
from search.engines.fields import FACET_FIELDS, VALUE_FIELDS, text_fields, texts_of, values_of
from search.engines.index_folder import IndexFolder
from search.facets import FACETS, chosen, ranked
from search.highlights import highlights
from search.languages import FIELD_LANGUAGES, STEMMERS, fold, fold_letters
from search.query import NEWEST, TITLE

SCHEMA = "1"
ONE_CHANGE_HEAP, REBUILD_HEAP = 15_000_000, 60_000_000
LOCK_SECONDS = 5
MOST_VALUES = 60_000


def analyzer(language):
    """Fold and stem a text as its language has it; what has no stemmer is only folded."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    if language in STEMMERS:
        builder = builder.filter(Filter.stemmer(STEMMERS[language].lower()))
    return builder.build()


ANALYZERS = {language: analyzer(language) for language in FIELD_LANGUAGES}


def schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("texts", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("prefixes", tokenizer_name="raw", index_option="basic")
    for name in VALUE_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name, language, _ in text_fields():
        builder.add_text_field(name, tokenizer_name=language)
    return builder.build()


FIELDS = schema()


@lru_cache(maxsize=200_000)
def term(word, language):
    """The term under which a single word stands in a field of the language."""
    terms = ANALYZERS[language].analyze(fold_letters(word))
    return terms[0] if terms else ""


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
    for name, values in chosen(query.facets):
        yield name, Ask.const_score_query(Ask.term_set_query(FIELDS, FACET_FIELDS[name], values), 0.0)


def counts(searcher, query, words, filters):
    """Counts by facet and by kind, each without its own selection."""
    names = FACET_FIELDS | {"kind": "kind"}
    groups = [[name for name in names if name not in filters], *([name] for name in filters)]
    values = {}
    for group in groups:
        if group:
            asked = all_of([words, *(found for name, found in filters.items() if name not in group)])
            body = {
                n: {"terms": {"field": names[n], "size": MOST_VALUES, "segment_size": MOST_VALUES}}
                for n in group
            }
            for name, counted in searcher.aggregate(asked, body).items():
                values[name] = [(bucket["key"], bucket["doc_count"]) for bucket in counted["buckets"]]
    kinds = dict(values.pop("kind", ()))
    return {name: ranked(values.get(name, ()), query.facets.get(name, ())) for name in FACETS}, kinds


# Reading and writing


class Opened:
    """The index this process has open; opened anew after a fork and when the pointer moves."""

    lock = threading.Lock()
    owner = index = None


def home():
    return IndexFolder(Path(settings.VAR_DIR) / "search", SCHEMA)


def current_searcher():
    """A reader of the index as it is at this moment, or IndexMissing."""
    folder = home().current()
    if folder is None:
        raise IndexMissing("There is no embedded index yet.")
    with Opened.lock:
        try:
            if Opened.owner != (os.getpid(), folder):
                Opened.index, Opened.owner = opened(folder), (os.getpid(), folder)
            # The automatic reload lags, and never happens in a process that was forked.
            Opened.index.reload()
            return Opened.index.searcher()
        except (ValueError, OSError) as error:
            Opened.index = Opened.owner = None
            raise IndexMissing(f"The embedded index cannot be read: {error}") from error


def opened(folder):
    return with_analyzers(tantivy.Index.open(str(folder)))


def with_analyzers(index):
    for language, analyze in ANALYZERS.items():
        index.register_tokenizer(language, analyze)
    return index


def send(rows):
    """Bring the index to what `rows` say; gives back the (key, version) it has taken. Raises EngineFailed."""
    folder = home().current()
    if folder is None:
        raise IndexMissing("There is no embedded index yet.")
    try:
        write(opened(folder), rows, ONE_CHANGE_HEAP)
    except (ValueError, OSError) as error:
        raise IndexMissing(f"The embedded index cannot be written: {error}") from error
    return [(row.key, row.version) for row in rows]


def write(index, rows, heap):
    writer = index.writer(heap, 1)
    try:
        for row in rows:
            writer.delete_documents_by_term("key", row.key)
            if not row.deleted:
                writer.add_document(engine_document(row))
        writer.commit()
    finally:
        # Waiting takes the writer, and with it tantivy's own lock, out of the way of the next one.
        writer.wait_merging_threads()


def rebuild(rows):
    """Make a new index of `rows` beside the one in use and change over at once. Hold the lock around it."""
    try:
        folder = home().fresh()
        index = with_analyzers(tantivy.Index(FIELDS, path=str(folder)))
        writer = index.writer(REBUILD_HEAP, 1)
        sent = []
        for row in rows:
            if not row.deleted:
                writer.add_document(engine_document(row))
            sent.append((row.key, row.version))
        writer.commit()
        writer.wait_merging_threads()
        home().point_to(folder)
    except (ValueError, OSError) as error:
        raise EngineFailed(f"The embedded index cannot be made: {error}") from error
    return sent


def engine_document(row):
    document = tantivy.Document()
    document.add_text("key", row.key)
    document.add_text("texts", json.dumps(row.texts, ensure_ascii=False))
    for name, text in texts_of(row):
        document.add_text(name, fold_letters(text))
    for name, value in values_of(row):
        document.add_text(name, value)
    return document


def locked(timeout=LOCK_SECONDS):
    """The writers' lock; Busy when another process holds it longer than that."""
    return home().locked(timeout)


def is_ready():
    """Whether there is an index that can be read."""
    try:
        current_searcher()
    except IndexMissing:
        return False
    return True


def can_write():
    """Whether an index could be made in the folder."""
    path = home().path
    nearest = next(folder for folder in (path, *path.parents) if folder.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)


def count():
    """How many items the index holds."""
    return current_searcher().num_docs
