"""Settling the embedded index: the small segments that changes leave become one, beside the index in use.

Otherwise tantivy would merge them as part of some change, and with them the whole of an index that is not
large, while an author waits and nobody else can write. Until there are many changes, they are rather written
once more, all in one segment.
"""

import os
import shutil
from contextlib import suppress

from search.engines import segments
from search.engines.answer import NotVerified
from search.engines.embedded_document import what_is_compared
from search.engines.embedded_index import (
    WRITTEN,
    found_of,
    home,
    locked,
    look,
    merge_the_small,
    opened,
    write,
    written_to,
)
from search.engines.index_folder import Busy
from search.engines.sample import Sample

# So many documents are merged in a moment, and so many written.
MERGED_IN_A_MOMENT, WRITTEN_IN_A_MOMENT = 1_000, 100
# How many more changes there is room for when settling begins.
ROOM = 3
# Deleted documents are left behind in large segments; this many times those that count are too many.
MOST_DELETED, FEW_DELETED = 0.5, 10_000


def keys_to_write_again():
    """What to write together with the next change, so that tantivy has little to merge."""
    return changed() if is_full() and not has_no_room() else set()


def has_no_room():
    """Whether the next change would have to wait for much to be merged."""
    return is_full() and len(changed()) > WRITTEN_IN_A_MOMENT


def is_due():
    """Whether that will soon be so."""
    return is_full(ROOM) and len(changed()) > WRITTEN_IN_A_MOMENT // 2


def is_full(changes=1):
    """Whether tantivy merges much with one of the next changes."""
    # A broken index is noticed by whoever reads it.
    with suppress(OSError, ValueError, KeyError, TypeError):
        if folder := home().current():
            sizes = segments.sizes(folder)
            return segments.merged_by_changes(sizes, changes) > MERGED_IN_A_MOMENT
    return False


def changed():
    """The keys of all that changed since the index was made."""
    folder = home().current()
    return set(written_to(folder)) if folder else set()


def is_worn():
    """Whether so much of the index is deleted that it had better be made anew."""
    with suppress(OSError, ValueError):
        if folder := home().current():
            held = sum(segments.sizes(folder))
            return segments.deleted(folder) > max(held * MOST_DELETED, FEW_DELETED)
    return False


def settle(rows_of):
    """Make the small segments one in a copy, and change over to it.

    What is written to the index meanwhile is written to the copy before: `rows_of(keys)` gives the rows.
    Whoever calls holds the lock of those who make a new index.
    """
    with locked():
        folder, copy, noted = copied()
    sample = Sample(what_is_compared)
    try:
        index = opened(copy)
        held = look(index).num_docs
        merge_the_small(index, copy)
        if look(index).num_docs != held:
            raise NotVerified(f"After settling there are {look(index).num_docs} items and not {held}.")
        with locked():
            if home().current() != folder:
                raise Busy("The index was replaced while it was settled.")
            write(index, copy, sample.watch(rows_of(written_to(folder)[noted:])))
            sample.compare_rows(found_of(index, sample.checksums))
            home().point_to(copy)
    except BaseException:
        shutil.rmtree(copy, ignore_errors=True)
        raise


def copied():
    """The index in use, a copy of it that shares its files, and how much had been written to it."""
    folder, copy = home().current(), home().fresh()
    for file in folder.iterdir():
        if file.suffix == ".lock" or file.name == WRITTEN:
            continue
        # Segments never change; these two files do.
        if file.name in ("meta.json", ".managed.json"):
            shutil.copy(file, copy)
        else:
            linked(file, copy / file.name)
    return folder, copy, len(written_to(folder))


def linked(file, name):
    try:
        os.link(file, name)
    except OSError:
        shutil.copy(file, name)
