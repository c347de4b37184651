"""How the indexes come to hold what the projection says: every row is compared with what each index has of
it.

No watermark: a lower version may be committed later than a higher one. One process at a time sends to an
index, and one makes a new one beside it.
"""

import logging
import threading
import time
from array import array
from bisect import bisect_left
from importlib import import_module

from django.db import close_old_connections, connection

from search import engines, notes, refusals
from search.engines.answer import EngineFailed, IndexMissing, RowsRefused
from search.engines.index_folder import Busy
from search.models import SearchDocument

SENT_AT_ONCE = 500
# As many rows are in a new index before anybody notices that they waited; more are left to the background.
BUILT_AT_ONCE = 200
# How long somebody who waits for a page stands in line behind another writer.
REQUEST_LOCK_SECONDS = 1

logger = logging.getLogger(__name__)


# Sending


def drain(name):
    """Send every row that the index has not seen as it is now; gives back how many.

    Raises EngineFailed when the engine does not answer, Busy when another process has been sending for long.
    """
    engine = engines.engine(name)
    sent = 0
    try:
        try:
            while some := drain_some(engine, name):
                sent += some
                if some < SENT_AT_ONCE:
                    break
        except IndexMissing as missing:
            logger.warning("%s It is built from the projection.", missing)
            sent = rebuild_if_missing(name)
    except (EngineFailed, OSError) as error:
        notes.trouble_begins(name, notes.WRITING, error)
        raise
    notes.trouble_ends(name, notes.WRITING)
    if name == engines.EMBEDDED and (settling().is_due() or settling().is_worn()):
        in_the_background("search-settle", settle_quietly)
    return sent


def drain_some(engine, name):
    """Send so many rows as are sent at once; whoever publishes can write before the next."""
    if name == engines.EMBEDDED and settling().has_no_room():
        settle()
    with engine.locked():
        return send_behind(engine, name, SENT_AT_ONCE)


def drain_in_a_request(name, most):
    """The same for somebody who waits: at most so many rows, the latest first, and nothing large is built or
    merged."""
    engine = engines.engine(name)
    try:
        with engine.locked(REQUEST_LOCK_SECONDS):
            if settling().has_no_room():
                in_the_background("search-settle", settle_quietly)
                raise Busy("The embedded index is settled first.")
            return send_behind(engine, name, most)
    except IndexMissing:
        return rebuild_in_a_request(name)


def send_behind(engine, name, most):
    """Send so many rows that are behind, the latest first; IndexMissing when there is no index to send to."""
    rows = list(to_send(name)[:most])
    if not rows:
        # Sending says by itself when there is nothing to send to.
        if not engine.is_ready():
            raise IndexMissing(f"There is no {name} index.")
        return 0
    again = {"again": rows_to_write_again(rows)} if name == engines.EMBEDDED else {}
    taken = send_apart(engine, rows, **again)
    stamp(name, taken)
    for row in rows:
        if row.key not in taken:
            refusals.note_refused(name, row)
    # The refused ones rest, so that those after them have their turn.
    return len(rows)


def to_send(name):
    """The rows that the index has not seen and that it may be told of now, the latest first."""
    return SearchDocument.objects.behind(name).exclude(refusals.resting(name)).order_by("-version")


def send_apart(engine, rows, **again):
    """Send these rows; where one of them spoils the others, send halves of them until it stands alone. Gives
    back {key: version} of those that the index has taken."""
    try:
        return dict(engine.send(rows, **again))
    except RowsRefused as error:
        logger.warning("%d rows were refused together: %s", len(rows), error)
        if len(rows) == 1:
            return {}
    half = len(rows) // 2
    return send_apart(engine, rows[:half]) | send_apart(engine, rows[half:])


# A new index


def rebuild(name, watched=None):
    """Make the index anew from the projection while the old one answers; gives back how many rows it took.

    `watched(rows, total)` sees the rows go by, for somebody who watches.
    """
    with engines.engine(name).rebuilding():
        return build_index(name, watched)


def rebuild_if_missing(name, timeout=None):
    """Make the index unless another process has just done so; gives back how many rows it took."""
    engine = engines.engine(name)
    with engine.rebuilding() if timeout is None else engine.rebuilding(timeout):
        return 0 if engine.is_ready() else build_index(name)


def rebuild_in_a_request(name):
    """Make a missing index at once when it is small; a large one is made in the background. IndexMissing
    when it is not there yet."""
    if SearchDocument.objects.filter(version__gt=0)[: BUILT_AT_ONCE + 1].count() <= BUILT_AT_ONCE:
        return rebuild_if_missing(name, REQUEST_LOCK_SECONDS)
    rebuild_in_the_background(name)
    raise IndexMissing(f"The {name} index is being built.")


def rebuild_in_the_background(name):
    """Begin to make a missing index in a thread of this process, unless one is at it already."""
    in_the_background(f"search-rebuild-{name}", rebuild_if_missing, name, 0)


def in_the_background(thread_name, job, *arguments):
    if all(thread.name != thread_name for thread in threading.enumerate()):
        threading.Thread(target=quietly, args=(job, *arguments), name=thread_name, daemon=True).start()


def quietly(job, *arguments):
    try:
        job(*arguments)
    except Busy:
        logger.info("Another process is making an index.")
    except Exception:
        # A thread has nobody to tell; the worker's next pass tries again.
        logger.exception("An index could not be made in the background.")
    finally:
        connection.close()
        close_old_connections()


def settling():
    """The module that settles the embedded index; imported when needed, as the engines are."""
    return import_module("search.engines.embedded_settling")


def settle():
    """Settle the embedded index, unless another process makes a new one. Nothing is lost where it fails: a
    change takes longer."""
    try:
        with engines.engine(engines.EMBEDDED).rebuilding(0):
            # Another process may have done so.
            if settling().is_due():
                settling().settle(rows_of)
    except (EngineFailed, Busy, OSError, ValueError) as error:
        logger.info("The embedded index was not settled: %s", error)


def settle_quietly():
    """Settle the embedded index, or make it anew when too much of it is deleted; then send what waited."""
    if settling().is_worn():
        with engines.engine(engines.EMBEDDED).rebuilding(0):
            build_index(engines.EMBEDDED)
    else:
        settle()
    with engines.engine(engines.EMBEDDED).locked():
        send_behind(engines.engine(engines.EMBEDDED), engines.EMBEDDED, SENT_AT_ONCE)


def rows_to_write_again(rows):
    """The rows to write together with these, as the embedded index has it."""
    return rows_of(settling().keys_to_write_again() - {row.key for row in rows})


def rows_of(keys):
    """The rows with these keys, as they are now."""
    keys = sorted(set(keys))
    for start in range(0, len(keys), SENT_AT_ONCE):
        yield from SearchDocument.objects.filter(key__in=keys[start : start + SENT_AT_ONCE])


def build_index(name, watched=None):
    """Make the index anew; the lock of those who do is held. What changes meanwhile goes to the old index,
    and to the new one before it is used."""
    began = time.monotonic()
    rows = SearchDocument.objects.filter(version__gt=0).order_by("pk")
    stream = rows.iterator(chunk_size=SENT_AT_ONCE)
    if watched:
        stream = watched(stream, rows.count())
    given = Given()
    refused = engines.engine(name).rebuild(given.watch(stream), given.changed)
    for some in given.batches():
        stamp(name, some, "id")
    # The index before may have had them.
    SearchDocument.objects.filter(key__in=refused).update(**{f"{name}_version": 0})
    notes.rebuilt(name, len(given) - len(refused), time.monotonic() - began)
    return len(given) - len(refused)


class Given:
    """Which row went into a new index in which version: two numbers a row, because there may be a million."""

    def __init__(self):
        self.pks, self.versions = array("q"), array("q")
        # What changed or came while the index was made.
        self.later = {}

    def __len__(self):
        return len(self.pks) + sum(self.version(pk) is None for pk in self.later)

    def watch(self, rows):
        """Rows on their way into the index, in the order of their primary keys."""
        for row in rows:
            self.pks.append(row.pk)
            self.versions.append(row.version)
            yield row

    def version(self, pk):
        place = bisect_left(self.pks, pk)
        is_known = place < len(self.pks) and self.pks[place] == pk
        return self.versions[place] if is_known else None

    def changed(self):
        """The rows that are no longer as they went by."""
        now = SearchDocument.objects.filter(version__gt=0).values_list("pk", "version").iterator(5000)
        changed = [pk for pk, version in now if self.version(pk) != version]
        for start in range(0, len(changed), SENT_AT_ONCE):
            for row in SearchDocument.objects.filter(pk__in=changed[start : start + SENT_AT_ONCE]):
                self.later[row.pk] = row.version
                yield row

    def batches(self):
        """{primary key: version}, so many at a time."""
        for start in range(0, len(self.pks), SENT_AT_ONCE):
            end = start + SENT_AT_ONCE
            yield dict(zip(self.pks[start:end], self.versions[start:end], strict=True))
        yield self.later


def roll_back(name):
    """Have the index before answer again, and note what it holds: the rest is sent to it by the next pass.
    Gives back its name."""
    engine = engines.engine(name)
    with engine.rebuilding():
        index = engine.roll_back()
        stamp_what_is_held(name)
    return index


def stamp_what_is_held(name):
    """Look up which version of every row the index holds, and note that."""
    held = dict(engines.engine(name).versions())
    rows = SearchDocument.objects.values_list("key", "version", "deleted").iterator(5000)
    seen = {}
    for key, version, deleted in rows:
        is_there = key not in held if deleted else held.get(key) == version
        seen[key] = version if is_there else 0
    stamp(name, seen)


def stamp(name, taken, by="key"):
    """Note which version of each row the index has taken: {key: version}, or by another column."""
    field = connection.ops.quote_name(f"{name}_version")
    pairs = list(taken.items())
    with connection.cursor() as cursor:
        for start in range(0, len(pairs), SENT_AT_ONCE):
            some = pairs[start : start + SENT_AT_ONCE]
            # One statement for all of them, which both databases understand and the ORM cannot say.
            cursor.execute(
                f"UPDATE search_document SET {field} = taken.column2 "  # noqa: S608
                f"FROM (VALUES {', '.join(['(%s, %s)'] * len(some))}) AS taken "
                f"WHERE search_document.{by} = taken.column1 AND {field} <> taken.column2",
                [value for pair in some for value in pair],
            )
