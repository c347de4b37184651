"""What guests and organisers do: places, attendance, answers, and what is erased of them."""

from datetime import timedelta

from django.utils import timezone

from events import attendance, registration
from events.choices import AttendanceMode, Degree, RegState
from events.erasure import erase_expired
from events.erasure_on_request import erase_person
from events.models import Participant, Registration
from events.participants import Person
from tests.crawl.stories import NOWHERE, browser, post, story
from tests.factories import LearningEventPageFactory

ON_SITE, ONLINE = AttendanceMode.ON_SITE, AttendanceMode.ONLINE


def guest(name):
    return Person(email=f"{name.lower()}@example.org", name=name, country="SE")


@story("event", "events", "front")
def guests_register_confirm_and_withdraw(site):
    place = registration.register(site.event, guest("Carla"), ON_SITE, shows_name=True)
    yield
    registration.confirm(place)
    yield
    registration.withdraw(place)
    yield


@story("event")
def a_guest_says_otherwise_who_they_are(site):
    place = registration.register(site.event, guest("Cato"), ON_SITE, shows_name=True)
    registration.confirm(place)
    yield
    registration.correct(place, guest("Cato the elder"), {"needs": "", "shows_name": True})
    yield
    registration.correct(place, guest("Cato the elder"), {"needs": "A ramp", "shows_name": False})
    yield


@story("event")
def a_guest_takes_part_in_another_way(site):
    place = registration.register(site.event, guest("Dana"), ON_SITE)
    registration.confirm(place)
    yield
    registration.change_mode(Registration.objects.get(pk=place.pk), ONLINE)
    yield
    registration.remove(place, "Too many", by=site.aino)
    yield


@story("event", "events")
def places_are_fewer_all_taken_and_more_again(site):
    taken = Registration.objects.with_place().filter(event=site.event)
    few = {mode: taken.filter(mode=mode).count() + free for mode, free in ((ON_SITE, 2), (ONLINE, 0))}
    registration.change_capacity(site.event, few, by=site.aino)
    yield
    places = [registration.register(site.event, guest(f"Guest{n}"), ON_SITE) for n in range(3)]
    yield
    for place in places:
        registration.confirm(place)
    yield
    registration.change_capacity(site.event, {ON_SITE: 20, ONLINE: 9}, by=site.aino)
    yield


@story("event")
def a_guest_registers_with_the_browser(site):
    address = f"/events/{site.event.slug}/register/"
    data = {"mode": ONLINE, "name": "Eve", "email": "eve@example.org", "country": "SE"}
    answer = browser(site.axel).post(address, data, follow=True)
    assert answer.status_code == 200
    assert Registration.objects.filter(event=site.event, mode=ONLINE).exists()
    yield


@story("event")
def places_are_written_by_hand(site):
    Registration.objects.filter(event=site.event, state=RegState.CONFIRMED).update(shows_name=True)
    yield
    Participant.objects.filter(registrations__event=site.event).update(name="Somebody else")
    yield
    site.event.places.filter(mode=ONLINE).update(capacity=7)
    yield


@story("events", "front")
def an_event_is_called_off(site):
    event = LearningEventPageFactory(title="Day that is called off", days=12, **site.own)
    yield
    post(site.aino, "event_cancel", event.slug, reason="Snow")
    event.refresh_from_db()
    assert event.status.cancelled_at
    yield


@story("past event", "progress", "records of people", "events")
def attendance_is_marked_and_its_list_attached(site):
    present = Registration.objects.attended().filter(event=site.past).first()
    attendance.record(site.past, {present.pk: "absent"}, by=site.aino)
    yield
    attendance.record(site.past, {present.pk: "present"}, by=site.aino)
    yield
    site.list.delete()
    yield
    attendance.attach_list(site.past, by=site.aino)
    yield


@story("progress", "records of people")
def the_survey_is_answered(site):
    person = Registration.objects.attended().filter(event=site.past, survey_answer=None).first()
    attendance.ask_those_present(site.past, by=site.aino)
    yield NOWHERE
    values = {"capacity": Degree.VERY_LARGE, "respondent_type": "staff", "policy_role": "", "comment": "x"}
    attendance.answer(person, values)
    yield
    attendance.answer(person, values | {"capacity": Degree.SMALL})
    yield


@story("event")
def a_person_asks_to_be_erased(site):
    place = registration.register(site.event, guest("Fausta"), ON_SITE, shows_name=True)
    registration.confirm(place)
    yield
    erase_person("fausta@example.org")
    yield


@story("past event", "progress")
def what_is_known_of_people_is_erased_in_time(site):
    erase_expired(timezone.now() + timedelta(weeks=20))
    # How many came stays counted.
    yield NOWHERE


@story("event", "events")
def the_join_link_and_the_organisers_are_set(site):
    post(
        site.aino,
        "event_places",
        site.event.slug,
        **{"on-site": 18, "online": 9},
        url="https://meet.example.org/1",
        code="",
        visible_hours=24,
    )
    yield NOWHERE
    post(site.aino, "event_organisers", site.event.slug, email="birgit@example.org")
    yield NOWHERE
