"""Who a registration is about: a person's one row, what they say; organisations linked only when sure."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from events.choices import Presence
from events.models import Participant
from language.typed import as_key
from network import content_version
from network.content_version import CONTENT, seats_of
from network.mailboxes import kept
from network.models import Organisation


@dataclass(frozen=True)
class Person:
    """What a person says about themselves; `user` when they are signed in."""

    email: str
    name: str
    organisation: str = ""
    country: str = ""
    user: Any = None


def participant_for(person):
    """The person's one row, made when missing. Only who is signed in is described in it.

    Somebody who types an address need not be the person: what they say waits in the registration, and
    nothing that is known changes, until the link in the letter to that address is used.
    """
    participant = Participant.objects.filter(user=person.user).first() if person.user else None
    if participant is None:
        participant, _is_new = Participant.objects.get_or_create(email=kept(person.email))
    if person.user:
        participant.user = participant.user or person.user
        describe(participant, person)
    return participant


def describe(participant, person, *, drops_organisation=False):
    """Keep what the person says about themselves; what they leave out stays as it is known, but an
    organisation that they drop."""
    before = shown_of(participant)
    participant.name = person.name or participant.name
    participant.country = person.country or participant.country
    if person.organisation or drops_organisation:
        organisation = organisation_for(person) if person.organisation else None
        participant.organisation = organisation
        participant.organisation_as_stated = "" if organisation else person.organisation
    participant.save()
    if shown_of(participant) != before:
        raise_numbers(participant)


def shown_of(participant):
    """What pages show of a person, if only in numbers."""
    return (
        participant.name,
        participant.country,
        participant.organisation_id,
        participant.organisation_as_stated,
    )


def raise_numbers(participant):
    """Have every page drawn anew that shows this person: of their events, and where they were present of all
    that counts them."""
    rows = participant.registrations.values_list("event_id", "attendance__presence")
    content_version.rise(
        *(CONTENT if presence == Presence.PRESENT else seats_of(event_id) for event_id, presence in rows)
    )


def organisation_for(person):
    """The organisation with exactly this name, if there is exactly one; None otherwise."""
    name = as_key(person.organisation)
    found = Organisation.objects.filter(Q(name__iexact=name) | Q(name_original__iexact=name))
    bodies = {row.merged_into or row for row in found.select_related("merged_into")[:3]}
    return bodies.pop() if len(bodies) == 1 else None


def stated_by(person, needs, shows_name):
    """What a guest typed, as it waits in the registration."""
    return {
        "name": person.name,
        "organisation": person.organisation,
        "country": person.country,
        "needs": needs,
        "shows_name": shows_name,
    }


def take_over(registration):
    """Make what was typed what is known: the owner of the address has confirmed it."""
    said, participant = registration.stated, registration.participant
    describe(participant, Person(participant.email, said["name"], said["organisation"], said["country"]))
    registration.needs, registration.shows_name = said["needs"], said["shows_name"]
