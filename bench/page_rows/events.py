"""Learning events with agenda, papers, places and people: every second one is over and documented."""

from datetime import UTC, datetime, time, timedelta

from bench.page_rows.writing import create, parts, write_pages
from events.choices import AttendanceMode, Degree, EventMode, Presence, RegState, RespondentType
from events.models import (
    AgendaItem,
    Attendance,
    EventMaterial,
    LearningEventPage,
    Participant,
    Places,
    Registration,
    SurveyAnswer,
)
from knowledge.choices import EvidenceKind
from knowledge.models import Evidence, GoodPracticePage

TEXTS_FROM = 2_000_000
# So far ahead that the events to come are the same whenever a site is made.
NEXT, LAST = datetime(2035, 3, 5, 9, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC)
PEOPLE = 4
PLACES = ((AttendanceMode.ON_SITE, 30), (AttendanceMode.ONLINE, 80))
COUNTRIES = ("SE", "FI", "PT", "PL")


def write_events(around, numbers):
    """Write the events with these numbers."""
    items = [around.item_beside(number, TEXTS_FROM) for number in numbers]
    pages = [event(around, number, item) for number, item in zip(numbers, items, strict=True)]
    write_pages("events", pages)
    around.link(pages, items)
    create(AgendaItem, [agenda_item(page, hour) for page in pages for hour in range(4)])
    create(
        EventMaterial,
        [EventMaterial(page=page, title="Slides", url="https://example.org/slides") for page in pages],
    )
    create(
        Places,
        [
            Places(event=page, mode=mode, capacity=capacity, last_number=PEOPLE)
            for page in pages
            for mode, capacity in PLACES
        ],
    )
    shown = LearningEventPage.practices.through
    practices = GoodPracticePage.objects.order_by("pk")[: len(pages)]
    create(
        shown,
        [
            shown(learningeventpage_id=page.pk, goodpracticepage_id=practice.pk)
            for page, practice in zip(pages, practices, strict=True)
        ],
    )
    write_people(around, pages)


def event(around, number, item):
    texts = parts(item["body"], 2)
    weeks = timedelta(weeks=number // 2)
    begins = NEXT + weeks if number % 2 else LAST - weeks
    return LearningEventPage(
        **around.fields(number, item),
        slug=f"event-{number}",
        reference=f"EV-{number + 1:04}",
        objectives=texts[0],
        description=texts[1],
        start=begins,
        end=begins + timedelta(hours=6),
        mode=EventMode.HYBRID,
        venue="Town hall",
        city="Kiruna, Sweden",
        languages=["en", "sv"],
        fee="Free of charge",
    )


def agenda_item(page, hour):
    return AgendaItem(
        page=page,
        day=page.local_start.date(),
        start=time(10 + hour),
        end=time(11 + hour),
        title=f"Part {hour + 1}",
        speakers="Somebody from the region",
        is_break=hour == 2,
        sort_order=hour,
    )


def write_people(around, events):
    """Four people at each event; where it is over they were there and say that they learned."""
    people = create(
        Participant,
        [
            Participant(
                email=f"person{number}@example.org",
                name=f"Example Person {number}",
                country=COUNTRIES[number % len(COUNTRIES)],
                organisation=around.organisation(number),
            )
            for number in range(len(events) * PEOPLE)
        ],
    )
    places = create(
        Registration,
        [
            Registration(
                event=events[number // PEOPLE],
                participant=person,
                mode=AttendanceMode.ON_SITE,
                state=RegState.CONFIRMED,
                number=number % PEOPLE + 1,
                consent_version="2026-11",
            )
            for number, person in enumerate(people)
        ],
    )
    over = [place for place in places if place.event.start <= LAST]
    create(Attendance, [Attendance(registration=place, presence=Presence.PRESENT) for place in over])
    create(
        SurveyAnswer,
        [
            SurveyAnswer(
                registration=place,
                capacity=Degree.LARGE,
                respondent_type=RespondentType.STAFF,
                answered_at=place.event.end + timedelta(days=3),
            )
            for place in over
        ],
    )
    create(
        Evidence,
        [
            Evidence(page=page, kind=kind, title=str(kind.label), url="https://example.org/list")
            for page in events
            if page.start <= LAST
            for kind in (EvidenceKind.ATTENDANCE_LIST, EvidenceKind.AGENDA)
        ],
    )
