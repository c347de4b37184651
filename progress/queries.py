"""What the counting rules read: rows and plain values, each in a constant number of queries."""

from bisect import bisect
from collections import defaultdict

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from events.models import LearningEventPage, Registration, SurveyAnswer
from knowledge import restrictions
from knowledge.choices import DECISIVE_EVIDENCE, ChangeStatus, EvidenceKind, RecordKind, ValidationKind
from knowledge.models import Evidence, KnowledgePage, PolicyChange, Validation
from network import kept
from network.addresses import page_path
from network.models import Organisation, Project
from progress.models import Indicator, ReportingPeriod, Snapshot, Target
from regions.countries import nuts_country

# What a record says of a page, and of a place: the long texts of both stay where they are.
OF_PAGE = ("path", "url_path", "title", "permanent_id", "project__acronym")
OF_PERSON = (
    *("uuid", "name", "country", "organisation_as_stated"),
    *("organisation__name", "organisation__region__name"),
)
OF_CLOCK = ("start", "end", "timezone")


def within(what, names):
    """These names as they are called from where the thing is linked."""
    return [f"{what}__{name}" for name in names]


SEEN = [*within("participant", OF_PERSON), *within("event", OF_PAGE + OF_CLOCK)]


def validated_changes(project=None):
    """Validated changes of published instruments that are still proved, the first validated first."""
    proof = Evidence.objects.filter(change=OuterRef("pk"), kind__in=DECISIVE_EVIDENCE)
    changes = PolicyChange.objects.filter(
        Exists(proof),
        status=ChangeStatus.VALIDATED,
        validated_at__isnull=False,
        collected_source=None,
        instrument__live=True,
    )
    if project:
        changes = changes.filter(instrument__project=project)
    seen = ["title", "validated_at", *within("instrument", OF_PAGE)]
    return changes.select_related("instrument__project").only(*seen).order_by("validated_at", "pk")


def counted_practices(project=None):
    """Decisions that a published practice counts; the practice has to be its owner's and no lesson."""
    validations = Validation.objects.filter(
        Q(page__collected_source=None) | Q(page__collected_source__confirmed_at__isnull=False),
        kind=ValidationKind.COUNTED,
        page__live=True,
        page__goodpracticepage__record_kind=RecordKind.GOOD_PRACTICE,
    )
    if project:
        validations = validations.filter(page__project=project)
    related = validations.select_related("page__project", "page__organisation")
    return related.only("at", *within("page", (*OF_PAGE, "organisation__name"))).order_by("at", "pk")


def documented_events(project=None):
    """Published events that took place and have both their attendance list and their agenda attached."""

    def attached(kind):
        return Exists(Evidence.objects.filter(page=OuterRef("pk"), kind=kind))

    events = (
        LearningEventPage.objects.dated()
        .live()
        .filter(
            Q(status=None) | Q(status__cancelled_at=None),
            attached(EvidenceKind.ATTENDANCE_LIST),
            attached(EvidenceKind.AGENDA),
        )
    )
    if project:
        events = events.filter(project=project)
    return events.select_related("project").only(*OF_PAGE, *OF_CLOCK).order_by("end", "pk")


def countries_present(events):
    """For each event, by its id, the NUTS codes of the countries of those who were there."""
    rows = (
        Registration.objects.attended()
        .filter(event__in=events)
        .values_list(
            "event_id",
            "participant__country",
            "participant__region__country",
            "participant__organisation__region__country",
        )
    )
    countries = defaultdict(set)
    for event, *known in rows:
        if country := next(filter(None, known), ""):
            countries[event].add(nuts_country(country))
    return countries


def attended_registrations(project=None):
    """Places of people who were present, with person, organisation and event."""
    return _registrations(Registration.objects.attended(), project)


def positive_registrations(project=None):
    """Places of people who say that their competence grew, with person, organisation, event and answer."""
    positive = SurveyAnswer.objects.positive().values("registration")
    registrations = _registrations(Registration.objects.filter(pk__in=positive), project)
    return registrations.select_related("survey_answer").only(*SEEN, "survey_answer__answered_at")


def _registrations(registrations, project):
    if project:
        registrations = registrations.filter(event__project=project)
    related = registrations.select_related("participant__organisation__region", "event__project")
    return related.only(*SEEN).order_by("event__end", "pk")


def merged_organisations():
    """For each organisation entered twice, by its id, the one that stands for it."""
    merged = {
        organisation.pk: organisation.merged_into
        for organisation in Organisation.objects.exclude(merged_into=None).select_related(
            "merged_into__region"
        )
    }
    standing = {}
    for pk, into in merged.items():
        seen = {pk}
        while into.pk in merged and into.pk not in seen:
            seen.add(into.pk)
            into = merged[into.pk]
        standing[pk] = into
    return standing


def region_names(pages):
    """For each page, by its id, the names of its regions in the order of their codes."""
    through = KnowledgePage.regions.through
    names = defaultdict(list)
    rows = through.objects.filter(knowledgepage__in=[page.pk for page in pages]).order_by("region__code")
    for page, name in rows.values_list("knowledgepage_id", "region__name"):
        names[page].append(name)
    return names


def page_addresses(pages):
    """The address of each page, by its id; a page that not everybody may read is left out."""
    closed = tuple(restrictions.closed_paths())
    return {page.pk: page_path(page) for page in pages if not page.path.startswith(closed)}


def events_over():
    """How many events have ended by now; the page being drawn ends as the next one does."""
    found = LearningEventPage.objects.dated().order_by("end").values_list("end", flat=True)
    ends = kept.remembered("ends of events", lambda: list(found))
    over = bisect(ends, timezone.now())
    kept.until(ends[over] if over < len(ends) else None)
    return over


def all_indicators():
    """Every indicator, in the order of the page."""
    return list(Indicator.objects.all())


def projects_that_count():
    """Projects that have promised or planned something here."""
    found = Project.objects.filter(
        Exists(Target.objects.filter(project=OuterRef("pk")))
        | Exists(ReportingPeriod.objects.filter(project=OuterRef("pk")))
    )
    return kept.remembered("projects that count", lambda: list(found))


def targets(project=None):
    """Targets of one project, or of all."""
    rows = Target.objects.select_related("project")
    return list(rows.filter(project=project) if project else rows)


def periods(project=None):
    """Reporting periods of one project, or of all, in their order."""
    rows = ReportingPeriod.objects.order_by("project_id", "start")
    return list(rows.filter(project=project) if project else rows)


def projects_with_periods():
    """The primary keys of the projects that report in periods."""
    found = ReportingPeriod.objects.order_by().values_list("project_id", flat=True)
    return kept.remembered("projects with periods", lambda: set(found))


def snapshots(project):
    """What one project's locked periods had reached, by (period id, indicator id)."""
    rows = Snapshot.objects.filter(period__project=project)
    return {(snapshot.period_id, snapshot.indicator_id): snapshot for snapshot in rows}
