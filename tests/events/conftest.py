from datetime import timedelta

import pytest
from django.utils import timezone

from events.participants import Person
from network.models import Letter, User
from tests.factories import UserFactory


@pytest.fixture
def guest():
    """What somebody without an account says about themselves: `guest("carla")`."""

    def person(name, **said):
        said = {"country": "SE"} | said
        return Person(email=f"{name.lower()}@example.org", name=name, **said)

    return person


@pytest.fixture
def member():
    """Somebody with an account, who need not confirm their address: `member("Aino")`."""

    def person(name, **said):
        email = f"{name.lower()}@example.org"
        user = User.objects.filter(email=email).first() or UserFactory(email=email)
        return Person(email=email, name=name, user=user, **({"country": "SE"} | said))

    return person


@pytest.fixture
def letter_left():
    """The letter that asks a guest to confirm leaves: `letter_left(registration, minutes_ago=10)`."""

    def left(registration, minutes_ago=0):
        sent_at = timezone.now() - timedelta(minutes=minutes_ago)
        Letter.objects.filter(about=f"registration:{registration.pk}").update(sent_at=sent_at)

    return left


@pytest.fixture
def letters():
    """The letters written so far, the oldest first, as (to, subject, calendar method)."""

    def written():
        return list(Letter.objects.order_by("pk").values_list("to", "subject", "calendar_method"))

    return written
