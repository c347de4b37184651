"""The moments at which pages read differently by themselves, and a clock that can be set to them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from events import registration
from events.choices import AttendanceMode
from events.models import EventMaterial
from events.participants import Person
from home import going_live
from knowledge.models import GoodPracticePage
from network.models import Letter
from tests.factories import LearningEventPageFactory

SECOND = timedelta(seconds=1)
# A long way from the site's own: its days begin eleven hours earlier.
AUCKLAND = ZoneInfo("Pacific/Auckland")


class Clock:
    """The clock of the site, set by hand; nothing of the site itself is replaced."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def set(self, moment):
        self.monkeypatch.setattr(timezone, "now", lambda: moment)


class Moments:
    """An event with every date there is, and when each of them comes."""

    def __init__(self, site):
        self.site = site
        self.begin = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
        self.event = LearningEventPageFactory(
            title="Day with dates",
            slug="dates",
            timezone="Pacific/Auckland",
            registration_opens=self.begin + timedelta(days=1),
            registration_closes=self.begin + timedelta(days=4),
            start=self.begin + timedelta(days=9),
            end=self.begin + timedelta(days=9, hours=3),
            **site.own,
        )
        self.release = (self.begin + timedelta(days=6)).astimezone(AUCKLAND).date()
        self.event.materials = [
            EventMaterial(title="Paper", url="https://example.org/paper", available_from=self.release)
        ]
        self.event.save_revision().publish()
        registration.change_capacity(self.event, {AttendanceMode.ON_SITE: 3}, by=site.aino)

    def in_order(self):
        """(what happens, when, pages on which it shows), the earliest first."""
        event = self.event
        midnight = datetime.combine(self.release, time(), AUCKLAND)
        shows = ("event with dates", "events")
        found = [
            ("registration opens", event.registration_opens, shows),
            ("a hold runs out", self.hold(), shows),
            ("registration closes", event.registration_closes, shows),
            ("a file is released at midnight in its zone", midnight, shows),
            ("an event begins", self.site.event.start, ("event", "events")),
            ("an event ends", event.end, ("event with dates", "events", "front")),
            ("midnight of the site", self.site_midnight(), ("events", "front")),
            ("the year ends", self.new_year(), ("instrument", "instruments", "events", "progress")),
        ]
        return sorted(found, key=lambda one: one[1])

    def hold_moment(self):
        return self.event.registration_opens + timedelta(hours=1)

    def hold(self):
        """When the place that is held for a guest is free again."""
        return self.hold_moment() + timedelta(minutes=30)

    def prepare(self, what, moment):
        """What has to be so before the moment comes."""
        if what == "a hold runs out":
            asked = self.hold_moment()
            person = Person(email="gil@example.org", name="Gil", country="SE")
            place = registration.register(self.event, person, AttendanceMode.ON_SITE, now=asked)
            Letter.objects.filter(about=f"registration:{place.pk}").update(sent_at=asked)

    def site_midnight(self):
        day = timezone.localdate(self.begin + timedelta(days=12))
        return timezone.make_aware(datetime.combine(day, time()))

    def new_year(self):
        return timezone.make_aware(datetime.combine(date(self.begin.year + 1, 1, 1), time()))


def go_live_and_expire(site, clock, begin):
    """A page goes live and expires on its day, by the worker's round: (what happened, whether it shows)."""
    draft = GoodPracticePage.objects.get(pk=site.draft.pk).get_latest_revision_as_object()
    draft.go_live_at, draft.expire_at = begin + timedelta(hours=1), begin + timedelta(hours=2)
    clock.set(begin)
    draft.save_revision().publish()
    yield "a day is set", False
    for what, hours in (("a page goes live on its day", 1), ("a page expires on its day", 2)):
        clock.set(begin + timedelta(hours=hours) + SECOND)
        yield f"{what}, before the round", False
        going_live.publish_due()
        yield what, True
