"""Policy instruments, each with needs, measures and a change that a practice inspired."""

from bench.page_rows.surroundings import counted_at
from bench.page_rows.writing import create, parts, write_pages
from knowledge.choices import ChangeStatus, EvidenceKind, InstrumentKind
from knowledge.models import (
    Evidence,
    GoodPracticePage,
    Inspiration,
    InstrumentMeasure,
    InstrumentNeed,
    PolicyChange,
    PolicyInstrumentPage,
    TakenUp,
)

# The corpus has a text for each number; these begin where no practice comes.
TEXTS_FROM = 1_000_000
TWICE = (1, 2)


def write_instruments(around, numbers):
    """Write the instruments with these numbers."""
    items = [around.item_beside(number, TEXTS_FROM) for number in numbers]
    pages = [instrument(around, number, item) for number, item in zip(numbers, items, strict=True)]
    write_pages("policy-instruments", pages)
    around.link(pages, items)
    create(
        InstrumentNeed,
        [InstrumentNeed(page=page, need=f"Say who keeps register {n}") for page in pages for n in TWICE],
    )
    create(
        InstrumentMeasure,
        [
            InstrumentMeasure(page=page, name=f"Measure {n}", stages=["recycling"], budget=n * 50_000)
            for page in pages
            for n in TWICE
        ],
    )
    write_changes(pages)


def instrument(around, number, item):
    texts = parts(item["body"], 3)
    return PolicyInstrumentPage(
        **around.fields(number, item),
        slug=f"instrument-{number}",
        reference=f"PI-{number + 1:04}",
        instrument_kind=InstrumentKind.REGIONAL_STRATEGY,
        description=texts[0],
        mining_gap=texts[1],
        intended_improvement=texts[2],
        valid_from=2021,
        valid_to=2027,
        budget_total=1_000_000 * (number % 90 + 1),
    )


def write_changes(instruments):
    """A change of each, public and proved, inspired by the practice of the same number; every second one is
    validated."""
    changes = create(
        PolicyChange,
        [
            PolicyChange(
                instrument=page,
                title=f"Call {number} for re-mining was opened",
                what_changed="The call names tailings and asks for a plan of aftercare.",
                change_types=["new-project"],
                decided_by=page.organisation,
                decision_date="2026-05",
                attribution_note="The call was planned, its theme was not.",
                status=ChangeStatus.DECIDED if number % 2 else ChangeStatus.VALIDATED,
                validated_at=None if number % 2 else counted_at(number),
            )
            for number, page in enumerate(instruments)
        ],
    )
    create(TakenUp, [TakenUp(change=change) for change in changes])
    create(
        Evidence,
        [
            Evidence(
                change=change,
                kind=EvidenceKind.DECISION,
                title="Decision",
                url="https://example.org/decision",
            )
            for change in changes
        ],
    )
    practices = GoodPracticePage.objects.order_by("pk")[: len(changes)]
    create(
        Inspiration,
        [
            Inspiration(change=change, practice=practice, taken="The register and who keeps it.")
            for change, practice in zip(changes, practices, strict=True)
        ],
    )
