"""Every counter equals what plain SQL, written by somebody who never saw the rules' code, finds."""

import random

import pytest
from django.db import connection
from django.utils import timezone

from events.choices import Degree, Presence
from events.models import EventStatus
from knowledge.choices import ChangeStatus, EvidenceKind, RecordKind, ValidationKind
from knowledge.models import CollectedSource, Validation
from progress.counting import counted
from progress.models import Indicator
from tests.factories import (
    GoodPracticePageFactory,
    OrganisationFactory,
    PolicyInstrumentPageFactory,
    ProjectFactory,
)
from tests.factories.events import (
    AttendanceFactory,
    LearningEventPageFactory,
    ParticipantFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
)
from tests.factories.progress import attach, validated_change

HISTORIES = 12

SQL = {
    "PI": """
        select count(distinct change.instrument_id) from knowledge_policychange change
        join wagtailcore_page page on page.id = change.instrument_id
        join knowledge_knowledgepage about on about.page_ptr_id = page.id
        where change.status = 'validated' and page.live
        and (%(project)s = 0 or about.project_id = %(project)s)
        and change.id in (select change_id from knowledge_evidence where change_id is not null and kind in
            ('official-decision', 'published-text', 'call-for-proposals', 'authority-letter'))""",
    "GP": """
        select count(distinct page.id) from knowledge_validation validation
        join wagtailcore_page page on page.id = validation.page_id
        join knowledge_knowledgepage about on about.page_ptr_id = page.id
        join knowledge_goodpracticepage practice on practice.knowledgepage_ptr_id = page.id
        where validation.kind = 'counted' and page.live and practice.record_kind = 'good-practice'
        and (%(project)s = 0 or about.project_id = %(project)s)
        and page.id not in (select page_id from knowledge_collectedsource where confirmed_at is null)""",
    "EV": """
        select count(*) from events_learningeventpage event
        join knowledge_knowledgepage about on about.page_ptr_id = event.knowledgepage_ptr_id
        join wagtailcore_page page on page.id = about.page_ptr_id
        where page.live and event.end < %(now)s and (%(project)s = 0 or about.project_id = %(project)s)
        and page.id in (select page_id from knowledge_evidence where kind = 'attendance-list')
        and page.id in (select page_id from knowledge_evidence where kind = 'agenda')
        and page.id not in (select event_id from events_eventstatus where cancelled_at is not null)
        and 2 <= (select count(distinct person.country) from events_registration place
            join events_attendance attendance on attendance.registration_id = place.id
            join events_participant person on person.id = place.participant_id
            where place.event_id = page.id and attendance.presence = 'present')""",
    "ORG": """
        select count(*) from network_organisation organisation where organisation.merged_into_id is null
        and organisation.id in (
            select coalesce(home.merged_into_id, home.id) from events_registration place
            join events_attendance attendance on attendance.registration_id = place.id
            join events_participant person on person.id = place.participant_id
            join network_organisation home on home.id = person.organisation_id
            join knowledge_knowledgepage about on about.page_ptr_id = place.event_id
            join events_learningeventpage event on event.knowledgepage_ptr_id = place.event_id
            where attendance.presence = 'present' and event.end < %(now)s
            and (%(project)s = 0 or about.project_id = %(project)s))
        and organisation.id in (
            select coalesce(home.merged_into_id, home.id) from events_registration place
            join events_surveyanswer answer on answer.registration_id = place.id
            join events_participant person on person.id = place.participant_id
            join network_organisation home on home.id = person.organisation_id
            join knowledge_knowledgepage about on about.page_ptr_id = place.event_id
            where answer.capacity >= 4 and (%(project)s = 0 or about.project_id = %(project)s))""",
    "PPL": """
        select count(*) from events_participant person where person.id in (
            select place.participant_id from events_registration place
            join events_attendance attendance on attendance.registration_id = place.id
            join knowledge_knowledgepage about on about.page_ptr_id = place.event_id
            join events_learningeventpage event on event.knowledgepage_ptr_id = place.event_id
            where attendance.presence = 'present' and event.end < %(now)s
            and (%(project)s = 0 or about.project_id = %(project)s))
        and person.id in (
            select place.participant_id from events_registration place
            join events_surveyanswer answer on answer.registration_id = place.id
            join knowledge_knowledgepage about on about.page_ptr_id = place.event_id
            where answer.capacity >= 4 and (%(project)s = 0 or about.project_id = %(project)s))""",
}


def independent_counts(project):
    counts = {}
    with connection.cursor() as cursor:
        for key, sql in SQL.items():
            cursor.execute(
                sql.replace("event.end", 'event."end"'),
                {"project": project.pk if project else 0, "now": timezone.now()},
            )
            counts[key] = cursor.fetchone()[0]
    return counts


def make_history(chance, projects, organisations, people):
    """Some practices, changes and events, as luck has it."""

    def maybe(share=0.5):
        return chance.random() < share

    for _ in range(4):
        practice = GoodPracticePageFactory(
            project=chance.choice(projects),
            live=maybe(0.8),
            record_kind=RecordKind.GOOD_PRACTICE if maybe(0.8) else RecordKind.LESSON,
        )
        for kind in ValidationKind:
            if maybe():
                Validation.objects.create(page=practice, kind=kind)
        if maybe(0.3):
            CollectedSource.objects.create(
                page=practice,
                url="https://example.org/",
                read_on=timezone.localdate(),
                confirmed_at=timezone.now() if maybe() else None,
            )
    instrument = PolicyInstrumentPageFactory(project=chance.choice(projects), live=maybe(0.8))
    for _ in range(3):
        change = validated_change(
            instrument, status=ChangeStatus.VALIDATED if maybe() else chance.choice(list(ChangeStatus))
        )
        if maybe(0.3):
            change.evidence.all().delete()
    for _ in range(2):
        event = LearningEventPageFactory(
            project=chance.choice(projects), live=maybe(0.8), days=-3 if maybe(0.8) else 3
        )
        for kind in (EvidenceKind.ATTENDANCE_LIST, EvidenceKind.AGENDA, EvidenceKind.PHOTO):
            if maybe(0.8):
                attach(kind, page=event)
        if maybe(0.1):
            EventStatus.objects.update_or_create(event=event, defaults={"cancelled_at": timezone.now()})
        for person in chance.sample(people, 3):
            registration = RegistrationFactory(event=event, participant=person)
            if maybe(0.8):
                AttendanceFactory(
                    registration=registration, presence=chance.choice([*Presence, Presence.PRESENT])
                )
            if maybe():
                SurveyAnswerFactory(registration=registration, capacity=chance.choice(list(Degree)))


@pytest.mark.django_db
def test_counters_equal_an_independent_count_on_random_histories():
    chance = random.Random(59)
    projects = [ProjectFactory(), ProjectFactory(), None]
    organisations = [OrganisationFactory() for _ in range(4)]
    organisations.append(OrganisationFactory(merged_into=organisations[0]))
    people = [
        ParticipantFactory(
            country=chance.choice(["SE", "PT"]), organisation=chance.choice([*organisations, None])
        )
        for _ in range(12)
    ]
    indicators = list(Indicator.objects.all())

    for _ in range(HISTORIES):
        make_history(chance, projects, organisations, people)

        for project in projects:
            found = {indicator.key: len(counted(indicator, project)) for indicator in indicators}
            assert found == independent_counts(project)
