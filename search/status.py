"""What people on duty want to know of search."""

from django.utils import timezone

from search.models import SearchDocument


def summary():
    """State, number of rows not yet sent to an index and the age of the oldest of them in seconds."""
    oldest = (
        SearchDocument.objects.dirty().order_by("dirty_since").values_list("dirty_since", flat=True).first()
    )
    age = round((timezone.now() - oldest).total_seconds(), 1) if oldest else 0
    return {"state": "ok", "dirty": SearchDocument.objects.dirty().count(), "oldest_unsent_seconds": age}
