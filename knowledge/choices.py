"""Closed lists of good practices, policy instruments, their changes and their evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.choices import Stage


class Scope(models.TextChoices):
    """How far a page's subject reaches."""

    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    SEVERAL_COUNTRIES = "several-countries", _("Several countries")


class Weight(models.TextChoices):
    """How much a page is about a value-chain stage."""

    MAIN = "main", _("Main stage")
    TOUCHED = "touched", _("Touched")


class Origin(models.TextChoices):
    """Where a page's content comes from."""

    SUBMITTED = "submitted", _("Submitted by its owner")
    COLLECTED = "collected", _("Collected from a public source")


class RecordKind(models.TextChoices):
    GOOD_PRACTICE = "good-practice", _("Good practice")
    LESSON = "lesson-learnt", _("Lesson learnt (failed or stopped)")


class Maturity(models.TextChoices):
    """How far a practice has come."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")


class Relevance(models.TextChoices):
    MADE_FOR = "made-for", _("Made as a raw-materials policy measure")
    PARTLY = "partly", _("Partly made for raw materials")
    OTHER_AIM = "other-aim", _("Made for another aim, with a strong effect on raw materials")


class PublicRole(models.TextChoices):
    PUBLIC = "public", _("Public intervention")
    PRIVATE = "private-inspired-public", _("Private initiative that inspired public policy")


class PracticeType(models.TextChoices):
    PUBLIC_POLICY = "public-policy", _("Public policy")
    REPORT = "report", _("Report or document")
    REGULATION = "regulation", _("Regulation")
    FUNDING = "funding-instrument", _("Funding instrument")
    ORGANISATION = "organisational", _("Organisational set-up")
    DIGITAL_TOOL = "digital-tool", _("Digital tool")
    PARTICIPATION = "participation", _("Participation format")
    TECHNICAL_PILOT = "technical-pilot", _("Technical pilot")
    TRAINING = "training", _("Training")


class CostBasis(models.TextChoices):
    TOTAL_SO_FAR = "total-so-far", _("Total so far")
    PLANNED_TOTAL = "planned-total", _("Planned total")
    PER_YEAR = "per-year", _("Per year")
    PER_UNIT = "per-unit", _("Per unit")
    PUBLIC_SHARE = "public-share", _("Public share only")


class FundingSource(models.TextChoices):
    OWN = "own-budget", _("Own budget")
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    ERDF = "erdf", _("European Regional Development Fund")
    ESF = "esf", _("European Social Fund Plus")
    COHESION = "cohesion-fund", _("Cohesion Fund")
    JTF = "jtf", _("Just Transition Fund")
    INTERREG = "interreg", _("Interreg")
    LIFE = "life", _("LIFE")
    HORIZON = "horizon", _("Horizon")
    INNOVATION = "innovation-fund", _("Innovation Fund")
    RECOVERY = "recovery-plan", _("Recovery plan")
    BANK = "eib-ebrd", _("EIB or EBRD loan")
    EIT = "eit-raw-materials", _("EIT RawMaterials")
    PRIVATE = "private", _("Private")
    FEE = "fee-or-levy", _("Fee or levy")
    OTHER = "other", _("Other")


class ContextFactor(models.TextChoices):
    """What must be alike for a practice to work elsewhere."""

    GEOLOGY = "geology", _("Geology and material")
    CLIMATE = "climate", _("Climate and biogeography")
    SETTLEMENT = "settlement", _("Settlement and population")
    PERMITS = "permits", _("Who grants permits")
    LAND = "land-ownership", _("Land ownership")
    LEGAL = "legal-frame", _("Legal frame")
    MONEY = "money", _("Money")
    INSTITUTIONS = "institutions", _("Institutions and skills")
    ACCEPTANCE = "acceptance", _("Acceptance")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")


class Difficulty(models.TextChoices):
    """How hard a condition for transfer is to meet."""

    EASY = "easy", _("Easy")
    MODERATE = "moderate", _("Moderate")
    HARD = "hard", _("Hard")


class InstrumentKind(models.TextChoices):
    JOBS_AND_GROWTH = "jobs-and-growth", _("Investment for jobs and growth programme")
    COOPERATION = "territorial-cooperation", _("Territorial cooperation programme")
    NATIONAL_STRATEGY = "national-strategy", _("National strategy or law")
    REGIONAL_STRATEGY = "regional-strategy", _("Regional strategy")
    LOCAL_STRATEGY = "local-strategy", _("Local strategy")
    SMART_SPECIALISATION = "smart-specialisation", _("Smart specialisation strategy")
    LAND_USE_PLAN = "land-use-plan", _("Land-use plan")
    FUNDING_SCHEME = "funding-scheme", _("Funding scheme")
    PERMIT_PROCEDURE = "permit-procedure", _("Legal or permit procedure")
    LEGAL_FRAME = "legal-frame", _("Legislative frame without funding")


class CrmaObjective(models.TextChoices):
    """What of the Critical Raw Materials Act, Regulation (EU) 2024/1252, a page helps to reach."""

    EXTRACTION = "extraction", _("Extraction in the EU (10 %)")
    PROCESSING = "processing", _("Processing in the EU (40 %)")
    RECYCLING = "recycling", _("Recycling in the EU (25 %)")
    DIVERSIFICATION = "diversification", _("Diversification (at most 65 % from one country)")
    PERMITTING = "permitting", _("Time limits for permits")
    CONTACT_POINT = "contact-point", _("Single point of contact")
    EXPLORATION = "national-exploration", _("National exploration")
    STRATEGIC_PROJECTS = "strategic-projects", _("Support for Strategic Projects")
    EXTRACTIVE_WASTE = "extractive-waste", _("Recovery from extractive waste")
    MAGNETS = "magnets", _("Circularity of permanent magnets")
    STOCKS = "stocks", _("Strategic stocks")
    JOINT_PURCHASE = "joint-purchase", _("Joint purchase and offtake")
    SKILLS = "skills", _("Skills")


class RexLoop(models.TextChoices):
    """How a practice keeps materials in use, from the tightest loop to the widest."""

    REDUCE = "reduce", _("Reduce")
    REUSE = "reuse", _("Reuse")
    REPAIR = "repair", _("Repair")
    REFURBISH = "refurbish", _("Refurbish")
    REMANUFACTURE = "remanufacture", _("Remanufacture")
    REPURPOSE = "repurpose", _("Repurpose")
    RECYCLE = "recycle", _("Recycle")
    RECOVER = "recover", _("Recover from waste")


class CostBand(models.TextChoices):
    """How much a practice cost, in euro: from the lower end up to, but without, the upper one."""

    UNDER_100K = "under-100k", _("Under €100,000")
    TO_1M = "100k-1m", _("€100,000 to €1 million")
    TO_10M = "1m-10m", _("€1 million to €10 million")
    OVER_10M = "over-10m", _("€10 million and more")


class AuthorityRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    MANAGING = "managing-authority", _("Managing authority")
    INTERMEDIATE = "intermediate-body", _("Intermediate body")


class InstrumentState(models.TextChoices):
    """How far an instrument has been improved; follows from its policy changes."""

    ADDRESSED = "addressed", _("Addressed")
    IN_PROGRESS = "in-progress", _("In progress")
    CLAIMED = "improved-claimed", _("Improved, in review")
    VALIDATED = "improved-validated", _("Improved, validated")


class NeedState(models.TextChoices):
    OPEN = "open", _("Still open")
    PARTLY = "partly-met", _("Partly met")
    MET = "met", _("Met")


class ChangeType(models.TextChoices):
    NEW_PROJECT = "new-project", _("New project or tool financed")
    GOVERNANCE = "governance", _("Improved management or governance")
    STRATEGIC_FOCUS = "strategic-focus", _("Changed strategic focus")


class ChangeStatus(models.TextChoices):
    IDEA = "idea", _("Idea")
    ANNOUNCED = "announced", _("Announced")
    DECIDED = "decided", _("Decided")
    IN_FORCE = "in-force", _("In force")
    VALIDATED = "validated", _("Validated")
    DECLINED = "declined", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EvidenceKind(models.TextChoices):
    ATTENDANCE_LIST = "attendance-list", _("Attendance list")
    AGENDA = "agenda", _("Agenda")
    MINUTES = "minutes", _("Minutes")
    PHOTO = "photo", _("Photo")
    PRESENTATION = "presentation", _("Presentation")
    SURVEY_EXPORT = "survey-export", _("Survey export")
    DECISION = "official-decision", _("Official decision")
    PUBLISHED_TEXT = "published-text", _("Published text")
    CALL = "call-for-proposals", _("Call for proposals")
    LETTER = "authority-letter", _("Letter of the responsible authority")
    GRANT = "grant-decision", _("Contract or grant decision")
    BUDGET = "budget-document", _("Budget document")
    PRESS = "press", _("Press")
    REPORT = "report", _("Report or data")


# A policy change counts only with evidence of one of these kinds.
DECISIVE_EVIDENCE = {
    EvidenceKind.DECISION,
    EvidenceKind.PUBLISHED_TEXT,
    EvidenceKind.CALL,
    EvidenceKind.LETTER,
}


class Confidentiality(models.TextChoices):
    """Who may open a piece of evidence."""

    PUBLIC = "public", _("Everybody")
    PROJECT = "project", _("Members of the owner and officers")
    AUDITOR = "auditor", _("Auditors and officers only")


class EvidenceState(models.TextChoices):
    """How well a page's claims are proved; follows from its evidence, or from where it was collected."""

    VERIFIED = "verified", _("Evidence verified")
    IN_REVIEW = "review", _("Evidence in review")
    SELF_REPORTED = "self", _("Self-reported")
    COLLECTED = "collected", _("From a public source")


class ValidationKind(models.TextChoices):
    COUNTED = "counted", _("Counts for the indicator")
    DATABASE = "database", _("Admitted to the database")


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    ALL_RIGHTS = "all-rights-reserved", _("All rights reserved, used with permission")


# What import files call the stages of the value chain, and which of the seven they mean.
FILE_STAGES = {
    "exploration and planning": {Stage.EXPLORATION: Weight.MAIN},
    "extraction": {Stage.EXTRACTION: Weight.MAIN},
    "processing": {Stage.PROCESSING: Weight.MAIN},
    "recycling": {Stage.RECYCLING: Weight.MAIN},
    "waste and by-products": {Stage.RECYCLING: Weight.MAIN},
    "closure and aftercare": {Stage.POST_MINING: Weight.MAIN},
    "post-mining": {Stage.POST_MINING: Weight.MAIN},
    "whole value chain": dict.fromkeys(Stage, Weight.TOUCHED),
}

# What import files call their topics, and which focus areas (by code) say so.
FILE_TOPICS = {
    "SME supply chain": ["supply-chain"],
    "biodiversity and restoration": ["biodiversity"],
    "circular economy and industrial symbiosis": ["circular-economy"],
    "clusters and innovation": ["innovation"],
    "geodata and exploration": ["geodata-and-exploration"],
    "governance and policy": ["governance"],
    "land-use planning": ["land-use-planning"],
    "mine waste and tailings": ["mine-waste"],
    "mine water and geothermal energy": ["mine-water"],
    "mining heritage and tourism": ["mining-heritage"],
    "permitting": ["permitting"],
    "post-mining transition": ["post-mining"],
    "processing and refining": ["processing-and-refining"],
    "recycling and secondary raw materials": ["recycling"],
    "remediation": ["remediation"],
    "skills and education": ["skills"],
    "social licence and participation": ["participation"],
}

# Material names of import files that are no raw material of this site and become keywords without a remark.
FILE_KEYWORDS = {"biowaste", "forest by-products"}
