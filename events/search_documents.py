"""How learning events are found. The dict is the one that search describes in its `documents.Document`."""

from events.models import EventStatus, LearningEventPage
from knowledge.search_documents import page_document, public_pages, with_facts


def public_events():
    return public_pages(LearningEventPage).select_related("status").prefetch_related("agenda_items")


def event_document(event):
    status = getattr(event, "status", None)
    start, end = event.local_start, event.local_end
    document = page_document(
        event,
        body=[
            event.objectives,
            event.description,
            event.venue,
            event.city,
            *(item.title for item in event.agenda_items.all()),
        ],
        facets={
            "language": event.languages or [event.source_language],
            "year": [start.year] if start else [],
            "mode": [event.mode],
            "date": [f"{start:%Y-%m}"] if start else [],
        },
        numbers={"year": start.year, "date": start.date()} if start else {},
        display={
            "year_begin": start.year if start else None,
            "year_end": event.last_day.year if end else None,
            "date": start.isoformat() if start else "",
            "end": end.isoformat() if end else "",
            "city": event.city,
            "mode": event.mode,
            "mode_label": str(event.get_mode_display()),
            "event_kind": event.event_kind,
            "event_kind_label": str(event.get_event_kind_display()),
            "is_cancelled": bool(status and status.cancelled_at),
        },
        newest=start.timestamp() if start else None,
    )
    return with_facts(document)


DOCUMENTS = [
    {
        "model": LearningEventPage,
        "kind": "event",
        "queryset": public_events,
        "document": event_document,
    }
]
TOUCHES = [(EventStatus, lambda status: [status.event])]
