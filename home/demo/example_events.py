"""Example events around the day of loading: some to come, some over, with people, attendance and answers."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from events import attendance, organising, registration
from events.choices import (
    AttendanceMode,
    Degree,
    EventKind,
    EventMode,
    NamesVisibleTo,
    PolicyRole,
    Presence,
    RespondentType,
)
from events.models import AgendaItem, JoinLink, LearningEventPage, Registration
from events.participants import Person
from home.demo.accounts import AGENCY, COUNCIL, DOMAIN, demo_user
from home.demo.examples import TOWN, UNIVERSITY, attach
from home.demo.facts import paragraph
from home.demo.pages import EXAMPLES, add_once
from knowledge.choices import EvidenceKind
from network.models import Organisation
from regions.models import FocusArea, Region

ON_SITE, ONLINE = AttendanceMode.ON_SITE, AttendanceMode.ONLINE


def person(number, organisation, country):
    """Somebody who does not exist."""
    return Person(
        email=f"participant{number}@{DOMAIN}",
        name=f"Example Participant {number}",
        organisation=organisation,
        country=country,
    )


PEOPLE = [
    person(1, COUNCIL, "FI"),
    person(2, AGENCY, "PT"),
    person(3, UNIVERSITY, "PL"),
    person(4, TOWN, "SE"),
    person(5, "Example Quarry Ltd (not linked)", "ES"),
]


@dataclass(frozen=True)
class Example:
    """One example event: when it is, counted from today, and who comes in which way."""

    key: str
    title: str
    kind: str
    mode: str
    days: int
    region: str
    areas: list
    capacities: dict = field(default_factory=dict)
    people: list = field(default_factory=list)
    lasts: int = 6

    @property
    def start(self):
        day = timezone.localdate() + timedelta(days=self.days)
        return datetime.combine(day, time(9, 30), ZoneInfo("Europe/Brussels"))


EVENTS = [
    Example(
        "workshop",
        "Example workshop: tailings registers that everybody can read",
        EventKind.WORKSHOP,
        EventMode.HYBRID,
        16,
        "PT1C",
        ["mine-waste", "monitoring"],
        {ON_SITE: 30, ONLINE: 80},
        [(PEOPLE[0], ON_SITE), (PEOPLE[2], ONLINE), (PEOPLE[3], ON_SITE)],
    ),
    Example(
        "visit",
        "Example study visit: an old mine that heats a town",
        EventKind.STUDY_VISIT,
        EventMode.ON_SITE,
        37,
        "SE332",
        ["mine-water"],
        {ON_SITE: 2},
        [(PEOPLE[0], ON_SITE), (PEOPLE[1], ON_SITE), (PEOPLE[2], ON_SITE)],
        lasts=30,
    ),
    Example(
        "webinar",
        "Example webinar: how three regions speed up permits",
        EventKind.WEBINAR,
        EventMode.ONLINE,
        9,
        "PL51",
        ["permitting"],
        {},
        [(PEOPLE[1], ONLINE)],
        lasts=1,
    ),
    Example(
        "finished",
        "Example peer review: closing a mine with its villages",
        EventKind.PEER_REVIEW,
        EventMode.ON_SITE,
        -20,
        "FI1D7",
        ["remediation", "participation"],
        {ON_SITE: 20},
        [(known, ON_SITE) for known in PEOPLE],
    ),
    Example(
        "undocumented",
        "Example meeting: local firms and the supply chain",
        EventKind.STAKEHOLDER_MEETING,
        EventMode.ON_SITE,
        -48,
        "SE332",
        ["supply-chain"],
        {ON_SITE: 40},
        [(PEOPLE[3], ON_SITE)],
        lasts=3,
    ),
]


def load_events(project, practice, instrument):
    """The example events, each with its places, people and, once over, what came of it."""
    organiser = demo_user("organiser")
    for example in EVENTS:
        event, is_new = add_once(
            page(example, project, practice, instrument),
            f"event-{example.key}",
            section="events",
            import_set=EXAMPLES,
            user=organiser,
        )
        if is_new:
            fill(event, example, organiser)


def page(example, project, practice, instrument):
    is_on_site, start = example.mode != EventMode.ONLINE, example.start
    event = LearningEventPage(
        title=example.title,
        summary="Example content: this event does not take place. It shows what an event page can say.",
        event_kind=example.kind,
        description=paragraph("Example: what happens, for whom, and what to prepare."),
        objectives=paragraph("Example: what you take home."),
        start=start,
        end=start + timedelta(hours=example.lasts),
        mode=example.mode,
        venue="Example House" if is_on_site else "",
        address="Example Street 1" if is_on_site else "",
        city="Example Town" if is_on_site else "",
        languages=["en"],
        accessibility_info="Example: no steps, hearing loop, quiet room." if is_on_site else "",
        fee="Free of charge",
        contact=f"organiser@{DOMAIN}",
        publish_participants=NamesVisibleTo.PARTICIPANTS,
        organisation=Organisation.objects.get(name=AGENCY),
        project=project,
    )
    event.regions = [Region.objects.get(code=example.region)]
    event.focus_areas = list(FocusArea.objects.filter(code__in=example.areas))
    event.practices, event.instruments = [practice], [instrument]
    event.agenda_items = [
        AgendaItem(day=start.date(), start=time(9, 30), end=time(10), title="Welcome (example)"),
        AgendaItem(
            day=start.date(),
            start=time(10),
            end=time(10, 30),
            title="What was tried, and what came of it (example)",
        ),
    ]
    return event


def fill(event, example, organiser):
    """Give out places by the one door there is, as if people had registered in time."""
    if example.capacities:
        registration.change_capacity(event, example.capacities, by=organiser)
    organising.name(event, organiser.email, by=organiser)
    if example.mode != EventMode.ON_SITE:
        JoinLink.objects.create(event=event, url=f"https://meet.{DOMAIN}/{example.key}")
    earlier = min(event.start - timedelta(days=10), timezone.now())
    for known, mode in example.people:
        place = registration.register(event, known, mode, shows_name=True, now=earlier)
        registration.confirm(place, now=earlier)
        Registration.objects.filter(pk=place.pk).update(registered_at=earlier)
    if event.end < timezone.now():
        conclude(event, example, organiser)


def conclude(event, example, organiser):
    """Mark who was there; the finished example also has its list, its agenda and what people say."""
    places = list(Registration.objects.confirmed().filter(event=event).order_by("number"))
    absent = places[-1:] if len(places) > 1 else []
    marks = {place.pk: Presence.ABSENT if place in absent else Presence.PRESENT for place in places}
    attendance.record(event, marks, by=organiser)
    if example.key != "finished":
        return
    attendance.attach_list(event, by=organiser)
    attach(event, EvidenceKind.AGENDA, "Example: agenda of the peer review", organiser)
    for place, degree in zip(places, (Degree.LARGE, Degree.VERY_LARGE, Degree.SOME), strict=False):
        answer = {
            "capacity": degree,
            "respondent_type": RespondentType.STAFF,
            "policy_role": PolicyRole.IMPLEMENTER,
            "comment": "Example: we will ask the villages first.",
        }
        attendance.answer(place, answer)
