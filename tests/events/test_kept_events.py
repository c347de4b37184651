"""Kept pages about events: what changes a place, and the clock, has just those drawn anew that show it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from events import attendance, erasure, registration
from events.models import EventMaterial, Participant, Registration
from events.participants import Person
from home.kept_pages import kept_pages
from network import content_version
from network.content_version import CONTENT, seats_of
from network.models import Letter
from tests.factories import (
    AttendanceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    RegionFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.factories.progress import counted_event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.KEPT_PAGES_MB = 64


@pytest.fixture
def event():
    event = LearningEventPageFactory(title="Permits for re-mining", slug="permits", mode="hybrid")
    registration.change_capacity(event, {"on-site": 3}, by=None)
    return event


@pytest.fixture
def at(monkeypatch):
    """The clock goes on: `at(moment)`."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def read(address):
    """What a visitor reads there, and whether it came from memory."""
    before = kept_pages.hits
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode(), kept_pages.hits > before


def says(address, text):
    """Whether the page at this address says so; drawn once and then kept, it is asked a second time."""
    first, _ = read(address)
    again, is_kept = read(address)
    assert is_kept and again == first
    return text in first


def test_a_registration_changes_the_page_and_the_lists_of_its_event_and_leaves_all_others(event, member):
    practice, carla = GoodPracticePageFactory(), member("Carla")
    other = LearningEventPageFactory(slug="other")
    shown = ["/events/permits/", "/events/", "/events/?where=on-site"]
    others = ["/", practice.url, other.url, "/events/?kind=webinar", "/regions/", "/progress/", "/search/"]
    for address in shown + others:
        read(address)
    for address in shown + others:
        assert read(address)[1], address

    registration.register(event, carla, "on-site")

    assert [address for address in shown if read(address)[1]] == []
    assert [address for address in others if not read(address)[1]] == []
    assert says("/events/permits/", "2 of 3 places left")
    assert says("/events/", "2 places left on site")


def test_a_guest_in_the_browser_takes_a_place_and_others_read_it_at_once(event):
    assert says("/events/permits/", "3 of 3 places left")

    data = {"mode": "on-site", "name": "Carla", "email": "carla@example.org", "country": ""}
    carla = Client()
    answer = carla.post("/events/permits/register/", data, follow=True)

    assert "A letter to carla@example.org is on its way" in answer.content.decode()
    assert says("/events/permits/", "2 of 3 places left")
    assert "carla" not in read("/events/permits/")[0]


# Who raises what


@pytest.fixture
def raised(event):
    """Which numbers rise by doing something: `raised(what)`; "event" is the one of the event's places."""
    names = {"content": CONTENT, "event": seats_of(event.pk)}

    def rises(what):
        before = content_version.numbers(names.values())
        what()
        after = content_version.numbers(names.values())
        return {name for name, key in names.items() if after[key] > before[key]}

    return rises


def test_each_change_of_a_place_raises_the_number_of_its_event_alone(event, raised, guest, member):
    by, eve = UserFactory(), member("Eve")
    firm, other = (registration.register(event, member(name), "online") for name in ("Aino", "Bruno"))
    held = registration.register(event, guest("Carla"), "on-site")
    person = Person("aino@example.org", "Aino", country="FI")

    for change in (
        lambda: registration.register(event, guest("Dora"), "on-site"),
        lambda: registration.register(event, eve, "on-site"),
        lambda: registration.confirm(held),
        lambda: registration.change_mode(firm, "on-site"),
        lambda: registration.correct(firm, person, {"needs": "Captions"}),
        lambda: registration.change_capacity(event, {"on-site": 9}, by=by),
        lambda: registration.withdraw(firm),
        lambda: registration.remove(other, "Twice here.", by=by),
    ):
        assert raised(change) == {"event"}


def test_a_hold_that_runs_out_raises_the_number_of_its_event_alone(event, raised, guest, letter_left):
    letter_left(registration.register(event, guest("Carla"), "on-site"), minutes_ago=31)

    assert raised(registration.release_expired_holds) == {"event"}
    assert raised(registration.release_expired_holds) == set()


def test_what_is_shown_to_nobody_raises_nothing(event, raised, member):
    place = registration.register(event, member("Aino"), "on-site")
    AttendanceFactory(registration=place)
    later = event.end + timedelta(hours=1)

    assert raised(lambda: Letter.objects.update(sent_at=timezone.now())) == set()
    assert raised(lambda: attendance.ask_those_present(event, by=UserFactory(), now=later)) <= {"content"}
    assert raised(lambda: Registration.objects.update(needs="")) == set()


def test_what_progress_counts_raises_the_content(event, raised):
    place, user = RegistrationFactory(event=event), UserFactory()
    later, last = event.end + timedelta(hours=1), event.end + timedelta(weeks=100)
    answer = {"capacity": 5, "respondent_type": "staff"}

    for change in (
        lambda: attendance.record(event, {place.pk: "present"}, by=user, now=later),
        lambda: attendance.answer(place, answer),
        lambda: attendance.attach_list(event, by=user, now=later),
        lambda: registration.cancel_event(LearningEventPageFactory(), "Snow", by=user),
        lambda: erasure.erase_expired(last),
    ):
        assert "content" in raised(change)


def test_who_describes_themselves_anew_is_counted_anew_at_their_other_events(event, raised, member):
    elsewhere = LearningEventPageFactory(slug="elsewhere")
    registration.register(event, member("Aino"), "on-site")
    there = registration.register(elsewhere, member("Bruno"), "on-site")

    def registers(**said):
        registration.register(elsewhere, member("Aino", **said), "on-site")

    assert raised(registers) == set()
    registration.withdraw(Registration.objects.get(event=elsewhere, participant__name="Aino"))
    assert raised(lambda: registers(country="FI")) == {"event"}
    assert raised(lambda: registration.correct(there, Person("", "Bruno"), {"needs": ""})) == set()

    AttendanceFactory(registration=Registration.objects.get(event=event))
    registration.withdraw(Registration.objects.get(event=elsewhere, participant__name="Aino"))
    assert "content" in raised(lambda: registers(country="PL"))


def test_who_drops_their_organisation_is_counted_without_it(event, member):
    place = registration.register(event, member("Aino", organisation="Region North"), "on-site")
    elsewhere = LearningEventPageFactory(slug="elsewhere")
    registration.register(elsewhere, member("Aino", organisation="Region North"), "on-site")
    assert says("/events/elsewhere/", "from 1 organisation")

    registration.correct(place, Person("", "Aino", country="SE"), {"needs": ""})

    assert not says("/events/elsewhere/", "from 1 organisation")
    assert Participant.objects.get().organisation_as_stated == ""


# The clock


def test_pages_say_at_its_moment_that_registration_opens_and_ends_and_that_the_event_is_over(event, at):
    # At noon: at midnight every page is drawn anew.
    now = timezone.localtime().replace(hour=12) + timedelta(days=1)
    opens, closes = now + timedelta(minutes=1), now + timedelta(minutes=3)
    start, end = now + timedelta(minutes=4), now + timedelta(minutes=6)
    facts = {"registration_opens": opens, "registration_closes": closes, "start": start, "end": end}
    for name, moment in facts.items():
        setattr(event, name, moment)
    event.save()
    least = timedelta(microseconds=1)

    def both():
        """(what its own page says, the text of the list)"""
        own, listed = read("/events/permits/")[0], read("/events/")[0]
        words = ("Registration opens on", "places left</dd>", "Registration has closed", "This event is over")
        return [word for word in words if word in own], BeautifulSoup(listed, "html.parser").main.text

    said = {}
    for moment in (now, opens, closes, end):
        at(moment)
        said[moment] = both()
        kept_pages.forget()
        assert both() == said[moment]
        at(moment + timedelta(seconds=30))
        assert (both(), read("/events/permits/")[1], read("/events/")[1]) == (said[moment], True, True)
    for before, moment in ((now, opens), (opens, closes), (start, end)):
        at(before)
        kept_pages.forget()
        at(moment - least)
        both()
        at(moment)
        assert both() == said[moment]

    assert [own for own, _listed in said.values()] == [
        ["Registration opens on"],
        ["places left</dd>"],
        ["Registration has closed"],
        ["This event is over"],
    ]
    assert len({listed for _own, listed in said.values()}) == 4


def test_a_place_is_free_again_as_the_hold_ends_though_nothing_is_written(event, at, guest, letter_left):
    letter_left(registration.register(event, guest("Carla"), "on-site"))
    sent_at = Letter.objects.get().sent_at

    assert says("/events/permits/", "2 of 3 places left")
    at(sent_at + timedelta(minutes=29))
    assert says("/events/permits/", "2 of 3 places left")
    at(sent_at + timedelta(minutes=30))
    assert says("/events/permits/", "3 of 3 places left")
    assert says("/events/", "3 places left on site")


def test_a_letter_that_leaves_after_the_page_was_drawn_ends_the_hold_in_time_too(event, at, guest):
    registration.register(event, guest("Carla"), "on-site")
    drawn = timezone.now()
    at(drawn)
    assert says("/events/permits/", "2 of 3 places left")

    Letter.objects.update(sent_at=drawn + timedelta(seconds=5))

    at(drawn + timedelta(minutes=29))
    assert says("/events/permits/", "2 of 3 places left")
    at(drawn + timedelta(minutes=30, seconds=5))
    assert says("/events/permits/", "3 of 3 places left")


def test_a_paper_is_out_at_midnight_of_the_place(event, at):
    zone = ZoneInfo("Atlantic/Azores")
    today = timezone.localdate()
    event.timezone = zone.key
    event.materials = [
        EventMaterial(
            title="Slides", url="https://example.org/slides", available_from=today + timedelta(days=1)
        )
    ]
    event.save()
    midnight = datetime.combine(today + timedelta(days=1), datetime.min.time(), tzinfo=zone)

    at(midnight - timedelta(seconds=1))
    assert not says("/events/permits/", "https://example.org/slides")
    at(midnight)
    assert says("/events/permits/", "https://example.org/slides")


def test_a_narrowed_list_counts_an_event_as_held_that_it_does_not_show(at):
    now = timezone.now()
    LearningEventPageFactory(start=now, end=now + timedelta(minutes=5))
    before = read("/events/?kind=webinar")[0]

    at(now + timedelta(minutes=5))

    assert read("/events/?kind=webinar")[0] != before


def test_the_front_page_shows_the_next_event_as_the_first_ends(at):
    now = timezone.now()
    for number in range(5):
        end = now + timedelta(minutes=5 + number)
        LearningEventPageFactory(title=f"Event no {number}", start=now, end=end)
    assert says("/", "Event no 3") and not says("/", "Event no 4")

    at(now + timedelta(minutes=5))

    assert says("/", "Event no 4") and not says("/", "Event no 0")


def test_the_page_of_a_region_calls_an_event_past_as_it_begins(at):
    now = timezone.now()
    start = now + timedelta(minutes=5)
    end = start + timedelta(hours=2)
    LearningEventPageFactory(regions=[RegionFactory(code="SE33")], start=start, end=end)
    at(now)
    assert not says("/regions/SE33/", "Past event")

    at(start)

    assert says("/regions/SE33/", "Past event")


@pytest.mark.parametrize("address", ["/", "/progress/", "/progress/ev/"])
def test_progress_counts_an_event_as_it_ends(at, address):
    event = counted_event()
    now = timezone.now()
    event.start, event.end = now - timedelta(minutes=5), now + timedelta(minutes=5)
    event.timezone = "Europe/Brussels"
    event.save()
    at(now)
    # What they count is remembered for all three; each still has to know until when it holds.
    for other in ("/", "/progress/ev/", "/progress/"):
        read(other)
    before, _ = read(address)
    assert read(address) == (before, True)

    at(event.end)

    after, _ = read(address)
    kept_pages.forget()
    assert after == read(address)[0] != before
