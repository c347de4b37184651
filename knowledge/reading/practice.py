"""A good practice as its page shows it."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge import states
from knowledge.choices import (
    ChangeStatus,
    ContextFactor,
    CrmaObjective,
    Difficulty,
    FundingSource,
    Maturity,
    RexLoop,
    ValidationKind,
)
from knowledge.licences import licence_in_words, text_licence, unconfirmed_source
from knowledge.reading import values
from knowledge.reading.marks import marks_of
from knowledge.reading.proof import pieces
from regions.choices import Language

PARTS = (
    ("problem", "challenge"),
    ("solution", "description"),
    ("evidence", "evidence_of_success"),
    ("resources", "resources_needed"),
    ("difficulties", "difficulties"),
    ("transfer", "transfer_potential"),
)
PRINTED_OF_OUTCOMES = (
    *("practice", "taken", "adapted"),
    *(f"change__{name}" for name in ("title", "status", "decision_date")),
    *(f"change__instrument__{name}" for name in ("title", "url_path")),
    *("change__decided_by__name", "change__collected_source__change"),
)
STEPS = {Difficulty.EASY: 1, Difficulty.MODERATE: 2, Difficulty.HARD: 3}
HIDDEN = (ChangeStatus.IDEA, ChangeStatus.DECLINED, ChangeStatus.WITHDRAWN)


def practice(page, request):
    """All that the page prints, in a constant number of queries."""
    user = getattr(request, "user", None)
    marks = marks_of(page)
    if page.picture:
        # Page and head show it in one size, which either would ask for.
        prefetch_related_objects([page.picture], "renditions")
    evidence = list(page.evidence.select_related("document")) if "evidence" in marks.further else []
    validations = approvals(page) if "validations" in marks.further else []
    shown = {
        "crumbs": values.crumbs(page, marks.regions, request),
        "source": unconfirmed_source(page),
        "licence": licence_in_words(text_licence(page)),
        "state": states.evidence_state(one.accepted_at is not None for one in evidence),
        "validations": [(one.get_kind_display(), values.day(one.at)) for one in validations],
        "stages": values.stages(marks.stages),
        "facts": facts(page, marks),
        "figures": marks.lists["key_figures"],
        "evidence": pieces(evidence, user),
        "resources": resources(page, marks.lists["resource_items"]),
        "conditions": conditions(marks.lists["transfer_conditions"]),
        "opinion": opinion(validations),
        "outcomes": outcomes(page, request) if "inspirations" in marks.further else [],
        "language": "" if page.source_language == Language.EN else page.get_source_language_display(),
        "citation": citation(page),
        "address": values.permanent_address(page),
    }
    return shown | {"contents": contents(page, shown), "unstated": unstated(page, shown)}


def facts(page, marks):
    """The key facts beside the text."""
    stated = values.kept(
        [
            (_("Region"), values.places(page, marks.regions)),
            (_("Owner"), values.owner(page)),
            (_("Period"), period(page)),
            (_("Materials"), values.materials(marks.materials) or ", ".join(marks.keywords)),
            (_("Cost"), cost(page)),
        ]
    )
    further = values.known(
        [
            (_("Funding"), values.labels(FundingSource, page.funding_sources)),
            (_("Project"), page.project and page.project.acronym),
            (_("Topics"), ", ".join(marks.topics)),
            (_("CRMA objectives"), values.labels(CrmaObjective, page.crma_objectives)),
            (_("Loops of materials"), values.labels(RexLoop, page.rex_loops)),
            (_("Type"), page.get_practice_type_display()),
            (_("Relevance"), page.get_relevance_display()),
            (_("Public role"), page.get_public_role_display()),
            (_("Further information"), page.website and [values.link(page.website, page.website)]),
            (_("Reference"), page.reference),
        ]
    )
    return stated + further


def period(page):
    """From when to when, as exact as known: March 2021 to December 2025."""
    first, last = values.partial_date(page.start), values.partial_date(page.end)
    words = {"first": first, "last": last, "state": page.get_maturity_display().lower()}
    if first and last:
        return _("%(first)s to %(last)s") % words
    if first and page.maturity == Maturity.RUNNING:
        return _("since %(first)s, continuing") % words
    if first:
        return _("from %(first)s, %(state)s") % words if page.maturity else _("from %(first)s") % words
    if last:
        return _("until %(last)s") % words
    return page.get_maturity_display()


def cost(page):
    """The sum, what it covers, and the note on it."""
    parts = [
        values.money(page.cost_amount),
        page.get_cost_basis_display().lower() if page.cost_amount else "",
    ]
    return "; ".join(part for part in (", ".join(part for part in parts if part), page.cost_note) if part)


def approvals(page):
    """What officers and experts said of it, the first of them first."""
    return list(page.validations.select_related("by").order_by("at"))


def resources(page, items):
    """The rows of the resources table; staff last, as in the form."""
    rows = [
        {"what": item.what, "paid_by": item.paid_by, "amount": values.money(item.amount)} for item in items
    ]
    if page.staff_fte:
        posts = ngettext(
            "%(number)s full-time post", "%(number)s full-time posts", 1 if page.staff_fte == 1 else 2
        ) % {"number": f"{page.staff_fte.normalize():f}"}
        rows.append({"what": _("Staff"), "paid_by": posts, "amount": ""})
    return rows


def conditions(items):
    """What must hold elsewhere; how hard it is in words and as one to three steps."""
    return [
        {
            "condition": item.condition,
            "why": item.why or values.name_of(ContextFactor, item.factor),
            "effort": values.name_of(Difficulty, item.difficulty),
            "steps": [number < STEPS[item.difficulty] for number in range(3)] if item.difficulty else [],
        }
        for item in items
    ]


def opinion(validations):
    """The expert's opinion that admitted the practice to the database, if there is one."""
    for one in validations:
        if one.kind == ValidationKind.DATABASE and one.opinion:
            return {"text": one.opinion, "by": one.by, "on": values.day(one.at)}
    return None


def outcomes(page, request):
    """Policy changes of public instruments that took from this practice, the latest first."""
    inspirations = page.inspirations.exclude(change__status__in=HIDDEN).filter(change__instrument__live=True)
    found = inspirations.filter(states.public_changes("change__")).select_related(
        "change__instrument", "change__decided_by", "change__collected_source"
    )
    found = found.only(*PRINTED_OF_OUTCOMES)
    return [
        {
            "title": one.change.title,
            "instrument": one.change.instrument.title,
            "url": one.change.instrument.get_url(request),
            "by": one.change.decided_by.name,
            "when": values.partial_date(one.change.decision_date),
            "taken": one.taken,
            "adapted": one.adapted,
            **standing(one.change),
        }
        for one in found.order_by("-change__decision_date", "-pk")
    ]


def standing(change):
    """How sure a policy change is, as the badge beside it says."""
    if change.is_collected:
        return {"state": "none", "label": _("From sources, not checked")}
    is_valid = change.status == ChangeStatus.VALIDATED
    return {"state": "verified" if is_valid else "review", "label": change.get_status_display()}


def citation(page):
    """Who, when, what: the words before the permanent address. What was collected is nobody's words but
    Adit's until its owner confirms it."""
    published = page.last_published_at or page.latest_revision_created_at
    year = f" ({published.year})" if published else ""
    owner = page.organisation.name if page.organisation else page.organisation_as_stated
    if unconfirmed_source(page):
        owner = ""
    return {
        "by": f"{owner}{year}." if owner else f"Adit{year}.",
        "title": page.title,
        "reference": page.reference,
    }


def labels():
    """Headings of the page, by anchor."""
    return {
        "problem": _("The problem"),
        "solution": _("What they did"),
        "evidence": _("Evidence of success"),
        "resources": _("Resources needed"),
        "difficulties": _("Difficulties"),
        "transfer": _("Could it work in your region?"),
        "expert": _("Expert opinion"),
        "outcomes": _("What came of it elsewhere"),
        "cite": _("Cite this practice"),
    }


def contents(page, shown):
    """Anchors and headings of the parts that are there."""
    there = {anchor for anchor, field in PARTS if getattr(page, field)} | {"cite"}
    further = {
        "evidence": shown["figures"] or shown["evidence"],
        "resources": shown["resources"],
        "transfer": shown["conditions"],
        "expert": shown["opinion"],
        "outcomes": shown["outcomes"],
    }
    there |= {anchor for anchor, is_there in further.items() if is_there}
    return [(anchor, heading) for anchor, heading in labels().items() if anchor in there]


def unstated(page, shown):
    """The parts that nobody wrote, in one line of words."""
    there = {anchor for anchor, _heading in contents(page, shown)}
    words = {
        "problem": _("the problem"),
        "solution": _("what was done"),
        "evidence": _("evidence of success"),
        "resources": _("resources needed"),
        "difficulties": _("difficulties"),
        "transfer": _("whether it could work elsewhere"),
    }
    return ", ".join(words[anchor] for anchor, _field in PARTS if anchor not in there)
