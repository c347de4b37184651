"""What a page says of itself is what its facets count."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from knowledge.models import StageMark
from search.models import SearchDocument
from search.queries import search
from search.query import Query
from tests.factories import (
    CollectedSourceFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    TakenUpFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def row(page):
    return SearchDocument.objects.get(key=f"page:{page.pk}")


def test_a_practice_says_its_stages_by_weight_its_objectives_loops_and_numbers(committed):
    with committed():
        page = GoodPracticePageFactory(
            start="2021-03",
            cost_amount=Decimal("250000.50"),
            crma_objectives=["extractive-waste"],
            rex_loops=["reuse", "recycle"],
        )
        StageMark.objects.create(page=page, stage="recycling", weight="main")
        StageMark.objects.create(page=page, stage="use", weight="touched")
        page.save_revision().publish()

    said = row(page)

    names = ("stage", "stage_main", "stage_touched", "crma", "rex", "cost", "year")
    assert {name: said.facets[name] for name in names} == {
        "stage": ["recycling", "use"],
        "stage_main": ["recycling"],
        "stage_touched": ["use"],
        "crma": ["extractive-waste"],
        "rex": ["recycle", "reuse"],
        "cost": ["100k-1m"],
        "year": ["2021"],
    }
    assert {name: said.numbers[name] for name in ("cost", "year")} == {"cost": 25_000_050, "year": 2021}


def test_a_collected_practice_is_counted_as_what_its_card_says(committed, page):
    with committed():
        own, collected = GoodPracticePageFactory(title="Own"), GoodPracticePageFactory(title="Collected")
        proved = GoodPracticePageFactory(title="Proved")
        for one in (collected, proved):
            CollectedSourceFactory(page=one)
        EvidenceFactory(page=proved, accepted_at=timezone.now())

    counts = dict(search(Query(kind="practice")).facets["evidence"])
    cards = {
        card.h2.get_text(strip=True): card.select_one(".badge").get_text(strip=True)
        for card in page("/good-practices/").select("li.res")
    }

    assert (own.origin, collected.origin) == ("submitted", "collected")
    assert counts == {"self": 1, "collected": 1, "verified": 1}
    assert cards == {
        "Own": "Self-reported",
        "Collected": "From a public source",
        "Proved": "Evidence verified",
    }


def test_the_state_of_an_instrument_follows_its_changes_at_once(committed):
    with committed():
        page = PolicyInstrumentPageFactory(instrument_kind="legal-frame", crma_objectives=["skills"])
    before = row(page).facets
    with committed():
        change = PolicyChangeFactory(instrument=page, status="decided")
    claimed = row(page).facets
    with committed():
        TakenUpFactory(change=change)

    assert (before["instrument_kind"], before["crma"]) == (["legal-frame"], ["skills"])
    assert before["instrument_state"] == claimed["instrument_state"] == ["addressed"]
    assert row(page).facets["instrument_state"] == ["improved-claimed"]


def test_an_event_is_of_the_month_and_day_on_the_clocks_of_its_place(committed):
    begins = dt.datetime(2026, 11, 30, 23, 30, tzinfo=dt.UTC)
    with committed():
        page = LearningEventPageFactory(
            start=begins, end=begins + dt.timedelta(hours=2), timezone="Europe/Athens", mode="online"
        )

    said = row(page)

    assert begins.astimezone(ZoneInfo("Europe/Athens")).date() == dt.date(2026, 12, 1)
    assert (said.facets["mode"], said.facets["date"]) == (["online"], ["2026-12"])
    assert said.numbers["date"] == dt.date(2026, 12, 1).toordinal()
    found = search(Query(kind="event", bands={"date": (dt.date(2026, 12, 1), dt.date(2026, 12, 2))}))
    assert found.total == 1
