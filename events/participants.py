"""Who a registration is about: finding the one row of a person, linking organisations only when sure."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from events.models import Participant
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
    """The person's one row, made when missing.

    Somebody who only types an address may complete what is missing there, but not change what is known:
    they need not be the person. Who is signed in, or comes through their own link, may.
    """
    email = person.email.strip().lower()
    participant = None
    if person.user:
        participant = Participant.objects.filter(user=person.user).first()
    if participant is None:
        participant, is_new = Participant.objects.get_or_create(email=email)
    else:
        is_new = False
    trusted = is_new or person.user is not None
    if person.user and participant.user_id is None:
        participant.user = person.user
    describe(participant, person, overwrite=trusted)
    return participant


def describe(participant, person, *, overwrite):
    """Keep what the person says; without `overwrite` only where nothing is known."""
    if person.name and (overwrite or not participant.name):
        participant.name = person.name
    if person.country and (overwrite or not participant.country):
        participant.country = person.country
    if person.organisation and (overwrite or not participant.organisation_name):
        organisation = organisation_for(person)
        participant.organisation = organisation
        participant.organisation_as_stated = "" if organisation else person.organisation
    participant.save()


def organisation_for(person):
    """The organisation with exactly this name, if there is exactly one; None otherwise."""
    name = " ".join(person.organisation.split())
    found = Organisation.objects.filter(Q(name__iexact=name) | Q(name_original__iexact=name))
    bodies = {row.merged_into or row for row in found.select_related("merged_into")[:3]}
    return bodies.pop() if len(bodies) == 1 else None
