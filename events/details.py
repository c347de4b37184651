"""Everything the public page of one event prints, as finished values for one reader at one moment."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events import wording
from events.choices import STANDING, RegState
from events.following import follow_seats, until_next, until_out
from events.people import names_at, who_is_coming
from events.queries import join_link_for, position_in_line, registration_of, situation
from events.rights import may_manage, may_see_names
from knowledge.files import readable
from knowledge.models import GoodPracticePage, PolicyInstrumentPage
from knowledge.reading.marks import is_draft
from knowledge.restrictions import public
from regions.choices import Stage


@dataclass(frozen=True)
class Place:
    """The reader's own place."""

    label: str
    badge: str
    mode: str
    position: int | None
    held_until: str
    url: str
    stands: bool


@dataclass(frozen=True)
class Details:
    """What the page prints."""

    crumbs: list
    when: tuple
    where: tuple
    languages: str
    agenda: list
    materials: list
    practices: list
    instruments: list
    coming: object
    names: list
    situation: object
    seats: list
    notice: str
    cancel_reason: str
    place: Place | None
    join_link: object
    may_manage: bool
    closes: str
    keep_until: object


def details(event, user=None, now=None):
    """The values for this reader. A fixed number of queries, whatever the event holds."""
    now = now or timezone.now()
    follow_seats([event])
    stands = situation(event, now)
    until_next([event], {event.pk: stands}, now)
    registration = registration_of(user, event)
    sees_names = may_see_names(event, user=user, registration=registration)
    return Details(
        crumbs=[(_("Home"), "/"), (_("Events"), reverse("events"))],
        when=when(event),
        where=(event.city or wording.where(event), ", ".join(place_lines(event))),
        languages=wording.languages(event),
        agenda=agenda(event),
        materials=materials(event, user, now),
        practices=practice_cards(event),
        instruments=list(
            public(PolicyInstrumentPage.objects.live()).filter(pk__in=keys_of(event, event.instruments))
        ),
        coming=who_is_coming(event, now),
        names=names_at(event) if sees_names else [],
        situation=stands,
        seats=[(one.label, wording.seats(one)) for one in stands.places],
        notice=notice(event, stands),
        cancel_reason=cancel_reason(event),
        place=own_place(registration),
        join_link=join_link_for(event, user=user, registration=registration, now=now),
        may_manage=may_manage(user, event),
        closes=closes(event),
        keep_until=keep_until(event),
    )


def closes(event):
    """Until when one can register; empty while a draft does not say when it begins."""
    return wording.moment(event.registration_ends, event) if event.registration_ends else ""


def keep_until(event):
    """The day on which personal data about the event is erased; None while it does not say when it ends."""
    return event.local_end and (event.local_end + timedelta(weeks=event.retention_weeks)).date()


def when(event):
    """The days, and under them the year with the hours."""
    last = next(reversed(wording.known_days(event)), None)
    return (wording.dates(event, with_year=False), f"{last.year}, {wording.times(event)}" if last else "")


def place_lines(event):
    if not event.is_on_site:
        return []
    lines = [line for line in (event.venue, event.address) if line and line != event.city]
    return [*lines, _("and online")] if event.mode == "hybrid" else lines


def agenda(event):
    """The agenda by day: (date, items), in the order of the clock."""
    items = sorted(event.agenda_items.all(), key=lambda item: (item.day, item.start, item.sort_order or 0))
    return [(day, list(items)) for day, items in groupby(items, key=lambda item: item.day)]


def materials(event, user, now):
    """Papers and recordings; before their day, and of a file that is not for this reader, only the title."""
    rows, today = [], now.astimezone(event.zone).date()
    found = list(event.materials.select_related("document") if event.pk else event.materials.all())
    files = readable(user, [material.document_id for material in found])
    until_out(event, found, now)
    for material in found:
        is_out = material.available_from is None or material.available_from <= today
        if material.document_id:
            url = material.document.url if is_out and material.document_id in files else ""
        else:
            url = material.url if is_out else ""
        note = (
            material.note
            if is_out
            else _("from %(day)s") % {"day": wording.day(material.available_from, with_year=True)}
        )
        rows.append({"title": material.title, "url": url, "note": note})
    return rows


def practice_cards(event):
    """The published practices shown there, as components/card.html takes them."""
    practices = (
        public(GoodPracticePage.objects.live())
        .filter(pk__in=keys_of(event, event.practices))
        .only("title", "url_path", "start", "end")
        .prefetch_related("regions", "stage_marks")
    )
    return [
        {
            "url": wording.address_path(page),
            "title": page.title,
            "place": ", ".join(str(region) for region in page.regions.all()),
            "years": " – ".join(text[:4] for text in (page.start, page.end) if text),
            "stages": stages(page),
        }
        for page in practices
    ]


def keys_of(event, pages):
    """The primary keys of the pages that an event links to, asked for with what is asked of them."""
    found = pages.all()
    return [page.pk for page in found] if is_draft(event) else found.order_by().values("pk")


def stages(page):
    weights = {mark.stage: mark.weight for mark in page.stage_marks.all()}
    if not weights:
        return []
    return [
        {"key": stage.value, "name": stage.label, "weight": weights.get(stage.value, "")} for stage in Stage
    ]


def notice(event, stands):
    """Why one cannot register, in a sentence; empty while one can."""
    if stands.takes_registrations:
        return ""
    opens = wording.moment(event.registration_opens, event) if event.registration_opens else ""
    return {
        "draft": _("This event is not public yet."),
        "opens-later": _("Registration opens on %(moment)s.") % {"moment": opens},
        "closed": _("Registration has closed."),
        "cancelled": _("This event has been called off."),
        "finished": _("This event is over."),
    }[stands.state]


def cancel_reason(event):
    status = getattr(event, "status", None) if event.pk else None
    return status.cancel_reason if status and status.cancelled_at else ""


def own_place(registration):
    if registration is None:
        return None
    until = registration.held_until
    return Place(
        label=registration.get_state_display(),
        badge=wording.PLACE_BADGES[registration.state],
        mode=registration.get_mode_display(),
        position=position_in_line(registration),
        url=reverse("event_registration", args=[registration.token]),
        held_until=wording.clock(until, registration.event) if until else "",
        stands=registration.state in (*STANDING, RegState.HELD),
    )
