import pytest

from events.participants import Person
from network.models import Letter


@pytest.fixture
def guest():
    """What somebody without an account says about themselves: `guest("carla")`."""

    def person(name, **said):
        said = {"country": "SE"} | said
        return Person(email=f"{name.lower()}@example.org", name=name, **said)

    return person


@pytest.fixture
def letters():
    """The letters written so far, the oldest first, as (to, subject, calendar method)."""

    def written():
        return list(Letter.objects.order_by("pk").values_list("to", "subject", "calendar_method"))

    return written
