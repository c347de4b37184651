"""Good practices with figures, costs, conditions, evidence and decisions."""

from bench.page_rows.surroundings import counted_at
from bench.page_rows.writing import create, parts, write_pages
from knowledge.choices import ContextFactor, CostBasis, Difficulty, EvidenceKind, Maturity, ValidationKind
from knowledge.models import (
    Evidence,
    GoodPracticePage,
    KeyFigure,
    ResourceItem,
    TransferCondition,
    Validation,
)

TWICE = (1, 2)


def write_practices(around, numbers):
    """Write the practices with these numbers."""
    items = [around.corpus.item(number) for number in numbers]
    pages = [practice(around, number, item) for number, item in zip(numbers, items, strict=True)]
    write_pages("good-practices", pages)
    around.link(pages, items)
    create(
        KeyFigure,
        [
            KeyFigure(
                page=page, value=f"{n * 12} %", label="of the tailings used again", basis="2021 to 2024"
            )
            for page in pages
            for n in TWICE
        ],
    )
    create(
        ResourceItem,
        [
            ResourceItem(page=page, what=f"Survey {n}", paid_by="Region", amount=n * 40_000)
            for page in pages
            for n in TWICE
        ],
    )
    create(
        TransferCondition,
        [
            TransferCondition(
                page=page,
                condition=f"An authority that keeps register {n}",
                factor=ContextFactor.LEGAL,
                difficulty=hard,
            )
            for page in pages
            for n, hard in zip(TWICE, (Difficulty.EASY, Difficulty.HARD), strict=True)
        ],
    )
    both = list(zip(pages, items, strict=True))
    create(Evidence, [report(page, item) for page, item in both if item["evidence"] != "self-reported"])
    create(
        Validation,
        [
            Validation(page=page, kind=ValidationKind.COUNTED, at=counted_at(item["number"]))
            for page, item in both
            if page.project
        ],
    )


def practice(around, number, item):
    texts = parts(item["body"], 5)
    return GoodPracticePage(
        **around.fields(number, item),
        slug=f"practice-{number}",
        reference=f"GP-{number + 1:04}",
        challenge=texts[0],
        description=texts[1],
        evidence_of_success=texts[2],
        difficulties=texts[3],
        transfer_potential=texts[4],
        cost_amount=item["cost"],
        cost_basis=CostBasis.TOTAL_SO_FAR if item["cost"] else "",
        start=str(item["year"]),
        maturity=Maturity.RUNNING,
        funding_sources=["erdf", "own-budget"],
    )


def report(page, item):
    is_accepted = item["evidence"] == "verified"
    return Evidence(
        page=page,
        kind=EvidenceKind.REPORT,
        title=f"Report {item['number']} of the regional audit office",
        claim="Tonnes used again",
        url="https://example.org/report",
        accepted_at=counted_at(item["number"]) if is_accepted else None,
    )
