"""A policy instrument as its page shows it."""

import re
from difflib import SequenceMatcher

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge import states
from knowledge.choices import ChangeStatus, ChangeType, CrmaObjective, InstrumentState, NeedState, Weight
from knowledge.licences import unconfirmed_source
from knowledge.reading import values
from knowledge.reading.marks import marks_of
from knowledge.reading.practice import standing
from knowledge.reading.proof import pieces, readable_files
from network import kept
from regions import map as maps
from regions.choices import Language
from regions.models import Region

PRINTED_OF_PRACTICES = [f"practice__{name}" for name in ("title", "live", "url_path")]
HIDDEN = (ChangeStatus.IDEA, ChangeStatus.DECLINED, ChangeStatus.WITHDRAWN)
NEED_BADGES = {NeedState.MET: "verified", NeedState.PARTLY: "review", NeedState.OPEN: "none"}
STATE_BADGES = {InstrumentState.VALIDATED: "verified", InstrumentState.CLAIMED: "review"}


def instrument(page, request):
    """All that the page prints, in a constant number of queries."""
    user = getattr(request, "user", None)
    marks = marks_of(page)
    every = changes_of(page) if "changes" in marks.further else []
    rows = [row for row in every if row.status not in HIDDEN]
    files = readable_files([one for row in rows for one in row.evidence.all()], user)
    measured = list(page.measures.all()) if "measures" in marks.further else []
    state = states.instrument_state(row.status for row in every if not row.is_collected)
    return {
        "crumbs": values.crumbs(page, marks.regions, request),
        "source": unconfirmed_source(page),
        "state": state,
        "badge": STATE_BADGES.get(state, "none"),
        "original_language": page.source_language if page.source_language != Language.EN else "",
        "strip": strip(page, rows),
        "needs": needs(marks.lists["needs"]),
        "changes": [change(row, user, request, files) for row in rows],
        "measures": measures(measured),
        "measures_total": total(measured),
        "facts": facts(page, marks),
        "partners": marks.partners,
        "evidence": pieces(page.evidence.select_related("document"), user)
        if "evidence" in marks.further
        else [],
        "map": territory(marks.regions),
        "territory": "; ".join(values.place(region) for region in marks.regions),
        "address": values.permanent_address(page),
    }


def changes_of(page):
    """Its policy changes that everybody may read, the latest first, with all that is printed of them."""
    of_changes = page.changes.model._meta
    inspirations = of_changes.get_field("inspirations").related_model.objects.select_related("practice")
    evidence = of_changes.get_field("evidence").related_model.objects.all()
    events = of_changes.get_field("learned_at").related_model.objects.all()
    return list(
        page.changes.public()
        .select_related("decided_by", "taken_up", "collected_source")
        .prefetch_related(
            Prefetch("inspirations", inspirations.only("change", "taken", *PRINTED_OF_PRACTICES)),
            "inspirations__practice__stage_marks",
            "inspirations__practice__regions",
            Prefetch("evidence", evidence.select_related("document")),
            Prefetch("learned_at", events.only("title", "live")),
        )
    )


def change(row, user, request, files):
    """One policy change with its before and now, what inspired it, its evidence and its money."""
    learned = [event.title for event in row.learned_at.all() if event.live]
    if row.learned_otherwise:
        learned.append(row.learned_otherwise)
    is_validated = row.status == ChangeStatus.VALIDATED
    return {
        "title": row.title,
        "date": date_words(row.decision_date),
        "types": [ChangeType(one).label for one in row.change_types],
        **standing(row),
        "source": row.collected_source.url if row.is_collected else "",
        "text": row.what_changed,
        "diff": word_diff(row.before, row.after) if row.before and row.after else None,
        "inspired_by": [inspiration(one, request) for one in row.inspirations.all() if one.practice.live],
        "learned": ", ".join(learned),
        "evidence": pieces(row.evidence.all(), user, files),
        "decided_by": row.decided_by.name,
        "in_force": values.partial_date(row.in_force_date),
        "funding": values.money(row.funding_influenced),
        "structural_funds": values.money(row.of_which_structural_funds),
        "is_validated": is_validated,
        "attribution": row.attribution_note,
    }


def inspiration(row, request):
    practice = row.practice
    return {
        "title": practice.title,
        "url": practice.get_url(request),
        "stages": values.stages_of(practice),
        "place": ", ".join(region.name for region in practice.regions.all()),
        "taken": row.taken,
    }


def date_words(text):
    """Day and month apart from the year, as the change log prints them."""
    words = values.partial_date(text)
    year = text[:4]
    return {"day": words.removesuffix(year).strip() or year, "year": year if words != year else ""}


def word_diff(before, after):
    """Both texts cut into ("same" or "new" or "gone", words), word by word."""
    old, new = words(before), words(after)
    gone, come = [], []
    matcher = SequenceMatcher(
        a=[word.strip() for word in old], b=[word.strip() for word in new], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        same = kind == "equal"
        if a < b:
            gone.append(("same" if same else "gone", "".join(old[a:b])))
        if c < d:
            come.append(("same" if same else "new", "".join(new[c:d])))
    return {"before": gone, "after": come}


def words(text):
    """Words and signs, each with the space after it."""
    return re.findall(r"(?:\w+|[^\w\s])\s*", text)


def strip(page, rows):
    """The four facts under the title: (label, figure, small print). Sums count validated changes only."""
    valid = [row for row in rows if row.status == ChangeStatus.VALIDATED]
    waiting = [row for row in rows if row.status != ChangeStatus.VALIDATED and not row.is_collected]
    practices = {one.practice_id: one.practice for row in valid for one in row.inspirations.all()}
    regions = {region.pk for practice in practices.values() for region in practice.regions.all()}
    more = ngettext("%(n)s more in review", "%(n)s more in review", len(waiting)) % {"n": len(waiting)}
    origin = ngettext("from %(n)s region", "from %(n)s regions", len(regions)) % {"n": len(regions)}
    return [
        (_("Verified changes"), len(valid), more if waiting else ""),
        (_("Practices used"), len(practices), origin if regions else ""),
        (
            _("Funding influenced"),
            values.money(funding(valid)) or values.not_stated(),
            funding_note(page, waiting),
        ),
        (_("Status"), *validity(page)),
    ]


def funding(rows):
    """The sum of what is stated, None where nothing is."""
    stated = [row.funding_influenced for row in rows if row.funding_influenced is not None]
    return sum(stated) if stated else None


def funding_note(page, waiting):
    parts = []
    if page.budget_total:
        parts.append(_("of %(sum)s") % {"sum": values.money(page.budget_total)})
    if funding(waiting):
        parts.append(_("another %(sum)s in review") % {"sum": values.money(funding(waiting))})
    return "; ".join(parts)


def validity(page):
    """Whether it is in force by its years, and until when."""
    year = timezone.localdate().year
    if page.valid_from and page.valid_from > year:
        return _("Not yet in force"), _("from %(year)s") % {"year": page.valid_from}
    if page.valid_to and page.valid_to < year:
        return _("Ended"), _("in %(year)s") % {"year": page.valid_to}
    if page.valid_from or page.valid_to:
        return _("In force"), _("until %(year)s") % {"year": page.valid_to} if page.valid_to else ""
    return values.not_stated(), ""


def needs(rows):
    return [
        {
            "need": one.need,
            "today": one.today,
            "state": NEED_BADGES[NeedState(one.state)],
            "label": values.name_of(NeedState, one.state),
        }
        for one in rows
    ]


def measures(rows):
    """Its measures; a measure's stages all weigh the same."""
    return [
        {
            "name": one.name,
            "stages": values.stages(dict.fromkeys(one.stages, Weight.MAIN.value)),
            "budget": values.money(one.budget),
            "next_call": one.next_call,
        }
        for one in rows
    ]


def total(rows):
    return values.money(sum(one.budget or 0 for one in rows) or None)


def facts(page, marks):
    """The key facts beside the text."""
    years = "–".join(str(year) for year in (page.valid_from, page.valid_to) if year)
    stated = values.kept(
        [
            (_("Type"), page.get_instrument_kind_display()),
            (page.get_authority_role_display(), values.owner(page)),
            (_("Period"), years),
            (_("Budget"), values.money(page.budget_total)),
            (_("Territory"), values.places(page, marks.regions)),
        ]
    )
    stages = [stage["name"] for stage in values.stages(marks.stages) if stage["weight"]]
    further = values.known(
        [
            (_("Stages"), ", ".join(str(name) for name in stages)),
            (_("Materials"), values.materials(marks.materials)),
            (_("Topics"), ", ".join(marks.topics)),
            (_("CRMA objectives"), values.labels(CrmaObjective, page.crma_objectives)),
            (_("Structural Funds programme"), page.is_structural_funds and (page.cci_code or _("yes"))),
            (_("Legal reference"), page.legal_reference),
            (_("Text"), page.website and [values.link(page.website, page.website)]),
            (_("Project"), page.project and page.project.acronym),
            (_("Reference"), page.reference),
        ]
    )
    return stated + further


def territory(regions):
    """The map of the first region, or None where it has no place on our maps."""
    if not regions:
        return None
    return kept.remembered(("territory", regions[0].code), lambda: map_of(regions[0].code))


def map_of(code):
    region = Region.objects.get(code=code)
    if region.longitude is None:
        return None
    place = maps.Place(
        code=region.code,
        name=region.name,
        longitude=region.longitude,
        latitude=region.latitude,
        is_chosen=True,
    )
    return maps.close_up(region.code, place)
