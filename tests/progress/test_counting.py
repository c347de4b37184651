from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.choices import Degree, Presence
from events.models import EventStatus
from knowledge.choices import ChangeStatus, EvidenceKind, RecordKind, ValidationKind
from knowledge.models import CollectedSource, Evidence, Validation
from progress.counting import CountedRecord, counted
from tests.factories import (
    GoodPracticePageFactory,
    OrganisationFactory,
    PolicyInstrumentPageFactory,
    ProjectFactory,
    RegionFactory,
)
from tests.factories.events import LearningEventPageFactory, SurveyAnswerFactory
from tests.factories.progress import (
    attach,
    counted_event,
    counted_practice,
    indicator,
    learned,
    present,
    validated_change,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def number(key, project=None, until=None):
    return len(counted(indicator(key), project, until))


def numbers(project=None):
    return {key: number(key, project) for key in ("PI", "GP", "EV", "ORG", "PPL")}


def test_an_empty_site_counts_nothing():
    assert numbers() == {"PI": 0, "GP": 0, "EV": 0, "ORG": 0, "PPL": 0}


# Good practices


def test_publishing_a_practice_counts_nothing_and_the_officers_decision_counts_it():
    practice = GoodPracticePageFactory()
    published = number("GP")

    Validation.objects.create(page=practice, kind=ValidationKind.COUNTED)

    assert (published, number("GP")) == (0, 1)


def test_a_practice_admitted_to_the_database_does_not_count_for_that():
    Validation.objects.create(page=GoodPracticePageFactory(), kind=ValidationKind.DATABASE)

    assert number("GP") == 0


def test_a_collected_practice_counts_only_once_its_owner_confirmed_it():
    practice = counted_practice()
    source = CollectedSource.objects.create(
        page=practice, url="https://example.org/", read_on=date(2026, 5, 1)
    )
    collected = number("GP")

    source.confirmed_at = timezone.now()
    source.save()

    assert (collected, number("GP")) == (0, 1)


def test_a_lesson_from_what_failed_never_counts():
    counted_practice(record_kind=RecordKind.LESSON)

    assert number("GP") == 0


def test_an_unpublished_practice_no_longer_counts():
    practice = counted_practice()

    practice.unpublish()

    assert number("GP") == 0


def test_a_counted_practice_is_listed_with_its_place_date_and_project():
    lapland = RegionFactory(code="FI1D7", name="Lappi")
    project = ProjectFactory(acronym="EMRIE")
    practice = counted_practice(days=4, title="Tailings as sand", regions=[lapland], project=project)

    assert counted(indicator("GP")) == [
        CountedRecord(
            id=f"page-{practice.permanent_id}",
            title="Tailings as sand",
            url=practice.url,
            date=TODAY() - timedelta(days=4),
            project="EMRIE",
            region="Lappi",
            because="Checked and counted by an officer",
        )
    ]


def test_a_restricted_page_counts_without_showing_what_it_is():
    practice = counted_practice(title="Known to few", regions=[RegionFactory()])
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)

    record = counted(indicator("GP"))[0]

    assert (record.title, record.url, record.region, record.because) == ("Not open to everybody", "", "", "")


def test_what_is_marked_as_an_example_is_known_as_one():
    counted_practice(title="Example: a shared permit desk")
    counted_practice(title="A shared permit desk", organisation=OrganisationFactory(name="Example agency"))
    counted_practice(title="A real permit desk")

    marked = {record.title: record.is_example for record in counted(indicator("GP"))}

    assert marked == {
        "Example: a shared permit desk": True,
        "A shared permit desk": True,
        "A real permit desk": False,
    }


# Policy instruments


def test_a_validated_change_counts_its_instrument_and_a_second_one_does_not_count_it_again():
    instrument = PolicyInstrumentPageFactory()
    validated_change(instrument, days=9)
    after_the_first = number("PI")

    validated_change(instrument, days=1)

    assert (after_the_first, number("PI")) == (1, 1)
    assert counted(indicator("PI"))[0].date == TODAY() - timedelta(days=9)


@pytest.mark.parametrize("status", sorted(set(ChangeStatus) - {ChangeStatus.VALIDATED}))
def test_a_change_that_is_not_validated_does_not_count(status):
    validated_change(PolicyInstrumentPageFactory(), status=status)

    assert number("PI") == 0


def test_deleting_the_evidence_of_a_change_takes_its_instrument_off_the_count():
    change = validated_change(PolicyInstrumentPageFactory())
    before = number("PI")

    change.evidence.all().delete()
    attach(EvidenceKind.PHOTO, change=change)

    assert (before, number("PI")) == (1, 0)


# Events


def test_an_event_counts_only_when_it_is_over_with_two_countries_list_and_agenda():
    event = LearningEventPageFactory(days=-1)
    moves = [number("EV")]
    present(event, country="SE")
    present(event, country="SE")
    moves.append(number("EV"))
    present(event, country="PT")
    moves.append(number("EV"))
    attach(EvidenceKind.ATTENDANCE_LIST, page=event)
    moves.append(number("EV"))

    attach(EvidenceKind.AGENDA, page=event)

    assert [*moves, number("EV")] == [0, 0, 0, 0, 1]


def test_an_event_that_still_runs_does_not_count():
    event = counted_event()
    event.end = timezone.now() + timedelta(minutes=5)
    event.save()

    assert number("EV") == 0
    assert number("EV", until=TODAY() + timedelta(days=2)) == 1


def test_people_who_were_absent_bring_no_country():
    event = counted_event()
    event.registrations.get(participant__country="PT").attendance.delete()
    absent = present(event, country="FI").attendance
    absent.presence = Presence.ABSENT
    absent.save()

    assert number("EV") == 0


def test_a_country_is_one_country_in_whatever_code():
    event = counted_event()
    event.registrations.all().delete()
    present(event, country="GB")
    present(event, country="", region=RegionFactory(code="UKK3"))
    one = number("EV")

    present(event, country="", organisation=OrganisationFactory(region=RegionFactory(code="PL51")))

    assert (one, number("EV")) == (0, 1)


def test_deleting_the_attendance_list_takes_the_event_off_the_count():
    event = counted_event()

    Evidence.objects.filter(page=event, kind=EvidenceKind.ATTENDANCE_LIST).delete()

    assert number("EV") == 0


def test_a_cancelled_event_does_not_count():
    event = counted_event()

    EventStatus.objects.update_or_create(event=event, defaults={"cancelled_at": timezone.now()})

    assert number("EV") == 0


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "counted_on"),
    [
        ("Europe/Lisbon", 0, 0, date(2025, 10, 31)),
        ("Europe/Athens", 0, 0, date(2025, 10, 31)),
        ("Europe/Athens", 0, 1, date(2025, 11, 1)),
    ],
)
def test_an_event_that_ends_at_midnight_counts_on_the_day_before(zone, hour, minute, counted_on):
    end = datetime(2025, 11, 1, hour, minute, tzinfo=ZoneInfo(zone))
    event = counted_event(start=end - timedelta(hours=3), end=end, timezone=zone)
    learned(event)

    days = {key: [record.date for record in counted(indicator(key))] for key in ("EV", "PPL")}

    assert days["EV"] == [counted_on]
    assert number("EV", until=date(2025, 10, 31)) == (1 if counted_on.month == 10 else 0)


# Organisations and people


def test_a_positive_answer_of_somebody_who_was_there_counts_the_person_and_the_organisation():
    event = LearningEventPageFactory(days=-2)
    registration = present(event, organisation=OrganisationFactory())
    before = numbers()

    SurveyAnswerFactory(registration=registration)

    assert before == {"PI": 0, "GP": 0, "EV": 0, "ORG": 0, "PPL": 0}
    assert numbers() == {"PI": 0, "GP": 0, "EV": 0, "ORG": 1, "PPL": 1}


def test_an_answer_that_is_not_positive_counts_nobody():
    registration = present(LearningEventPageFactory(days=-2), organisation=OrganisationFactory())

    SurveyAnswerFactory(registration=registration, capacity=Degree.SOME)

    assert numbers() == {"PI": 0, "GP": 0, "EV": 0, "ORG": 0, "PPL": 0}


def test_a_positive_answer_of_somebody_who_was_not_there_counts_nobody():
    registration = learned(LearningEventPageFactory(days=-2), organisation=OrganisationFactory())

    registration.attendance.delete()

    assert (number("ORG"), number("PPL")) == (0, 0)


def test_one_organisation_at_five_events_counts_once():
    organisation = OrganisationFactory()
    for days in range(1, 6):
        learned(LearningEventPageFactory(days=-days), organisation=organisation)

    assert (number("ORG"), number("PPL")) == (1, 5)


def test_an_organisation_entered_twice_and_merged_counts_once_under_the_name_that_stands():
    standing = OrganisationFactory(name="Region Norrbotten")
    between = OrganisationFactory(name="Norrbotten region", merged_into=standing)
    event = LearningEventPageFactory(days=-2)
    learned(event, organisation=OrganisationFactory(name="Norrbotten", merged_into=between))
    learned(event, organisation=standing)

    assert [record.title for record in counted(indicator("ORG"))] == ["Region Norrbotten"]


def test_an_organisation_that_was_only_typed_in_does_not_count():
    learned(LearningEventPageFactory(days=-2), organisation=None, organisation_as_stated="Some mine")

    assert (number("ORG"), number("PPL")) == (0, 1)


def test_people_are_listed_without_their_names():
    learned(LearningEventPageFactory(days=-2), name="Aino Korhonen", email="aino@example.org")

    shown = repr(counted(indicator("PPL")))

    assert "Aino" not in shown
    assert "aino" not in shown


def test_erasing_people_leaves_every_count_as_it_was():
    event = counted_event()
    learned(event, organisation=OrganisationFactory(), name="Aino Korhonen")
    before = numbers()

    for registration in event.registrations.all():
        person = registration.participant
        person.name = person.email = ""
        person.user, person.erased_at = None, timezone.now()
        person.save()

    assert before == {"PI": 0, "GP": 0, "EV": 1, "ORG": 1, "PPL": 1}
    assert numbers() == before


# Projects and days


def test_the_sum_counts_what_two_projects_share_once_and_what_has_no_project_too():
    emrie, other = ProjectFactory(acronym="EMRIE"), ProjectFactory()
    organisation = OrganisationFactory()
    learned(LearningEventPageFactory(days=-2, project=emrie), organisation=organisation)
    learned(LearningEventPageFactory(days=-2, project=other), organisation=organisation)
    counted_practice(project=emrie)
    counted_practice(project=None)

    assert (number("ORG", emrie), number("ORG", other), number("ORG")) == (1, 1, 1)
    assert (number("GP", emrie), number("GP", other), number("GP")) == (1, 0, 2)


def test_until_a_day_only_what_was_so_by_then_counts():
    counted_practice(days=10)
    counted_practice(days=1)

    week_ago = TODAY() - timedelta(days=7)

    assert (number("GP", until=week_ago), number("GP")) == (1, 2)


@pytest.mark.parametrize("key", ["PI", "GP", "EV", "ORG", "PPL"])
def test_five_records_cost_as_many_queries_as_one(key, django_assert_num_queries):
    make = {
        "PI": lambda: validated_change(PolicyInstrumentPageFactory(regions=[RegionFactory()])),
        "GP": lambda: counted_practice(regions=[RegionFactory()], project=ProjectFactory()),
        "EV": lambda: counted_event(regions=[RegionFactory()], project=ProjectFactory()),
        "ORG": lambda: learned(
            LearningEventPageFactory(days=-2), organisation=OrganisationFactory(region=RegionFactory())
        ),
        "PPL": lambda: learned(LearningEventPageFactory(days=-2), region=RegionFactory()),
    }[key]
    rule = indicator(key)
    make()
    counted(rule)  # Wagtail reads where its sites are once an hour
    with CaptureQueriesContext(connection) as one:
        counted(rule)

    for _ in range(4):
        make()

    with django_assert_num_queries(len(one)):
        assert len(counted(rule)) == 5
