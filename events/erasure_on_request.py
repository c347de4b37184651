"""Erasing what is known about one person because that person asks for it.

Each such erasure is kept in a register outside the database, which names nobody: a restored backup may bring
the person back, and the register says that they are to be erased again.
"""

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime

from events import registration as door
from events.choices import STANDING, UNCONFIRMED
from events.erasure import blank
from events.models import Participant, Registration
from network.models import Letter
from network.spreadsheets import csv_line

REGISTER = "erased_on_request.csv"


@dataclass(frozen=True)
class ErasedPerson:
    """How much was blanked or deleted."""

    registrations: int
    accounts: int
    letters: int


def erase_person(email, now=None):
    """Erase what is known about whoever has this address, and keep in the register that it was done.

    A place at an event that is still to come is given up first, so that the next in line gets it. Pages and
    decisions stay, and say that somebody without a name wrote or took them.
    """
    now = now or timezone.now()
    erased = erase(email, before=now, now=now)
    enter_in_register(email, now)
    return erased


def erase_again(now=None):
    """Erase once more whom the register names and an older backup has brought back; gives back how many.

    What somebody wrote or registered for after their erasure stays.
    """
    now = now or timezone.now()
    register = entries()
    found = 0
    for email in known_addresses() if register else ():
        if moment := register.get(hash_of(email)):
            erased = erase(email, before=moment, now=now)
            found += erased != ErasedPerson(0, 0, 0)
    return found


@transaction.atomic
def erase(email, *, before, now):
    """Erase what is known about this address from before a moment."""
    email = email.strip().lower()
    letters = Letter.objects.filter(pk__in=letters_naming(email), written_at__lte=before)
    number = letters.count()
    mine = Q(participant__email__iexact=email) | Q(participant__user__email__iexact=email)
    registrations = list(
        Registration.objects.filter(mine, erased_at=None, registered_at__lte=before).select_related(
            "event", "participant"
        )
    )
    for registration in registrations:
        if registration.state in STANDING + UNCONFIRMED and registration.event.end > now:
            door.withdraw(registration, now=now)
    # As the door left them.
    registrations = list(
        Registration.objects.filter(pk__in=[one.pk for one in registrations]).select_related(
            "event", "participant"
        )
    )
    blank(registrations, now)
    letters.delete()
    accounts = [
        close_account(user)
        for user in get_user_model().objects.filter(email__iexact=email, date_joined__lte=before)
    ]
    return ErasedPerson(len(registrations), len(accounts), number)


def letters_naming(email):
    """The keys of the letters to this address, and of those whose text names it: as a whole, since
    a@example.org stands in maria@example.org too."""
    whole = re.compile(rf"(?<![\w.+%-]){re.escape(email)}(?!-?\w|\.\w)", re.IGNORECASE)
    named = Letter.objects.filter(text__icontains=email).values_list("pk", "text")
    sent = Letter.objects.filter(to__iexact=email).values_list("pk", flat=True)
    return {*sent, *(pk for pk, text in named.iterator() if whole.search(text))}


def close_account(user):
    """Leave of an account only that there was one: history names it for what it did."""
    for rows in (user.emailaddress_set, user.authenticator_set, user.saved_searches, user.memberships):
        rows.all().delete()
    profile = getattr(user, "wagtail_userprofile", None)
    if profile:
        profile.delete()
    Participant.objects.filter(user=user).update(user=None)
    user.email = f"erased-{user.pk}@invalid.invalid"
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.groups.clear()
    user.set_unusable_password()
    user.save()
    return user


# The register


def enter_in_register(email, moment):
    """Add a line: a keyed hash of the address, and when. Only this site can tell whose it is."""
    # Nobody else may read even that.
    file = os.open(register_path(), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(file, "a", newline="") as lines:
        lines.write(csv_line([hash_of(email), moment.isoformat()]))
        lines.flush()
        os.fsync(lines.fileno())


def entries():
    """{hash: the last moment of its erasure}."""
    try:
        with register_path().open(newline="") as lines:
            rows = [row for row in csv.reader(lines) if len(row) == 2]
    except FileNotFoundError:
        return {}
    moments = ((hash_of_address, parse_datetime(moment)) for hash_of_address, moment in rows)
    return {hash_of_address: moment for hash_of_address, moment in moments if moment}


def register_path():
    return Path(settings.VAR_DIR) / REGISTER


def hash_of(email):
    return salted_hmac("events.erased_on_request", email.strip().lower(), algorithm="sha256").hexdigest()


def known_addresses():
    """Every address that the site knows, once."""
    people = Participant.objects.exclude(email="").values_list("email", flat=True)
    accounts = get_user_model().objects.values_list("email", flat=True)
    return {
        email.strip().lower() for email in (*people, *accounts, *Letter.objects.values_list("to", flat=True))
    }
