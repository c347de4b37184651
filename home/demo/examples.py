"""Made-up content that shows what the site can do: titles and names of bodies begin with “Example”."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection

from home.demo.accounts import AGENCY, COUNCIL, demo_user
from home.demo.facts import paragraph
from home.demo.pages import EXAMPLES, add_once
from knowledge import claims, review
from knowledge.choices import (
    ChangeType,
    CostBasis,
    EvidenceKind,
    FundingSource,
    InstrumentKind,
    Maturity,
    NeedState,
    PracticeType,
    PublicRole,
    Relevance,
    Weight,
)
from knowledge.files import own_organisation
from knowledge.models import (
    Evidence,
    GoodPracticePage,
    Inspiration,
    InstrumentNeed,
    KeyFigure,
    PolicyChange,
    PolicyInstrumentPage,
    SourceDocument,
    StageMark,
    TransferCondition,
)
from network.choices import LegalStatus, OrganisationType
from network.models import Organisation, Project
from progress.models import Indicator, ReportingPeriod, Target
from progress.periods import months_later, six_month_periods
from regions.choices import Stage
from regions.models import FocusArea, RawMaterial, Region

UNIVERSITY, TOWN = "Example University of Mining", "Example Town Council"
ORGANISATIONS = {
    COUNCIL: (OrganisationType.REGIONAL_AUTHORITY, "FI1D7"),
    AGENCY: (OrganisationType.BUSINESS_SUPPORT, "PT1C"),
    UNIVERSITY: (OrganisationType.RESEARCH, "PL51"),
    TOWN: (OrganisationType.LOCAL_AUTHORITY, "SE332"),
}
PROJECT = "EXAMPLE"
TARGETS = {"PI": 2, "GP": 4, "EV": 4, "ORG": 8}
CHANGE = "Example: a call for the reprocessing of tailings was opened"


def load_organisations():
    """The example bodies, before the accounts whose organisations they are."""
    for name, (kind, code) in ORGANISATIONS.items():
        Organisation.objects.get_or_create(
            name=name,
            defaults={
                "organisation_type": kind,
                "legal_status": LegalStatus.PUBLIC,
                "region": Region.objects.get(code=code),
                "is_policy_responsible": name == COUNCIL,
            },
        )


def load_project():
    """The example project with its targets, so that no real project seems to have achieved anything here."""
    project, is_new = Project.objects.get_or_create(
        acronym=PROJECT, defaults={"title": "Example project: what a project looks like here"}
    )
    if not is_new:
        return project
    for key, value in TARGETS.items():
        Target.objects.create(project=project, indicator=Indicator.objects.get(key=key), value=value)
    # Four periods; today lies in the second.
    start = months_later(timezone.localdate(), -8)
    for number, first, last in six_month_periods(start, months_later(start, 24) - timedelta(days=1)):
        ReportingPeriod.objects.create(project=project, number=number, start=first, end=last)
    return project


def load_practices(project):
    """A practice that is counted and admitted, one that only went public, and one that waits for review."""
    organiser, contributor = demo_user("organiser"), demo_user("contributor")
    counted, is_new = add_once(
        practice(
            title="Example: a public register of tailings ponds with open readings",
            organisation=Organisation.objects.get(name=AGENCY),
            project=project,
            region="PT1C",
            materials=["copper", "zinc"],
            areas=["mine-waste", "monitoring"],
            stages={
                Stage.EXTRACTION: Weight.MAIN,
                Stage.POST_MINING: Weight.MAIN,
                Stage.RECYCLING: Weight.TOUCHED,
            },
        ),
        "practice-counted",
        section="good-practices",
        import_set=EXAMPLES,
        user=organiser,
    )
    if is_new:
        evidence = attach(counted, EvidenceKind.REPORT, "Example: yearly report of the register", organiser)
        officer = demo_user("officer")
        claims.accept(evidence, officer)
        review.count(counted, officer)
        opinion = (
            "Example opinion: the register costs little, and any region that knows its ponds can start one."
        )
        review.admit(counted, demo_user("expert"), opinion)
    council = Organisation.objects.get(name=COUNCIL)
    published, is_new = add_once(
        practice(
            title="Example: the closure bond is recalculated every three years",
            organisation=council,
            project=project,
            region="FI1D7",
            materials=["gold"],
            areas=["permitting", "remediation"],
            stages={Stage.POST_MINING: Weight.MAIN, Stage.EXTRACTION: Weight.TOUCHED},
        ),
        "practice-published",
        section="good-practices",
        import_set=EXAMPLES,
        user=contributor,
    )
    if is_new:
        attach(published, EvidenceKind.PUBLISHED_TEXT, "Example: text of the bond rule", contributor)
    waiting, is_new = add_once(
        practice(
            title="Example: villages walk the planned site before the hearing",
            organisation=council,
            project=project,
            region="FI1D7",
            materials=["nickel"],
            areas=["participation"],
            stages={Stage.EXPLORATION: Weight.MAIN},
        ),
        "practice-waiting",
        section="good-practices",
        import_set=EXAMPLES,
        user=contributor,
        publish=False,
    )
    if is_new:
        attach(waiting, EvidenceKind.MINUTES, "Example: minutes of the walk", contributor)
        review.submit(waiting, contributor)
    return counted


def practice(*, region, materials, areas, stages, **fields):
    """An example practice with every field that a submitted practice needs."""
    page = GoodPracticePage(
        summary="Example content: nothing here happened. It shows how a finished good practice reads.",
        challenge=paragraph("Example: what was wrong, for whom, and since when."),
        description=paragraph("Example: what was done, step by step, by whom and for whom."),
        resources_needed=paragraph("Example: one planner for a year, a database and two field days a month."),
        evidence_of_success=paragraph(
            "Example: 40 of 52 ponds report every month; two weak dams were found."
        ),
        difficulties=paragraph(
            "Example: operators feared for their reputation and had to be won one by one."
        ),
        transfer_potential=paragraph("Example: works wherever the authority may ask operators for readings."),
        cost_amount=120000,
        cost_basis=CostBasis.TOTAL_SO_FAR,
        staff_fte=1,
        funding_sources=[FundingSource.REGIONAL, FundingSource.ERDF],
        start=str(timezone.localdate().year - 3),
        maturity=Maturity.RUNNING,
        relevance=Relevance.MADE_FOR,
        public_role=PublicRole.PUBLIC,
        practice_type=PracticeType.DIGITAL_TOOL,
        **fields,
    )
    page.regions = [Region.objects.get(code=region)]
    page.raw_materials = list(RawMaterial.objects.filter(code__in=materials))
    page.focus_areas = list(FocusArea.objects.filter(code__in=areas))
    page.stage_marks = [
        StageMark(stage=stage, weight=stages[stage], sort_order=order)
        for order, stage in enumerate(Stage)
        if stage in stages
    ]
    page.key_figures = [KeyFigure(value="40 of 52", label="ponds with monthly readings (example)")]
    page.transfer_conditions = [
        TransferCondition(
            condition="The authority may ask for readings", factor="permits", difficulty="moderate"
        )
    ]
    return page


def load_instrument(project, inspiration):
    """An instrument with one validated change that the counted practice inspired."""
    contributor = demo_user("contributor")
    council = Organisation.objects.get(name=COUNCIL)
    year = timezone.localdate().year
    page = PolicyInstrumentPage(
        title="Example: Regional Minerals Strategy",
        instrument_kind=InstrumentKind.REGIONAL_STRATEGY,
        organisation=council,
        project=project,
        valid_from=year - 2,
        valid_to=year + 5,
        summary="Example content: this strategy does not exist. It shows how an instrument reads.",
        description=paragraph("Example: aims, measures, budget and period of the strategy."),
        mining_gap=paragraph("Example: the strategy funds new mines and is silent about old tailings."),
        intended_improvement=paragraph(
            "Example: a measure for the reprocessing of tailings, with its own call."
        ),
    )
    page.regions = [council.region]
    page.focus_areas = list(FocusArea.objects.filter(code__in=["mine-waste", "governance"]))
    page.needs = [InstrumentNeed(need="A measure for old tailings (example)", state=NeedState.MET)]
    instrument, is_new = add_once(
        page, "instrument", section="policy-instruments", import_set=EXAMPLES, user=contributor
    )
    if is_new:
        load_change(instrument, inspiration, contributor)
    return instrument


def load_change(instrument, inspiration, claimant):
    decided = timezone.localdate() - timedelta(days=60)
    change = PolicyChange(
        instrument=instrument,
        title=CHANGE,
        what_changed="Example: the strategy now has a measure for old tailings, and a first call is open.",
        before="The strategy supports exploration and new mines.",
        after="The strategy supports exploration, new mines and the reprocessing of old tailings.",
        change_types=[ChangeType.NEW_PROJECT, ChangeType.STRATEGIC_FOCUS],
        decided_by=instrument.organisation,
        decision_date=f"{decided:%Y-%m}",
        in_force_date=f"{decided:%Y-%m}",
        attribution_note="Example: a call was planned anyway; that it is about tailings came from a visit.",
    )
    claims.claim(change, claimant)
    Inspiration.objects.create(
        change=change,
        practice=inspiration,
        taken="Example: the register.",
        adapted="Example: fewer readings.",
    )
    evidence = attach(change, EvidenceKind.CALL, "Example: text of the call", claimant)
    officer = demo_user("officer")
    claims.accept(evidence, officer)
    claims.validate(change, officer, "Example: the text of the call proves it.")


def attach(subject, kind, title, user):
    """A piece of evidence with a small file that says it is an example."""
    document = SourceDocument(
        title=title,
        uploaded_by_user=user,
        organisation_id=own_organisation(user),
        collection=Collection.get_first_root_node(),
        file=ContentFile(
            f"{title}\n\nThis file is an example. It proves nothing.\n".encode(), name="example.txt"
        ),
    )
    document.save()
    link = {"change": subject} if isinstance(subject, PolicyChange) else {"page": subject}
    return Evidence.objects.create(
        kind=kind,
        title=title,
        document=document,
        issuer=user.memberships.first().organisation.name,
        date=f"{timezone.localdate() - timedelta(days=90):%Y-%m}",
        added_by=user,
        **link,
    )
