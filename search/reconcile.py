"""Whether everything that search keeps says the same: the site's public items, the projection, every index.

What the projection knows to be waiting (dirty, or behind in an index) is no difference: the next pass does
it. A difference is what nobody would ever put right, such as an index restored from a backup.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F
from django.utils import timezone

from search import engines, sync
from search.engines.answer import EngineFailed
from search.models import SearchDocument

BATCH = 200


@dataclass
class Findings:
    """What differs, as keys, and how much waits."""

    # public on the site, and the projection does not know
    missing: set = field(default_factory=set)
    # in the projection, and no longer public
    surplus: set = field(default_factory=set)
    # described otherwise than they are now
    outdated: set = field(default_factory=set)
    # {engine: keys that the index lacks, holds twice, holds in another version or should not hold}
    indexes: dict = field(default_factory=dict)
    # {engine: why it could not be looked at}
    unanswered: dict = field(default_factory=dict)
    waiting: int = 0

    @property
    def is_clean(self):
        differing = self.missing or self.surplus or self.outdated or any(self.indexes.values())
        return not differing and not self.unanswered


def look(watched=lambda keys, total: keys):
    """Compare everything with everything; changes nothing. `watched` sees the keys go by."""
    findings = Findings()
    known = set(SearchDocument.objects.public().values_list("key", flat=True))
    public = sync.public_keys()
    dirty = set(SearchDocument.objects.dirty().values_list("key", flat=True))
    findings.waiting = len(dirty)
    findings.missing = public - known - dirty
    findings.surplus = known - public - dirty
    compare_descriptions(findings, sorted((public & known) - dirty), watched)
    # Pages that cannot be shown to everyone have no description at all.
    findings.missing -= keys_without_description(findings.missing)
    for name in engines.names():
        try:
            findings.indexes[name] = compare_index(name)
        except EngineFailed as error:
            findings.unanswered[name] = str(error)
        findings.waiting += SearchDocument.objects.behind(name).count()
    return findings


def compare_descriptions(findings, keys, watched):
    for key_batch in batches(watched(keys, len(keys))):
        rows = SearchDocument.objects.filter(key__in=key_batch, dirty=False)
        built, failed = sync.described(key_batch)
        for row in rows:
            if row.key in failed:
                continue
            kind, values = built.get(row.key, (None, None))
            if sync.changes_of(row, kind, values):
                findings.outdated.add(row.key)


def keys_without_description(keys):
    built, failed = sync.described(sorted(keys)) if keys else ({}, set())
    return set(keys) - built.keys() - failed


def compare_index(name):
    """The keys of the items that the index has otherwise than the projection thinks."""
    held = list(engines.engine(name).versions())
    in_index, number = dict(held), Counter(key for key, _ in held)
    # Read after the index: what changed in between is behind, and that is no difference.
    rows = SearchDocument.objects.filter(version__gt=0)
    in_step = {
        key: None if deleted else version
        for key, version, deleted in rows.filter(**{f"{name}_version": F("version")}).values_list(
            "key", "version", "deleted"
        )
    }
    differing = {key for key, version in in_step.items() if in_index.get(key) != version}
    unknown = in_index.keys() - sync.known_keys()
    return differing | unknown | {key for key, times in number.items() if times > 1}


def repair(findings):
    """Put right what differs; gives back what a second look finds."""
    sync.mark_dirty(findings.missing | findings.outdated)
    sync.take_out(findings.surplus)
    for name, keys in findings.indexes.items():
        send_again(name, keys)
    sync.synchronise()
    return look()


def send_again(name, keys):
    """Have these items sent anew; what only the index knows gets a row that takes it out."""
    known = set()
    for some in batches(sorted(keys)):
        rows = SearchDocument.objects.filter(key__in=some)
        known |= set(rows.values_list("key", flat=True))
        # An index takes only what is newer than what it has.
        rows.update(version=sync.next_version())
    now = timezone.now()
    SearchDocument.objects.bulk_create(
        [
            SearchDocument(key=key, deleted=True, dirty=False, dirty_since=now, version=sync.next_version())
            for key in sorted(keys - known)
        ]
    )


def batches(keys):
    batch = []
    for key in keys:
        batch.append(key)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
