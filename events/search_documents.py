"""How learning events are found. The dict is the one that search describes in its `documents.Document`."""

from events.models import EventStatus, LearningEventPage
from knowledge.search_documents import page_document, public_pages, with_facts


def public_events():
    return public_pages(LearningEventPage).select_related("status").prefetch_related("agenda_items")


def event_document(event):
    status = getattr(event, "status", None)
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
            "year": [event.local_start.year],
            "mode": [event.mode],
            "date": [f"{event.local_start:%Y-%m}"],
        },
        numbers={"year": event.local_start.year, "date": event.local_start.date()},
        display={
            "year_begin": event.local_start.year,
            "year_end": event.last_day.year,
            "date": event.local_start.isoformat(),
            "end": event.local_end.isoformat(),
            "city": event.city,
            "mode": event.mode,
            "mode_label": str(event.get_mode_display()),
            "event_kind": event.event_kind,
            "event_kind_label": str(event.get_event_kind_display()),
            "is_cancelled": bool(status and status.cancelled_at),
        },
        newest=event.start.timestamp(),
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
