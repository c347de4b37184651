"""How practices and policy instruments are found, and what every page about regions and materials is found
by.

The dicts are those that search describes in its `documents.Document`.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Prefetch
from wagtail.rich_text import get_text_for_indexing

from knowledge.choices import CostBand, EvidenceState, Origin, Scope, Weight
from knowledge.licences import text_licence, unconfirmed_source
from knowledge.models import GoodPracticePage, PolicyChange, PolicyInstrumentPage
from knowledge.queries import validated_inspirations
from knowledge.references import spellings
from knowledge.search_touches import TOUCHES
from knowledge.states import instrument_state
from network.addresses import page_path
from regions.choices import Language, Stage
from regions.search_documents import (
    material_values,
    materials_with_lineage,
    place_line,
    place_names,
    region_values,
    regions_with_lineage,
)

# Search reads both.
__all__ = ["DOCUMENTS", "TOUCHES"]

# Upper ends of the cost bands, in euro; what is beyond them all is in the last one.
COST_BANDS = {CostBand.UNDER_100K: 100_000, CostBand.TO_1M: 1_000_000, CostBand.TO_10M: 10_000_000}
MATERIALS_SHOWN = 3


def public_pages(model):
    """The pages of this kind that everyone may read, with all that a document tells of them."""
    pages = (
        model.objects.live()
        .public()
        .select_related("organisation__merged_into", "project", "collected_source", "imported_record")
    )
    return pages.prefetch_related(
        Prefetch("regions", regions_with_lineage()),
        Prefetch("raw_materials", materials_with_lineage()),
        "focus_areas",
        "stage_marks",
        "evidence",
        "tagged_items__tag",
    )


def page_document(page, *, body=(), facets=None, numbers=None, display=None, newest=None):
    """What every knowledge page says to search; the arguments add what its kind says."""
    regions, materials = list(page.regions.all()), list(page.raw_materials.all())
    marks = {mark.stage: mark.weight for mark in page.stage_marks.all()}
    focus_areas = list(page.focus_areas.all())
    organisation, source = owner(page), unconfirmed_source(page)
    published = page.first_published_at
    return {
        "texts": texts(page, body),
        "names": page_names(page),
        "places": place_names(regions),
        "facets": {
            "stage": marks,
            "stage_main": of_weight(marks, Weight.MAIN),
            "stage_touched": of_weight(marks, Weight.TOUCHED),
            "material": material_values(materials),
            "region": region_values(regions),
            "focus": [area.code for area in focus_areas],
            "origin": [page.origin],
            "organisation_type": [organisation.organisation_type if organisation else ""],
            "language": [page.source_language],
            **(facets or {}),
        },
        "numbers": numbers or {},
        "newest": newest or (published.timestamp() if published else 0),
        "display": {
            "permanent_id": str(page.permanent_id),
            "external_id": external_id(page),
            "url": address(page),
            "title": page.title,
            "summary": page.summary,
            "kind_label": str(page._meta.verbose_name),
            "reference": page.reference,
            "place": place(page, regions),
            "region_codes": sorted(region.code for region in regions),
            "stages": stages(marks),
            "materials": [material.name for material in materials],
            "material_codes": [material.code for material in materials],
            "organisation": organisation.name if organisation else page.organisation_as_stated,
            "origin": str(page.origin),
            "source": source.url if source else "",
            "licence": text_licence(page),
            **(display or {}),
        },
    }


def texts(page, body):
    """The page's words by language: title and summary are English, the rest is in the author's language."""
    long = "\n".join(get_text_for_indexing(text) for text in body if text)
    said = {Language.EN.value: {"title": page.title, "summary": page.summary}}
    own = said.setdefault(str(page.source_language), {})
    own["body"] = long
    if page.title_original and "title" not in own:
        own["title"] = page.title_original
    return said


def owner(page):
    """The organisation that owns the page; the one it was merged into when it was entered twice."""
    organisation = page.organisation
    return organisation.merged_into or organisation if organisation else None


def page_names(page):
    """Words that the text may not say: reference, the id it was imported by, keywords, owner, project.

    Materials, stages, focus areas and regions are found by their names in all languages as what they are:
    values of facets.
    """
    yield from (*spellings(page.reference), page.title_original, page.place)
    yield from spellings(external_id(page))
    for item in page.tagged_items.all():
        yield item.tag.name
    for organisation in {page.organisation: True, owner(page): True}:
        if organisation:
            yield from (organisation.name, organisation.name_original, organisation.acronym)
    yield page.organisation_as_stated
    if page.project:
        yield from (page.project.acronym, page.project.title)


def external_id(page):
    """The id of the row that the page was imported from."""
    record = getattr(page, "imported_record", None)
    return record.external_id if record else ""


def address(page):
    """The page's address, without a query."""
    return page_path(page)


def place(page, regions):
    if not regions or page.scope == Scope.SEVERAL_COUNTRIES:
        return place_line(regions) or page.place or str(page.get_scope_display())
    return place_line(regions)


def stages(marks):
    """All seven stages in their order, each with how much the page is about it."""
    return [
        {"key": stage.value, "name": str(stage.label), "weight": marks.get(stage.value, "")}
        for stage in Stage
    ]


def of_weight(marks, weight):
    return [stage for stage, marked in marks.items() if marked == weight]


def years(first, last):
    """ "2021–2025", "2021–" while it goes on, "2021" for a single year, nothing when it is not known."""
    if not first:
        return ""
    return str(first) if str(first) == str(last) else f"{first}–{last or ''}"


# Good practices


def public_practices():
    """Good practices with what took from them."""
    transfers = Prefetch("inspirations", validated_inspirations(), "validated_inspirations")
    return public_pages(GoodPracticePage).prefetch_related("key_figures", transfers)


def practice_document(practice):
    state = evidence_state(practice)
    first, last = practice.start[:4], practice.end[:4]
    band = cost_band(practice.cost_amount)
    document = page_document(
        practice,
        body=[
            practice.challenge,
            practice.description,
            practice.evidence_of_success,
            practice.resources_needed,
            practice.difficulties,
            practice.transfer_potential,
            *(f"{figure.value} {figure.label}" for figure in practice.key_figures.all()),
        ],
        facets={
            "evidence": [state],
            "year": [first],
            "cost": [band],
            "crma": practice.crma_objectives,
            "rex": practice.rex_loops,
        },
        numbers={
            "year": int(first) if first else None,
            "cost": practice.cost_amount,
            "transferred": len(practice.validated_inspirations),
        },
        display={
            "years": years(first, last),
            "year_begin": int(first) if first else None,
            "year_end": int(last) if last else None,
            "evidence": {"state": state.value, "label": str(state.label)},
            "cost": str(practice.cost_amount or ""),
            "record_kind": practice.record_kind,
            "transfers": len(practice.validated_inspirations),
        },
    )
    return with_facts(document)


def with_facts(document):
    """The document with the short facts that stand beside a card."""
    display = document["display"]
    shown = display["materials"][:MATERIALS_SHOWN]
    more = len(display["materials"]) - len(shown)
    facts = []
    if shown:
        value = ", ".join(shown) + (f" +{more}" if more else "")
        facts.append({"key": "materials", "label": "Materials", "value": value})
    if display.get("cost"):
        facts.append({"key": "cost", "label": "Cost", "value": euros(float(display["cost"]))})
    display["facts"] = facts
    return document


def euros(amount):
    """An amount as short as a card needs it: €4.3 m, €5,000 m, €350 k, €900."""
    if amount >= 999_500:
        millions = (Decimal(amount) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"€{millions:,}".removesuffix(".0") + " m"
    if amount >= 10_000:
        return f"€{amount / 1_000:.0f} k"
    return f"€{amount:,.0f}"


def cost_band(amount):
    if amount is None:
        return ""
    return next((band for band, end in COST_BANDS.items() if amount < end), CostBand.OVER_10M)


def evidence_state(page):
    """Verified once a piece of evidence was accepted, in review while there is any; without, what the owner
    reports or what a public source says."""
    pieces = list(page.evidence.all())
    if any(piece.accepted_at for piece in pieces):
        return EvidenceState.VERIFIED
    if pieces:
        return EvidenceState.IN_REVIEW
    return EvidenceState.COLLECTED if page.origin == Origin.COLLECTED else EvidenceState.SELF_REPORTED


# Policy instruments


def instrument_document(instrument):
    document = page_document(
        instrument,
        body=[
            instrument.description,
            instrument.mining_gap,
            instrument.intended_improvement,
            instrument.legal_reference,
            *(need.need for need in instrument.needs.all()),
            *(measure.name for measure in instrument.measures.all()),
        ],
        facets={
            "year": [instrument.valid_from],
            "crma": instrument.crma_objectives,
            "instrument_kind": [instrument.instrument_kind],
            "instrument_state": [instrument_state(change.status for change in instrument.looked_at)],
        },
        numbers={"year": instrument.valid_from},
        display={
            "years": years(instrument.valid_from, instrument.valid_to),
            "year_begin": instrument.valid_from,
            "year_end": instrument.valid_to,
            "instrument_kind": instrument.instrument_kind,
            "instrument_kind_label": str(instrument.get_instrument_kind_display()),
        },
    )
    return with_facts(document)


DOCUMENTS = [
    {
        "model": GoodPracticePage,
        "kind": "practice",
        "queryset": public_practices,
        "document": practice_document,
    },
    {
        "model": PolicyInstrumentPage,
        "kind": "instrument",
        "queryset": lambda: public_pages(PolicyInstrumentPage).prefetch_related(
            "needs", "measures", Prefetch("changes", PolicyChange.objects.looked_at(), to_attr="looked_at")
        ),
        "document": instrument_document,
    },
]
