"""Pages with everything that a page can have, once or several times."""

from decimal import Decimal

from knowledge.models import GoodPracticePage
from tests.factories import (
    EvidenceFactory,
    FocusAreaFactory,
    GoodPracticePageFactory,
    OrganisationFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    RawMaterialFactory,
    RegionFactory,
    TakenUpFactory,
)


def region(code, name, parent=None):
    return RegionFactory(code=code, name=name, parent=parent)


def full_practice(size=1, **fields):
    spain = region("ES", "Spain")
    practice = GoodPracticePageFactory(
        **{
            "title": f"Re-mining old tailings {size}",
            "organisation": OrganisationFactory(name="Oficina del Legado"),
            "regions": [region(f"ES{n}", f"Extremadura {n}", spain) for n in range(1, size + 1)],
            "raw_materials": [RawMaterialFactory() for _ in range(size)],
            "focus_areas": [FocusAreaFactory() for _ in range(size)],
            "stages": {"processing": "main", "post-mining": "touched"},
            "challenge": "<p>Arsenic in the stream.</p>",
            "description": "<p>They tested first.</p>",
            "evidence_of_success": "<p>412,000 tonnes.</p>",
            "resources_needed": "<p>Money.</p>",
            "difficulties": "<p>Dust.</p>",
            "transfer_potential": "<p>It travels.</p>",
            "start": "2021-03",
            "end": "2025-12",
            "maturity": "completed",
            "cost_amount": Decimal(4300000),
            "cost_basis": "total-so-far",
            "staff_fte": Decimal("2.5"),
            "funding_sources": ["erdf"],
        }
        | fields
    )
    for number in range(size):
        practice.key_figures.create(value=f"{number} t", label="reprocessed")
        practice.resource_items.create(what="Drilling", paid_by="Region", amount=Decimal(410000))
        practice.transfer_conditions.create(condition="A buyer", factor="money", difficulty="hard")
        EvidenceFactory(
            page=practice, claim="Tonnes", accepted_at="2026-10-03T10:00Z" if not number else None
        )
        change = PolicyChangeFactory(title=f"A call {number}", status="validated")
        change.inspirations.create(practice=practice, taken="The order")
        change.save()
    practice.save()
    practice.validations.create(kind="database", opinion="New is the order of things.")
    return GoodPracticePage.objects.get(pk=practice.pk)


def full_instrument(size=1):
    poland = region("PL", "Poland")
    instrument = PolicyInstrumentPageFactory(
        title=f"Circular Mining Programme {size}",
        instrument_kind="funding-scheme",
        organisation=OrganisationFactory(name="Marshal’s Office"),
        regions=[region(f"PL{n}", f"Dolnośląskie {n}", poland) for n in range(1, size + 1)],
        description="<p>Money for mines.</p>",
        mining_gap="<p>Tailings are a cost only.</p>",
        valid_from=2024,
        valid_to=2090,
        budget_total=Decimal(96000000),
    )
    for number in range(size):
        instrument.needs.create(need="Treat tailings as a resource", today="Only a cost.", state="partly-met")
        instrument.measures.create(name="Pilot plants", stages=["processing"], budget=Decimal(31500000))
        practice = GoodPracticePageFactory(
            title=f"Practice {size} {number}",
            regions=[region(f"ES{number + 1}", "Extremadura")],
            stages={"use": "main"},
        )
        for status, funding in (("validated", 1000000), ("decided", 2000000)):
            change = PolicyChangeFactory(
                instrument=instrument,
                title=f"Change {status} {number}",
                status=status,
                funding_influenced=Decimal(funding),
                before="It funds the covering of tailings.",
                after="It funds the re-mining of tailings.",
            )
            EvidenceFactory(change=change)
            TakenUpFactory(change=change)
            change.inspirations.create(practice=practice)
            change.save()
    instrument.save()
    return instrument
