"""Rows that cannot be described, or that an index does not take: they wait alone, and the others go on.

Such a row stays dirty, or behind, as the ledger says. It is tried again with growing pauses, and at once when
its item changes.
"""

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from network import setbacks
from network.choices import SetbackKind
from network.models import Setback
from search.models import SearchDocument

ROW = SetbackKind.ROW


def undescribed(now=None):
    """The condition of rows that could not be described since they were marked, and rest."""
    mine = Setback.objects.filter(kind=ROW, key=OuterRef("key"), last_at__gte=OuterRef("dirty_since"))
    return Exists(mine.resting(now))


def resting(index, now=None):
    """The condition of rows that this index did not take, and that rest."""
    key = Concat(Value(f"{index}/"), OuterRef("key"), output_field=CharField())
    return Exists(Setback.objects.filter(kind=ROW, key=key).resting(now))


def note_undescribed(row_key, error):
    """Note that an item cannot be described for search."""
    setbacks.note(ROW, row_key, error, what=name_of(row_key))


def note_refused(index, row):
    """Note that an index did not take a row."""
    reason = _("The index “%(index)s” did not take it.") % {"index": index}
    setbacks.note(ROW, f"{index}/{row.key}", reason, reason=reason, what=name_of(row.key))


def name_of(row_key):
    """The title by which search last knew the item, or its key."""
    display = SearchDocument.objects.filter(key=row_key).values_list("display", flat=True).first()
    return (display or {}).get("title") or _("Search entry %(key)s") % {"key": row_key}


def changed(row_keys, indexes):
    """These rows were described anew: whatever an index said against them before no longer holds."""
    keys = [*row_keys, *(f"{index}/{key}" for index in indexes for key in row_keys)]
    if gone := setbacks.pauses(ROW).keys() & set(keys):
        setbacks.over(ROW, gone)


def give_up(key):
    """Leave an item out of search, or an index without a row, until the item changes."""
    index, _sign, row_key = key.rpartition("/")
    rows = SearchDocument.objects.filter(key=row_key)
    if index:
        rows.update(**{f"{index}_version": F("version")})
    else:
        rows.update(dirty=False)
