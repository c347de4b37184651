"""The embedded index: tantivy, in this process, in a folder that all processes of this host share.

Writers are short-lived and take turns by a file lock; every search looks at the index as it is now.
"""

import errno
import logging
import os
import shutil
import threading
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

import tantivy
from django.conf import settings

from search.engines import segments
from search.engines.answer import EngineFailed, IndexMissing
from search.engines.embedded_document import FIELDS, engine_document, what_is_compared
from search.engines.index_folder import IndexFolder
from search.engines.sample import Sample, nothing_later
from search.engines.terms import ANALYZERS

SCHEMA = "7"
ONE_CHANGE_HEAP, REBUILD_HEAP = 15_000_000, 60_000_000
LOCK_SECONDS = 5
REBUILD_LOCK_SECONDS = 120
WRITTEN_AT_ONCE = 500
# The file in an index's folder that names what was written to it since it was made.
WRITTEN = "written"
# The key of what only fills segments up.
FILLER = "filler"
# How tantivy begins to tell of files that are broken or gone.
DAMAGE = ("Data corrupted", "Failed to open", "An IO error", "Schema error", "Incompatible", "Internal error")
# Memory, open files or space ran out: that says nothing of the index.
PASSING_ERRORS = (errno.ENOMEM, errno.ENFILE, errno.EMFILE, errno.ENOSPC)

logger = logging.getLogger(__name__)


class Opened:
    """The index this process has open; opened anew after a fork and when the pointer moves."""

    lock = threading.Lock()
    owner = index = files = searcher = None


def home():
    return IndexFolder(Path(settings.VAR_DIR) / "search", SCHEMA)


def current_searcher():
    """A reader of the index as it is at this moment, or IndexMissing."""
    folder = home().current()
    if folder is None:
        raise IndexMissing("There is no embedded index yet.")
    with Opened.lock, noticing_damage():
        if Opened.owner != (os.getpid(), folder):
            Opened.index, Opened.owner, Opened.files = opened(folder), (os.getpid(), folder), None
        # The automatic reload lags, and never happens in a process that was forked. Looking whether any file
        # changed costs less than reading them again.
        if Opened.files != (files := files_of(folder)):
            Opened.index.reload()
            Opened.searcher, Opened.files = Opened.index.searcher(), files
        return Opened.searcher


def files_of(folder):
    """Name, size and time of every file of an index: whatever happens to it, they are others."""
    found = set()
    with os.scandir(folder) as entries:
        for entry in entries:
            # A writer removes what nobody needs any longer.
            with suppress(FileNotFoundError):
                status = entry.stat()
                found.add((entry.name, status.st_size, status.st_mtime_ns))
    return found


@contextmanager
def noticing_damage():
    """Have an index that cannot be read taken for missing, so that it is made anew."""
    folder = home().current()
    try:
        yield
    except BaseException as error:
        if not is_damage(error):
            raise
        Opened.index = Opened.owner = Opened.searcher = None
        if any(f"os error {number}" in str(error) for number in PASSING_ERRORS):
            raise EngineFailed(f"The embedded index cannot be read now: {error}") from error
        if folder is not None:
            home().give_up(folder)
        raise IndexMissing(f"The embedded index cannot be read: {error}") from error


def is_damage(error):
    """Whether this says that files of the index are broken or gone, not that a question was wrong."""
    # A library that stops in the middle of a broken file is no ordinary exception in Python.
    panicked = type(error).__name__ == "PanicException"
    unreadable = isinstance(error, ValueError) and str(error).startswith(DAMAGE)
    return panicked or unreadable or isinstance(error, OSError)


def opened(folder):
    return with_analyzers(tantivy.Index.open(str(folder)))


def with_analyzers(index):
    for language, analyze in ANALYZERS.items():
        index.register_tokenizer(language, analyze)
    return index


# Changes


def send(rows, again=()):
    """Bring the index to what `rows` say; gives back the (key, version) it has taken. Raises EngineFailed.

    again  rows that the index has had already, written once more to have them in one place
    """
    current_searcher()
    folder, rows = home().current(), list(rows)
    try:
        refused = write(opened(folder), folder, rows, again)
    except (ValueError, OSError, TypeError) as error:
        raise EngineFailed(
            home().write_problem() or f"The embedded index takes no changes: {error}"
        ) from error
    return [(row.key, row.version) for row in rows if row.key not in refused]


def write(index, folder, rows, again=()):
    """Replace these rows in the index; a few at a time, each time for everybody to see. Gives back the keys
    of those that no document can be made of: the index keeps what it has of them."""
    rows, refused = iter(rows), set()
    while some := list(islice(rows, WRITTEN_AT_ONCE)):
        with (folder / WRITTEN).open("a") as file:
            file.writelines(f"{row.key}\n" for row in some)
        writer = index.writer(ONE_CHANGE_HEAP, 1)
        try:
            for row in (*some, *again):
                document = None if row.deleted else document_of(row, refused)
                if row.key in refused:
                    continue
                writer.delete_documents_by_term("key", row.key)
                if document is not None:
                    writer.add_document(document)
            writer.commit()
        finally:
            # Waiting takes the writer, and with it tantivy's own lock, out of the way of the next one.
            writer.wait_merging_threads()
        again = ()
    return refused


def document_of(row, refused):
    """The document of a row; where none can be made, its key is put among the refused."""
    try:
        return engine_document(row)
    except Exception:
        # Whatever is wrong with one row: the others are to be found all the same.
        logger.exception("%s cannot be written to the embedded index.", row.key)
        refused.add(row.key)


def written_to(folder):
    """The keys written to an index since it was made, in their order."""
    try:
        return (folder / WRITTEN).read_text().split()
    except FileNotFoundError:
        return []


# A new index


def rebuild(rows, late=nothing_later):
    """Make a new index of `rows` beside the one in use, check it and change over at once.

    `late()` gives the rows that are no longer as they were when they went by. Gives back the keys that no
    document can be made of. NotVerified when the new index does not hold what it was given: the old one goes
    on answering.
    """
    folder = None
    given, later = Sample(what_is_compared), Sample(what_is_compared)
    try:
        folder = home().fresh()
        index = with_analyzers(tantivy.Index(FIELDS, path=str(folder)))
        refused = fill(index, given.watch(rows))
        merge_the_small(index, folder)
        given.compare_number(look(index).num_docs + given.deleted, refused)
        given.compare_rows(found_of(index, given.checksums), refused)
        with locked():
            refused_later = write(index, folder, later.watch(late()))
            later.compare_rows(found_of(index, later.checksums), refused_later)
            home().point_to(folder)
    except BaseException as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, ValueError | OSError) or is_damage(error):
            problem = home().write_problem() or f"The embedded index cannot be made: {error}"
            raise EngineFailed(problem) from error
        raise
    return refused | refused_later


def fill(index, rows):
    """Put rows into an index that is empty and that nobody sees yet; gives back the keys of those that no
    document can be made of."""
    writer, refused = index.writer(REBUILD_HEAP, 1), set()
    try:
        for row in rows:
            if not row.deleted and (document := document_of(row, refused)) is not None:
                writer.add_document(document)
        writer.commit()
    finally:
        writer.wait_merging_threads()
    return refused


def merge_the_small(index, folder):
    """Have tantivy merge the smallest segments: fillers make them as many as it waits for."""
    small = segments.smallest_layer(segments.sizes(folder))
    if len(small) < 2:
        return
    filler = tantivy.Document(key=[FILLER])
    writer = index.writer(ONE_CHANGE_HEAP, 1)
    for _ in range(segments.MERGED_AT_ONCE - len(small)):
        writer.add_document(filler)
        writer.commit()
    writer.wait_merging_threads()
    writer = index.writer(ONE_CHANGE_HEAP, 1)
    writer.delete_documents_by_term("key", FILLER)
    writer.commit()
    writer.wait_merging_threads()


def look(index):
    """A reader of an index that nobody else sees yet."""
    index.reload()
    return index.searcher()


def found_of(index, keys):
    """{key: what the index holds of it} as `what_is_compared` has it."""
    searcher, found = look(index), {}
    for key in keys:
        hits = searcher.search(tantivy.Query.term_query(FIELDS, "key", key, "basic"), limit=2).hits
        addresses = [address for _, address in hits]
        numbers = searcher.fast_field_values("version", addresses)
        texts = [searcher.doc(address)["texts"][0].decode() for address in addresses]
        found[key] = [list(pair) for pair in zip(numbers, texts, strict=True)]
    return found


# How it is


def versions():
    """(key, version) of every item the index holds."""
    searcher = current_searcher()
    if not searcher.num_docs:
        return
    with noticing_damage():
        hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        addresses = [address for _, address in hits]
        numbers = searcher.fast_field_values("version", addresses)
        for address, number in zip(addresses, numbers, strict=True):
            yield searcher.doc(address)["key"][0], number


def is_ready():
    """Whether there is an index that can be read."""
    try:
        current_searcher()
    except IndexMissing:
        return False
    return True


def problem():
    """Why changes cannot be written, in one sentence, or nothing."""
    return home().write_problem()


def count():
    """How many items the index holds."""
    return current_searcher().num_docs


def locked(timeout=LOCK_SECONDS):
    """The writers' lock; Busy when another process holds it longer than that."""
    return home().locked(timeout)


def rebuilding(timeout=REBUILD_LOCK_SECONDS):
    """The lock of those who make a new index; changes are written to the old one meanwhile."""
    return home().locked(timeout, "rebuild")
