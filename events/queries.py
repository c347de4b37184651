"""What there is to know about events and places at them. Every function costs a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from events import moments, wording
from events.choices import AttendanceMode, EventMode, EventState, Presence, RegState
from events.models import EventStatus, JoinLink, LearningEventPage, Places, Registration
from events.rights import may_manage, may_open_editor, may_see_join_link
from network import kept
from network.rights import addresses_of, organisation_ids


@dataclass(frozen=True)
class PlacesLeft:
    """How many of the places in one mode are taken; `capacity` None means no limit."""

    mode: str
    capacity: int | None
    confirmed: int = 0
    held: int = 0
    waiting: int = 0

    @property
    def left(self):
        """Places a newcomer can have now, or None without limit. While anyone waits there are none."""
        if self.waiting:
            return 0
        return None if self.capacity is None else max(0, self.capacity - self.confirmed - self.held)

    @property
    def is_full(self):
        return self.left == 0

    @property
    def label(self):
        return AttendanceMode(self.mode).label


@dataclass(frozen=True)
class Situation:
    """Where one event stands at one moment."""

    state: EventState
    places: tuple[PlacesLeft, ...]

    @property
    def takes_registrations(self):
        """Whether one can register now, be it for the waiting list."""
        return self.state in (EventState.OPEN, EventState.FULL)

    @property
    def is_full(self):
        """Whether whoever registers now waits, in whichever way they take part."""
        return self.state == EventState.FULL

    @property
    def left(self):
        """Free places in all modes together, or None when one mode has no limit."""
        if any(places.left is None for places in self.places):
            return None
        return sum(places.left for places in self.places)

    @property
    def waiting(self):
        return sum(places.waiting for places in self.places)


def situations(events, now=None):
    """The situation of each of these events, by id. Three queries for any number of events."""
    now = now or timezone.now()
    cancelled = called_off(events)
    places = places_left(events, now)
    return {
        event.pk: Situation(
            state_of(event, places[event.pk], is_cancelled=event.pk in cancelled, now=now), places[event.pk]
        )
        for event in events
    }


def called_off(events):
    """Those of these events, by id, that were called off. Nothing is asked of those read along with that."""
    status = LearningEventPage._meta.get_field("status")
    known = {event.pk: status.get_cached_value(event) for event in events if status.is_cached(event)}
    off = {pk for pk, row in known.items() if row and row.cancelled_at}
    if unknown := [event.pk for event in events if event.pk not in known]:
        rows = EventStatus.objects.filter(event__in=unknown, cancelled_at__isnull=False)
        off |= set(rows.values_list("event_id", flat=True))
    return off


def situation(event, now=None):
    """The situation of one event."""
    return situations([event], now)[event.pk]


def places_left(events, now):
    """The places of each of these events, by id, in the order of the form. Two queries."""
    ids = [event.pk for event in events]
    capacity = {(row.event_id, row.mode): row.capacity for row in Places.objects.filter(event__in=ids)}
    taken = defaultdict(int)
    rows = (
        Registration.objects.filter(event__in=ids)
        .exclude(pk__in=Registration.objects.held_too_long(now).values("pk"))
        .order_by()
        .values_list("event_id", "mode", "state")
        .annotate(Count("pk"))
    )
    for event_id, mode, state, number in rows:
        taken[event_id, mode, state] = number
    return {
        event.pk: tuple(
            PlacesLeft(
                mode=mode.value,
                capacity=capacity.get((event.pk, mode)),
                confirmed=taken[event.pk, mode, RegState.CONFIRMED],
                held=taken[event.pk, mode, RegState.HELD],
                waiting=taken[event.pk, mode, RegState.WAITING],
            )
            for mode in event.modes_offered
        )
        for event in events
    }


def ends_of_holds(events, now):
    """When the places that are held at these events can become free. One query, none without events."""
    held = Registration.objects.held(now).filter(event__in=[event.pk for event in events])
    rows = held.values_list("hold_letter__sent_at", "changed_at") if events else []
    return [moments.end_of_hold(sent_at, changed_at, now) for sent_at, changed_at in rows]


def state_of(event, places, *, is_cancelled, now):
    """The state that follows from the clock, the places and whether the event was called off."""
    if is_cancelled:
        return EventState.CANCELLED
    if not event.live or event.pk is None or not event.is_dated:
        return EventState.DRAFT
    if event.is_over(now):
        return EventState.FINISHED
    if event.registration_opens and now < event.registration_opens:
        return EventState.OPENS_LATER
    if event.registration_ends <= now:
        return EventState.CLOSED
    if all(mode.is_full for mode in places):
        return EventState.FULL
    return EventState.OPEN


def upcoming(*, now=None, **narrowed_to):
    """Public events to come, the next first, narrowed as `narrowed` says."""
    return narrowed(LearningEventPage.objects.upcoming(now), **narrowed_to)


def past(*, now=None, **narrowed_to):
    """Public events that took place, the latest first, each with `people`: how many attended."""
    held = LearningEventPage.objects.past(now).filter(status__cancelled_at=None)
    return narrowed(held, **narrowed_to).annotate(
        people=Count("registrations", filter=Q(registrations__attendance__presence=Presence.PRESENT))
    )


def narrowed(events, kind="", where="", language="", focus=""):
    """The events of this kind, to be joined in this way, in this language, on this topic; empty means any."""
    if kind:
        events = events.filter(event_kind=kind)
    if where:
        events = events.filter(mode__in=[where, EventMode.HYBRID])
    if language:
        # A list of codes kept as JSON: as text, with its quotes, "de" matches only "de" on every database.
        events = events.alias(codes=Cast("languages", TextField())).filter(codes__contains=f'"{language}"')
    if focus:
        events = events.filter(focus_areas__code=focus)
    return events


def made_by(user):
    """The registrations of this person, made with the account or as a guest with its address."""
    mine = Q(participant__user=user) | Q(participant__email=user.email)
    return Registration.objects.filter(mine, erased_at=None).select_related(
        "event", "participant", "hold_letter"
    )


def registration_of(user, event):
    """This person's registration at this event, or None."""
    if user is None or user.is_anonymous:
        return None
    return made_by(user).filter(event_id=event.pk).first()


def registrations_of(user, limit=20):
    """The person's places as "My work" lists them: title, url, when, badge, label, manage_url."""
    return [
        {
            "title": registration.event.title,
            "url": wording.address_path(registration.event),
            "when": wording.dates(registration.event),
            "badge": wording.PLACE_BADGES[registration.state],
            "label": registration.get_state_display(),
            "manage_url": reverse("event_registration", args=[registration.token]),
        }
        for registration in made_by(user).order_by(F("event__start").desc(nulls_first=True), "-pk")[:limit]
    ]


def events_organised_by(user, limit=20):
    """The events this person manages by name or through an organisation, as "My work" lists them."""
    events = (
        LearningEventPage.objects.filter(
            Q(owner=user)
            | Q(organisers__email__in=addresses_of(user))
            | Q(organisation__in=organisation_ids(user))
        )
        .distinct()
        .order_by(F("start").desc(nulls_first=True), "-pk")[:limit]
    )
    states = situations(events)
    return [
        {
            "title": event.title,
            "url": page_for(user, event),
            "when": wording.dates(event),
            "label": states[event.pk].state.label,
            "manage_url": reverse("event_participants", args=[event.slug]),
        }
        for event in events
    ]


def page_for(user, event):
    """The event's public page; of a draft its editor, or the organisers' page for who may not change it."""
    if event.live:
        return wording.address_path(event)
    if may_open_editor(user, event):
        return reverse("wagtailadmin_pages:edit", args=[event.pk])
    return reverse("event_participants", args=[event.slug])


def next_events(limit=4, now=None):
    """The next public events, as components/event_row.html takes them; the first to end makes room."""
    now = now or timezone.now()
    events = list(upcoming(now=now)[:limit])
    kept.until(moments.next_of([event.end for event in events], now))
    return [wording.row(event) for event in events]


def next_end(now):
    """When the next public event ends, None without one to come: from then on it is among those held."""
    return upcoming(now=now).order_by("end").values_list("end", flat=True).first()


def position_in_line(registration):
    """The number on the waiting list, 1 for the next to get a place; None for who does not wait."""
    if registration.state != RegState.WAITING:
        return None
    ahead = Registration.objects.waiting().filter(
        event=registration.event_id, mode=registration.mode, number__lt=registration.number
    )
    return ahead.count() + 1


def join_link_for(event, *, user=None, registration=None, now=None):
    """The event's join link if this reader may see it, else None. No page reads that table otherwise."""
    if registration is None and not may_manage(user, event):
        return None
    link = JoinLink.objects.filter(event_id=event.pk).first()
    if link is None:
        return None
    link.event = event
    allowed = may_see_join_link(link, user=user, registration=registration, now=now or timezone.now())
    return link if allowed else None
