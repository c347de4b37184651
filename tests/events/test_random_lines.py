"""Whatever people, guests, organisers and the clock do in whichever order, the line keeps its promises."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from events import registration
from events.choices import RegState
from events.models import Places, Registration
from events.participants import Person
from network.models import Letter
from tests.factories import LearningEventPageFactory, UserFactory

pytestmark = pytest.mark.django_db
NAMES = [f"person{number}" for number in range(6)]
WHO = st.sampled_from(NAMES)


class TheLine(RuleBasedStateMachine):
    """One event with few places, six people, and a clock that only goes forward."""

    def __init__(self):
        super().__init__()
        Registration.objects.all().delete()
        self.event = LearningEventPageFactory()
        self.now = timezone.now()
        registration.change_capacity(self.event, {"on-site": 3}, by=None, now=self.now)
        self.users = {}

    def place_of(self, name):
        return Registration.objects.filter(event=self.event, participant__email=f"{name}@example.org").first()

    @rule(name=WHO)
    def guest_asks(self, name):
        person = Person(f"{name}@example.org", name)
        registration.register(self.event, person, "on-site", client="192.0.2.1", now=self.now)

    @rule(name=WHO)
    def member_registers(self, name):
        self.users[name] = user = self.users.get(name) or UserFactory()
        person = Person(f"{name}@example.org", name, user=user)
        registration.register(self.event, person, "on-site", now=self.now)

    @rule(name=WHO)
    def confirms(self, name):
        place = self.place_of(name)
        if place and (place.is_unconfirmed or place.state in registration.STANDING):
            before = place.state
            ahead = set(self.waiting().filter(number__lt=place.number).values_list("number", flat=True))
            still_held = Registration.objects.held(self.now).filter(pk=place.pk).exists()
            after = registration.confirm(place, now=self.now)
            # Who holds a place has it; who comes late never passes somebody who asked before and waits.
            assert not (before == RegState.HELD and still_held) or after.state == RegState.CONFIRMED
            if after.state == RegState.CONFIRMED and before == RegState.ASKED:
                assert not ahead

    @rule(name=WHO)
    def withdraws(self, name):
        if place := self.place_of(name):
            registration.withdraw(place, now=self.now)

    @rule(places=st.integers(0, 7))
    def places_change(self, places):
        try:
            registration.change_capacity(self.event, {"on-site": places}, by=None, now=self.now)
        except registration.Refused:
            assert self.taken() > places

    @rule()
    def letters_leave(self):
        Letter.objects.filter(sent_at=None).update(sent_at=self.now)

    @rule(minutes=st.sampled_from([1, 10, 31]))
    def time_goes_by(self, minutes):
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.now)
    @rule()
    def the_worker_comes(self):
        registration.release_expired_holds(self.now)
        assert not Registration.objects.held_too_long(self.now).exists()

    def waiting(self):
        return Registration.objects.waiting().filter(event=self.event)

    def taken(self):
        return Registration.objects.with_place().filter(event=self.event).count()

    @invariant()
    def no_place_is_given_twice(self):
        assert self.taken() <= Places.objects.get(event=self.event, mode="on-site").capacity

    @invariant()
    def nobody_waits_for_a_place_that_is_free(self):
        free = Places.objects.get(event=self.event, mode="on-site").capacity - self.taken()
        assert not free or not self.waiting().exists()

    @invariant()
    def numbers_are_given_once_and_what_was_typed_only_waits(self):
        rows = list(Registration.objects.filter(event=self.event))
        assert len({row.number for row in rows}) == len(rows)
        assert all(bool(row.stated) == row.is_unconfirmed for row in rows)
        assert all(bool(row.client) <= (row.state == RegState.HELD) for row in rows)


class TestTheLine(TestCase):
    def test_the_line_keeps_its_promises(self):
        run_state_machine_as_test(
            TheLine,
            settings=settings(
                max_examples=12,
                stateful_step_count=20,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
