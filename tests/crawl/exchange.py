"""A site on which every page that is kept shows something of every kind, and the addresses of those pages."""

from datetime import date, time, timedelta
from io import StringIO

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from events import registration
from events.choices import AttendanceMode, NamesVisibleTo
from events.models import AgendaItem, EventMaterial, EventStatus
from home.models import TextPage
from knowledge.choices import ValidationKind
from knowledge.models import (
    InstrumentMeasure,
    InstrumentNeed,
    KeyFigure,
    Picture,
    ResourceItem,
    SourceDocument,
    TransferCondition,
    Validation,
)
from network.models import Partner
from network.rights import ADMINISTRATORS, AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from tests.factories import (
    CollectedChangeFactory,
    CollectedSourceFactory,
    EvidenceFactory,
    FocusAreaFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    ProjectFactory,
    RawMaterialFactory,
    RegionFactory,
    RegistrationFactory,
    TakenUpFactory,
    UserFactory,
    complete_practice,
)
from tests.factories.progress import (
    TargetFactory,
    counted_event,
    indicator,
    learned,
    make_periods,
    validated_change,
)

WEEK = timedelta(days=7)


def file(title, **about):
    """A file with some words in it."""
    content = ContentFile(f"This is {title}.".encode(), name=f"{title.replace(' ', '-')}.txt")
    return SourceDocument.objects.create(title=title, file=content, **about)


class Exchange:
    """People by name, things by name, and `addresses`: the pages that are kept, one of each kind."""

    def __init__(self, folder):
        self.folder = folder
        self.silence = StringIO()
        self.make_people()
        self.make_vocabulary()
        self.make_project()
        self.make_practices()
        self.make_instrument()
        self.make_events()
        self.about = TextPage.objects.get(slug="about")

    def make_people(self):
        def person(name, *groups, **fields):
            found = Group.objects.filter(name__in=groups)
            return UserFactory(email=f"{name}@example.org", first_name=name.title(), groups=found, **fields)

        self.aino = person("aino", CONTRIBUTORS)
        self.bruno = person("bruno", OFFICERS)
        self.birgit = person("birgit", OFFICERS)
        self.ilse = person("ilse", EXPERTS)
        self.axel = person("axel", AUDITORS)
        self.ada = person("ada", ADMINISTRATORS, is_superuser=True, is_staff=True)

    def make_vocabulary(self):
        self.country = RegionFactory(code="SE", name="Sweden", longitude=16.5, latitude=62.1)
        north = RegionFactory(code="SE3", name="Norra Sverige", parent=self.country)
        self.region = RegionFactory(
            code="SE33", name="Övre Norrland", parent=north, longitude=19.7, latitude=66.4
        )
        self.elsewhere = RegionFactory(code="PT18", name="Alentejo", longitude=-7.9, latitude=38.5)
        self.material = RawMaterialFactory(
            code="copper", name="Copper", symbol="Cu", is_critical=True, is_strategic=True
        )
        self.material.names.create(language="de", name="Kupfer")
        self.group = RawMaterialFactory(code="base-metals", name="Base metals", kind="group")
        self.group.members.add(self.material)
        self.focus = FocusAreaFactory(code="mine-waste", name="Mine waste")
        self.council = OrganisationFactory(name="Council of the north", region=self.region)
        self.agency = OrganisationFactory(name="Agency of the south", region=self.elsewhere)
        MembershipFactory(user=self.aino, organisation=self.council)

    def make_project(self):
        self.project = ProjectFactory(acronym="REMINE", title="Mines seen twice")
        Partner.objects.create(project=self.project, organisation=self.council)
        for key in ("GP", "PI", "EV", "ORG", "PPL"):
            TargetFactory(project=self.project, indicator=indicator(key), value=12, planned="2, 4, 6")
        today = timezone.localdate()
        self.periods = make_periods(self.project, date(today.year - 1, 1, 1), date(today.year, 12, 31))

    @property
    def own(self):
        return {"owner": self.aino, "organisation": self.council, "project": self.project}

    def make_practices(self):
        self.picture = Picture.objects.create(
            title="The heap",
            description="A grey heap",
            credit="Aino",
            licence="cc-by-4.0",
            file=get_test_image_file(filename="heap.png"),
        )
        about = {
            "regions": [self.region],
            "raw_materials": [self.material],
            "focus_areas": [self.focus],
            "stages": {"recycling": "main", "extraction": "touched"},
        }
        self.practice = complete_practice(
            title="Tailings reworked",
            slug="tailings",
            live=True,
            first_published_at=timezone.now() - WEEK,
            last_published_at=timezone.now() - WEEK,
            picture=self.picture,
            website="https://example.org/tailings",
            staff_fte=2,
            **self.own,
            **about,
        )
        self.practice.key_figures = [KeyFigure(value="12 t", label="Copper won", basis="2025")]
        self.practice.resource_items = [ResourceItem(what="A mill", paid_by="The council", amount=1000)]
        self.practice.transfer_conditions = [
            TransferCondition(condition="Old tailings", factor="geology", difficulty="hard")
        ]
        self.practice.keywords.add("re-mining")
        self.practice.save_revision(user=self.aino).publish()
        self.document = file("the report", uploaded_by_user=self.aino, organisation=self.council)
        self.evidence = EvidenceFactory(
            page=self.practice, title="Report on the tailings", document=self.document, url="", date="2025-05"
        )
        Validation.objects.create(page=self.practice, kind=ValidationKind.COUNTED, by=self.bruno)
        Validation.objects.create(
            page=self.practice, kind=ValidationKind.DATABASE, by=self.ilse, opinion="It works elsewhere."
        )
        self.collected = GoodPracticePageFactory(title="A practice from a list", slug="collected", **about)
        self.source = CollectedSourceFactory(page=self.collected)
        self.restricted = GoodPracticePageFactory(title="For some only", slug="restricted")
        self.restriction = PageViewRestriction.objects.create(page=self.restricted, restriction_type="login")
        self.draft = complete_practice(title="Written and not shown", slug="draft", **self.own, **about)
        self.draft.save_revision(user=self.aino)

    def make_instrument(self):
        self.instrument = PolicyInstrumentPageFactory(
            title="Plan for old mines",
            slug="plan",
            regions=[self.region],
            raw_materials=[self.material],
            focus_areas=[self.focus],
            valid_from=2020,
            valid_to=timezone.localdate().year,
            budget_total=1000000,
            baseline=file("the old plan", uploaded_by_user=self.aino),
            **self.own,
        )
        self.instrument.needs = [InstrumentNeed(need="Calls for re-mining", today="None")]
        self.instrument.measures = [InstrumentMeasure(name="Measure 1", budget=5000, next_call="2027")]
        self.instrument.partners = [self.agency]
        self.instrument.save_revision(user=self.aino).publish()
        self.change = validated_change(
            self.instrument, title="A call for tailings", decided_by=self.agency, validated_by=self.bruno
        )
        TakenUpFactory(change=self.change, by=self.bruno)
        self.inspiration = self.change.inspirations.create(practice=self.practice, taken="The mill")
        self.change.save()
        self.found = PolicyChangeFactory(instrument=self.instrument, title="A change that was found")
        CollectedChangeFactory(change=self.found)
        self.claim = PolicyChangeFactory(
            instrument=self.instrument, title="A change that is claimed", claimed_by=self.aino
        )
        self.claim.inspirations.create(practice=self.practice, taken="The idea")
        self.claim.save()
        EvidenceFactory(change=self.claim, kind="official-decision", title="The decision")

    def make_events(self):
        own = self.own | {
            "regions": [self.region],
            "focus_areas": [self.focus],
            "raw_materials": [self.material],
        }
        self.event = LearningEventPageFactory(
            title="Day of the tailings",
            slug="day",
            mode="hybrid",
            city="Kiruna",
            venue="The old mill",
            publish_participants=NamesVisibleTo.ALL,
            **own,
        )
        self.event.practices = [self.practice]
        self.event.instruments = [self.instrument]
        day = self.event.local_start.date()
        self.event.agenda_items = [AgendaItem(day=day, start=time(9), title="Welcome", speakers="Aino")]
        self.event.materials = [
            EventMaterial(title="Slides", document=file("the slides"), note="English"),
            EventMaterial(
                title="Film", url="https://example.org/film", available_from=day - timedelta(days=7)
            ),
        ]
        self.event.save_revision(user=self.aino).publish()
        places = {AttendanceMode.ON_SITE: 6, AttendanceMode.ONLINE: 9}
        registration.change_capacity(self.event, places, by=self.aino)
        self.guest = RegistrationFactory(
            event=self.event,
            number=1000,
            shows_name=True,
            participant=ParticipantFactory(organisation=self.council),
        )
        self.past = counted_event(days=3, title="Day of the mill", slug="past", **own)
        self.list, self.agenda = self.past.evidence.order_by("pk")
        learned(self.past, organisation=self.council)
        self.change.learned_at.add(self.past)
        self.cancelled = LearningEventPageFactory(title="Called off", slug="cancelled", **own)
        EventStatus.objects.create(
            event=self.cancelled, cancelled_at=timezone.now(), cancel_reason="Snow on the road"
        )

    @property
    def addresses(self):
        """{name: address} of the pages that are compared."""
        return {
            "front": "/",
            "practice": "/good-practices/tailings/",
            "collected": "/good-practices/collected/",
            "instrument": "/policy-instruments/plan/",
            "event": "/events/day/",
            "past event": "/events/past/",
            "cancelled event": "/events/cancelled/",
            "event with dates": "/events/dates/",
            "text": "/about/",
            "privacy": "/privacy/",
            "accessibility": "/accessibility/",
            "region": "/regions/SE33/",
            "country": "/regions/SE/",
            "material": "/materials/copper/",
            "group": "/materials/base-metals/",
            "regions": "/regions/",
            "materials": "/materials/",
            "events": "/events/",
            "progress": "/progress/",
            "progress of one": "/progress/?project=REMINE",
            "records": "/progress/GP/",
            "records of a period": "/progress/GP/?project=REMINE&period=2",
            "records of organisations": "/progress/ORG/",
            "records of people": "/progress/PPL/",
            "all records": "/progress/all/",
            "search": "/search/",
            "newest": "/search/?sort=newest",
            "practices": "/good-practices/",
            "practices narrowed": "/good-practices/?stage=recycling&material=copper",
            "map": "/good-practices/?view=map",
            "table": "/good-practices/?view=table",
            "instruments": "/policy-instruments/",
            "restricted": "/good-practices/restricted/",
            "draft": "/good-practices/draft/",
        }


# What nobody gets from memory: who may see it, and whether it is there, is asked each time.
NEVER_KEPT = ("restricted", "draft")
