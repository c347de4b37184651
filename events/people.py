"""Who takes part in an event: in numbers for everybody, by name for those who may read names."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from events.choices import Presence, RegState
from events.models import Registration
from network import kept
from regions.models import Region


@dataclass(frozen=True)
class WhoIsComing:
    """Who has a place at an event, or was there, in numbers that name nobody."""

    people: int
    organisations: int
    places: tuple[tuple[str, int], ...]
    were_there: bool = False


def who_is_coming(event, now=None):
    """How many people from which regions have a place, or were there once that is known and the event is
    over; a person without a region stands for the country."""
    found = list(
        Registration.objects.filter(
            Q(state=RegState.CONFIRMED) | Q(attendance__presence=Presence.PRESENT), event_id=event.pk
        ).values_list(
            "state",
            "attendance__presence",
            "participant__organisation_id",
            "participant__organisation_as_stated",
            "participant__region__name",
            "participant__organisation__region__name",
            "participant__country",
        )
    )
    present = [row for _state, presence, *row in found if presence == Presence.PRESENT]
    were_there = bool(present) and event.is_over(now or timezone.now())
    rows = present if were_there else [row for state, _mark, *row in found if state == RegState.CONFIRMED]
    countries = country_names()
    organisations = {linked or stated.casefold() for linked, stated, *_ in rows if linked or stated}
    places = Counter(own or theirs or countries.get(country, "") for *_, own, theirs, country in rows)
    places.pop("", None)
    return WhoIsComing(
        people=len(rows),
        organisations=len(organisations),
        places=tuple(sorted(places.items(), key=lambda item: (-item[1], item[0]))),
        were_there=were_there,
    )


def country_names():
    """The English name of each country by its code."""
    return kept.remembered(
        "countries", lambda: dict(Region.objects.filter(level=0).values_list("code", "name"))
    )


def names_at(event):
    """The names of those who have a place and agreed to be named."""
    return list(
        Registration.objects.confirmed()
        .filter(event_id=event.pk, shows_name=True, erased_at=None)
        .exclude(participant__name="")
        .order_by("participant__name")
        .values_list("participant__name", flat=True)
    )


def people_on_list(event):
    """Everybody who ever registered for the event, with what the organiser's list shows. One query."""
    return (
        Registration.objects.filter(event_id=event.pk)
        .select_related("participant", "participant__organisation", "attendance")
        .order_by("mode", "number")
    )
