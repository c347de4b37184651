"""The list of events, and events as calendar files."""

import calendar as month_tables
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import calendar, wording
from events.following import follow_seats, until_next
from events.forms import EventFilterForm
from events.models import EventStatus, LearningEventPage
from events.queries import next_end, past, situations, upcoming
from knowledge.restrictions import public
from network import kept
from network.downloads import attachment

PAST_SHOWN = 10
MONTHS_SHOWN = 3


@require_safe
def events(request):
    """Events to come by month, a calendar beside them, and what is past."""
    now = timezone.now()
    form = EventFilterForm(request.GET)
    coming = list(upcoming(now=now, **form.chosen))
    follow_seats(coming)
    states = situations(coming, now)
    until_next(coming, states, now)
    # How many were held counts them all, also those that this page is not narrowed to.
    kept.until(next_end(now))
    over = past(now=now, **form.chosen).prefetch_related("materials")
    past_total = over.count()
    shows_all = request.GET.get("past") == "all"
    return render(
        request,
        "events/events.html",
        {
            "form": form,
            "months": by_month(coming, states),
            "calendars": calendars(coming, timezone.localdate(now)),
            "past": [past_row(event) for event in (over if shows_all else over[:PAST_SHOWN])],
            "past_total": past_total,
            "all_past_query": "" if shows_all or past_total <= PAST_SHOWN else all_past_query(request),
            "held": past(now=now).count(),
        },
    )


def by_month(events, states):
    """The events as rows under the name of their month."""
    return [
        {
            "key": f"{year}-{month:02}",
            "name": date_format(rows[0].local_start, "F Y"),
            "events": [wording.row(event, states[event.pk], with_year=False) for event in rows],
        }
        for (year, month), rows in (
            (key, list(group))
            for key, group in groupby(
                events, key=lambda event: (event.local_start.year, event.local_start.month)
            )
        )
    ]


def calendars(events, today):
    """Tables of this month and the next two; a day of an event leads to it."""
    days = {}
    for event in events:
        first, last = event.local_start.date(), event.last_day
        for number in range((last - first).days + 1):
            days.setdefault(first + timezone.timedelta(days=number), event)
    tables = []
    year, month = today.year, today.month
    for _number in range(MONTHS_SHOWN):
        weeks = month_tables.Calendar().monthdatescalendar(year, month)
        tables.append(
            {
                "name": date_format(weeks[1][0].replace(day=1, month=month, year=year), "F Y"),
                "weeks": [[cell(day, month, days, today) for day in week] for week in weeks],
            }
        )
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return tables


def cell(day, month, days, today):
    if day.month != month:
        return None
    event = days.get(day)
    return {
        "number": day.day,
        "is_today": day == today,
        "url": wording.address_path(event) if event else "",
        "label": f"{date_format(day, 'F')}: {event.title}" if event else "",
    }


def past_row(event):
    return {
        "url": wording.address_path(event),
        "title": event.title,
        "meta": f"{event.get_event_kind_display()}, {wording.where(event)}",
        "dates": wording.dates(event, month="M"),
        "people": event.people,
        "materials": ", ".join(material.title for material in event.materials.all()),
    }


def all_past_query(request):
    query = request.GET.copy()
    query["past"] = "all"
    return f"?{query.urlencode()}#past"


@require_safe
def calendar_file(request, slug):
    """One event for a calendar. It says when and where, never how to join online."""
    known = public(LearningEventPage.objects.dated().live())
    event = known.filter(slug=slug).select_related("status", "organisation").first()
    if event is None:
        raise Http404
    status = getattr(event, "status", None)
    text = calendar.entry(
        event,
        sequence=status.calendar_sequence if status else 0,
        is_cancelled=bool(status and status.cancelled_at),
    )
    return ics(text, f"{event.slug}.ics")


@require_safe
def calendar_feed(request):
    """The events to come as a calendar to subscribe to, narrowed like the list."""
    form = EventFilterForm(request.GET)
    rows = EventStatus.objects.filter(event__end__gte=timezone.now())
    status = {row.event_id: (row.calendar_sequence, bool(row.cancelled_at)) for row in rows}
    coming = upcoming(**form.chosen).select_related("organisation")
    events = [(event, *status.get(event.pk, (0, False))) for event in coming]
    return ics(calendar.feed(events, _("Learning events")), "events.ics")


def ics(text, name):
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    # The name comes from a page's slug, which may be in any script.
    response.headers["Content-Disposition"] = attachment(name, "event")
    return response
