"""The embedded index: tantivy, in this process, in a folder that all processes of this host share.

Writers are short-lived and take turns by a file lock; every search looks at the index as it is now.
"""

import json
import os
import threading
from pathlib import Path

import tantivy
from django.conf import settings
from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from search.engines.answer import EngineFailed, IndexMissing
from search.engines.fields import NUMBER_FIELDS, VALUE_FIELDS, numbers_of, text_fields, texts_of, values_of
from search.engines.index_folder import IndexFolder
from search.languages import FIELD_LANGUAGES, STEMMERS, fold_letters

SCHEMA = "2"
ONE_CHANGE_HEAP, REBUILD_HEAP = 15_000_000, 60_000_000
LOCK_SECONDS = 5


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
    for name in NUMBER_FIELDS.values():
        builder.add_integer_field(name, indexed=True, fast=True)
    for name, language, _ in text_fields():
        builder.add_text_field(name, tokenizer_name=language)
    return builder.build()


FIELDS = schema()


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
    for name, number in numbers_of(row):
        document.add_integer(name, number)
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
