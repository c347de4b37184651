"""How the indexes come to hold what the projection says: every row is compared with what each index has of
it.

No watermark: a lower version may be committed later than a higher one. One process at a time sends to an
index.
"""

import logging

from search import engines
from search.engines.answer import IndexMissing
from search.models import SearchDocument

SENT_AT_ONCE = 500
REBUILD_LOCK_SECONDS = 120

logger = logging.getLogger(__name__)


def drain(name):
    """Send every row that the index has not seen as it is now; gives back how many.

    Raises EngineFailed when the engine does not answer, Busy when another process has been sending for long.
    """
    engine = engines.engine(name)
    with engine.locked():
        if not engine.is_ready():
            return build_index(name)
        sent = 0
        try:
            while rows := list(SearchDocument.objects.behind(name).order_by("pk")[:SENT_AT_ONCE]):
                taken = engine.send(rows)
                stamp(name, rows, taken)
                sent += len(taken)
                if len(taken) < len(rows):
                    logger.warning("%s did not take %d rows.", name, len(rows) - len(taken))
                    break
        except IndexMissing as missing:
            logger.warning("%s It is built from the projection.", missing)
            return sent + build_index(name)
    return sent


def rebuild(name):
    """Make the index anew from the projection while the old one answers; gives back how many rows it took."""
    with engines.engine(name).locked(REBUILD_LOCK_SECONDS):
        return build_index(name)


def rebuild_if_missing(name, timeout):
    """Make the index unless another process has just done so; Busy when that takes longer than `timeout`."""
    engine = engines.engine(name)
    with engine.locked(timeout):
        if not engine.is_ready():
            build_index(name)


def build_index(name):
    """Make the index anew; the lock is held. Rows that change meanwhile stay behind, and the next pass
    sends them."""
    rows = SearchDocument.objects.filter(version__gt=0).order_by("pk")
    taken = engines.engine(name).rebuild(rows.iterator(chunk_size=SENT_AT_ONCE))
    for start in range(0, len(taken), SENT_AT_ONCE):
        some = taken[start : start + SENT_AT_ONCE]
        stamp(name, list(SearchDocument.objects.filter(key__in=[key for key, _ in some])), some)
    return len(taken)


def stamp(name, rows, taken):
    """Note which version of each row the index has taken."""
    versions = dict(taken)
    field = f"{name}_version"
    changed = [row for row in rows if row.key in versions and getattr(row, field) != versions[row.key]]
    for row in changed:
        setattr(row, field, versions[row.key])
    SearchDocument.objects.bulk_update(changed, [field], batch_size=SENT_AT_ONCE)
