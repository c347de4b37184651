"""How what is public becomes findable: mark, build, send.

A change marks the keys it touches as dirty in its own transaction. After the commit the rows are built, and
the embedded index is brought up to date in this process; Elasticsearch is left to the worker. Whatever was
not done stays dirty or behind, and the next pass does it.
"""

import logging
import threading
import time
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from network import setbacks
from search import documents, engines, indexing, refusals
from search.engines.answer import EngineFailed
from search.engines.index_folder import Busy
from search.models import SearchDocument

# A request builds no more than this; the worker does the rest.
BUILT_IN_A_REQUEST = 200
BATCH = 200
BUILT_BEFORE_SENDING = 1000
MARKED_AT_ONCE = 500
BUILT_FIELDS = ["kind", "texts", "facets", "numbers", "display", "title_key", "newest", "version", "deleted"]

logger = logging.getLogger(__name__)
pending = threading.local()


# Mark


def mark_dirty(keys):
    """Say that these items may read differently now. Part of the caller's transaction."""
    # In order: two transactions that mark the same keys must not wait for each other.
    keys = sorted(set(keys))
    now = timezone.now()
    for start in range(0, len(keys), MARKED_AT_ONCE):
        some = keys[start : start + MARKED_AT_ONCE]
        SearchDocument.objects.bulk_create(
            [SearchDocument(key=key, dirty=True, dirty_since=now) for key in some],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["dirty", "dirty_since"],
        )
    if keys:
        after_the_commit()


def take_out(keys):
    """Take these items out at once, before anything is built: they are no longer for everyone."""
    keys = sorted(set(keys))
    for start in range(0, len(keys), MARKED_AT_ONCE):
        SearchDocument.objects.filter(key__in=keys[start : start + MARKED_AT_ONCE], deleted=False).update(
            deleted=True, version=next_version(), dirty=True, dirty_since=timezone.now()
        )
    if keys:
        after_the_commit()


def mark_everything():
    """Mark every item there is, and every row whose item may be gone; gives back how many."""
    keys = known_keys() | public_keys()
    mark_dirty(keys)
    return len(keys)


def notice_missing():
    """Mark public items that have no row yet: whatever was written without telling anybody."""
    missing = public_keys() - known_keys()
    mark_dirty(missing)
    return len(missing)


def known_keys():
    return set(SearchDocument.objects.values_list("key", flat=True))


def public_keys():
    return {
        entry.key(pk)
        for entry in documents.registry.values()
        for pk in entry.queryset().order_by().values_list("pk", flat=True)
    }


def after_the_commit():
    """Have the marked rows built and sent once this transaction is committed."""
    pending.work = True
    transaction.on_commit(bring_up_to_date, robust=True)


def bring_up_to_date():
    """What an author waits for: their rows are built and in the embedded index."""
    # However often a transaction marked, the first call after it does everything.
    if not getattr(pending, "work", False):
        return
    pending.work = False
    build_dirty(limit=BUILT_IN_A_REQUEST)
    try:
        indexing.drain_in_a_request(engines.EMBEDDED, most=BUILT_IN_A_REQUEST)
    except (EngineFailed, Busy, OSError) as error:
        logger.warning("The embedded index could not be brought up to date; the next pass will: %s", error)
    if settings.ELASTICSEARCH_URL:
        # Imported here because the task itself calls this module.
        from search.tasks import ask_the_worker

        ask_the_worker()


# Build


def build_dirty(limit=None, watched=None):
    """Build dirty rows, the latest marked first; gives back how many were tried. `watched(pks, total)` sees
    them go by."""
    pks = dirty_pks(limit)
    return sum(build_pks(some) for some in slices(watched(pks, len(pks)) if watched else pks))


def dirty_pks(limit=None):
    """The primary keys of the rows that are dirty and may be described now, the latest marked first."""
    dirty = SearchDocument.objects.dirty().exclude(refusals.undescribed()).order_by("-dirty_since", "pk")
    return list(dirty.values_list("pk", flat=True)[:limit])


def slices(pks):
    pks = iter(pks)
    while some := list(islice(pks, BUILT_BEFORE_SENDING)):
        yield some


def build_pks(pks):
    for start in range(0, len(pks), BATCH):
        build(list(SearchDocument.objects.dirty().filter(pk__in=pks[start : start + BATCH])))
    return len(pks)


def build(rows):
    """Bring these rows to what their items say now. An item that cannot be described stays dirty and rests;
    where one spoils the others, halves of them are built, until it stands alone."""
    try:
        keep(rows, *described([row.key for row in rows]))
    except Exception as error:
        if setbacks.is_database_gone(error):
            raise
        if len(rows) == 1:
            refusals.note_undescribed(rows[0].key, error)
            return
        half = len(rows) // 2
        build(rows[:half])
        build(rows[half:])


def keep(rows, built, failed):
    """Write what was described into the rows."""
    rows = [row for row in rows if row.key not in failed]
    changed = {
        row.key: changes for row in rows if (changes := changes_of(row, *built.get(row.key, (None, None))))
    }
    with transaction.atomic():
        current = SearchDocument.objects.select_for_update().dirty().order_by("key")
        marks = dict(current.filter(pk__in=[row.pk for row in rows]).values_list("key", "dirty_since"))
        # Only what nobody marked since it was read: else what was built here may already be old.
        rows = [row for row in rows if marks.get(row.key) == row.dirty_since]
        SearchDocument.objects.bulk_create(
            [
                SearchDocument(key=row.key, dirty_since=row.dirty_since, **changed[row.key])
                for row in rows
                if row.key in changed
            ],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=BUILT_FIELDS,
        )
        SearchDocument.objects.filter(pk__in=[row.pk for row in rows]).update(dirty=False)
    refusals.changed([row.key for row in rows], engines.names())


def changes_of(row, kind, values):
    """What the row has to become, or nothing when it already says so."""
    if values and (row.deleted or not row.version or differs(row, kind, values)):
        return {**values, "kind": kind, "deleted": False, "version": next_version(row)}
    if not values and (row.texts or not row.deleted):
        return {"kind": row.kind, "deleted": True, "version": next_version(row)}
    return {}


@override(settings.LANGUAGE_CODE)
def described(keys):
    """{key: (kind, values)} of those keys whose items are public, and the keys that cannot be described.

    Whoever causes it: the cards of all readers are written in the language of the site.
    """
    wanted = {}
    for key in keys:
        prefix, _, pk = key.partition(":")
        wanted.setdefault(prefix, []).append(pk)
    built, failed = {}, set()
    for prefix, entries in documents.entries_by_prefix().items():
        for entry in entries:
            if pks := wanted.get(prefix):
                for instance in entry.queryset().filter(pk__in=pks):
                    key = entry.key(instance.pk)
                    try:
                        if values := entry.document(instance):
                            built[key] = (entry.kind, documents.Document(**values).as_row())
                    except Exception as error:
                        # One item must not keep all the others from being found.
                        refusals.note_undescribed(key, error)
                        failed.add(key)
    return built, failed


def differs(row, kind, values):
    return row.kind != kind or any(getattr(row, name) != value for name, value in values.items())


def next_version(row=None):
    """A version above the row's own, and above those of any earlier life of this database."""
    return max(time.time_ns() // 1000, (row.version if row else 0) + 1)


# Send


def synchronise():
    """One whole pass: build what is dirty, send what is behind to every engine that answers.

    Gives back {"built": rows tried, engine: rows sent or the reason why not}.
    """
    done = {"built": 0} | dict.fromkeys(engines.names(), 0)
    # A large set is sent as it is built, so that its first pages do not wait for its last.
    for some in slices(dirty_pks()):
        done["built"] += build_pks(some)
        send_to_all(done)
    send_to_all(done)
    return done


def send_to_all(done):
    """Send what is behind to every engine, adding up in `done`; an engine that failed is not asked again."""
    for name in engines.names():
        if isinstance(done[name], str):
            continue
        try:
            done[name] += indexing.drain(name)
        except (EngineFailed, Busy, OSError) as error:
            logger.warning("%s cannot be brought up to date now: %s", name, error)
            done[name] = str(error)
