"""The orders of results, on both engines."""

import datetime as dt

import pytest
from django.utils import timezone

from regions.choices import Stage
from search.facets import whole_chain
from search.queries import search
from search.query import Query
from tests.factories import GoodPracticePageFactory, PolicyChangeFactory
from tests.search.conftest import a_row


def in_order(engine, sort, **query):
    """The keys in this order, asked for page by page and all at once: both must be the same."""
    everything = engine.module.keys(Query(sort=sort, **query))
    paged = [
        key
        for page in range(1, 1 + -(-len(everything) // 2))
        for key in engine.keys(Query(sort=sort, page=page, page_size=2, **query))
    ]
    assert paged == everything
    return everything


def test_what_was_taken_over_most_often_comes_first_and_of_the_others_the_newest(engine):
    engine.fill(
        a_row("Never", key="never", newest=5),
        a_row("Often", key="often", newest=1, numbers={"transferred": 12}),
        a_row("Twice", key="twice", newest=9, numbers={"transferred": 2}),
        a_row("Twice, newer", key="twice-newer", newest=10, numbers={"transferred": 2}),
        a_row("Never, newer", key="never-newer", newest=8, numbers={"transferred": 0}),
    )

    assert in_order(engine, "transferred") == ["often", "twice-newer", "twice", "never-newer", "never"]


def test_the_lowest_cost_comes_first_and_what_states_none_last(engine):
    engine.fill(
        a_row("Unknown", key="unknown", newest=5),
        a_row("Dear", key="dear", numbers={"cost": 12_000_000}),
        a_row("Cheap", key="cheap", numbers={"cost": 900}),
        a_row("Free", key="free", numbers={"cost": 0}),
        a_row("Unknown, newer", key="unknown-newer", newest=8),
    )

    assert in_order(engine, "cost") == ["free", "cheap", "dear", "unknown-newer", "unknown"]


def event(key, days):
    """An event that begins so many days from now."""
    day = timezone.localdate() + dt.timedelta(days=days)
    begin = dt.datetime(day.year, day.month, day.day, 9, tzinfo=dt.UTC)
    return a_row(key, key=key, kind="event", newest=int(begin.timestamp()), numbers={"date": day})


def test_the_next_event_comes_first_then_the_latest_that_is_over_then_what_has_no_day(engine):
    engine.fill(
        event("long ago", -900),
        event("yesterday", -1),
        a_row("No day", key="no day", newest=5),
        event("far", 300),
        event("today", 0),
        event("tomorrow", 1),
    )

    assert in_order(engine, "date") == ["today", "tomorrow", "far", "yesterday", "long ago", "no day"]
    assert engine.search(Query(sort="date", page=3, page_size=2)).total == 6


def test_an_order_leaves_words_and_filters_as_they_are(engine):
    engine.fill(
        a_row("Mud", key="mud", newest=2, numbers={"cost": 3}, facets={"stage": ["use"]}),
        a_row("Cheap mud", key="cheap", newest=1, numbers={"cost": 1}, facets={"stage": ["use"]}),
        a_row("Mud of another stage", key="other", numbers={"cost": 2}),
        a_row("Sand", key="sand", numbers={"cost": 0}, facets={"stage": ["use"]}),
    )

    assert in_order(engine, "cost", text="mud", facets={"stage": ("use",)}) == ["cheap", "mud"]
    assert in_order(engine, "date", text="mud", facets={"stage": ("use",)}) == ["cheap", "mud"]


@pytest.mark.parametrize("sort", ["", "COST", "nothing", "\x00"])
def test_an_unknown_order_is_the_usual_one(engine, sort):
    engine.fill(a_row("Sand and mud", key="b", newest=9), a_row("Mud", key="a", body="Mud, mud.", newest=1))

    assert in_order(engine, sort, text="mud") == in_order(engine, "best", text="mud")


@pytest.mark.django_db
def test_a_validated_change_makes_the_practice_it_took_from_count_as_transferred(committed, embedded_only):
    with committed():
        practices = [
            GoodPracticePageFactory(title=title, first_published_at=dt.datetime(year, 1, 1, tzinfo=dt.UTC))
            for title, year in (("Older", 2024), ("Newer", 2026))
        ]
        change = PolicyChangeFactory(status="in-force")
        change.inspirations.create(practice=practices[0])
        change.save()
    before = [hit.display["title"] for hit in search(Query(kind="practice", sort="transferred")).hits]

    with committed():
        change.status = "validated"
        change.save(update_fields=["status"])
    after = [hit.display["title"] for hit in search(Query(kind="practice", sort="transferred")).hits]
    with committed():
        change.instrument.unpublish()
    without = [hit.display["transfers"] for hit in search(Query(kind="practice", sort="transferred")).hits]

    assert (before, after, without) == (["Newer", "Older"], ["Older", "Newer"], [0, 0])


EVERY_STAGE = list(Stage.values)


def about_stages(key, *, main=(), touched=(), **about):
    marks = {"stage": [*main, *touched], "stage_main": main, "stage_touched": touched}
    return a_row(about.pop("title", key), key=key, facets=marks, **about)


@pytest.fixture
def chain(engine):
    """A main stage, a touched one, and two that touch all seven: one of them is mainly about recycling."""
    return engine.fill(
        about_stages("touched", touched=["use", "recycling"], newest=2),
        about_stages("main", main=["recycling"], newest=1),
        about_stages("whole", touched=EVERY_STAGE, newest=9),
        about_stages("whole, newer", touched=EVERY_STAGE, newest=10),
        about_stages(
            "all, but one above all",
            main=["recycling"],
            touched=[stage for stage in EVERY_STAGE if stage != "recycling"],
            newest=5,
        ),
    )


def test_under_a_stage_what_is_about_all_stages_alike_comes_last(chain):
    stage = {"facets": {"stage": ("recycling",)}}

    assert in_order(chain, "best", **stage) == [
        "all, but one above all",
        "touched",
        "main",
        "whole, newer",
        "whole",
    ]
    assert in_order(chain, "best", **stage, stage_weight="touched") == ["touched", "whole, newer", "whole"]
    assert in_order(chain, "best", **stage, stage_weight="main") == ["all, but one above all", "main"]


def test_it_comes_last_however_well_it_says_the_words(engine):
    engine.fill(
        about_stages("said once", main=["use"], body="Tailings " + "and more " * 300),
        about_stages("said most", touched=EVERY_STAGE, title="Tailings", summary="Tailings tailings"),
        about_stages("not said", main=["use"]),
        about_stages("said too", touched=EVERY_STAGE, title="Something of tailings", newest=99),
    )

    found = in_order(engine, "best", text="tailings", facets={"stage": ("use",)})

    assert found == ["said once", "said most", "said too"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", ["whole", "main"]), ("title", ["main", "whole"]), ("cost", ["whole", "main"])],
)
def test_an_order_that_was_chosen_is_kept(engine, sort, expected):
    engine.fill(
        about_stages("main", main=["use"], newest=1, numbers={"cost": 9}),
        about_stages("whole", touched=EVERY_STAGE, newest=2, numbers={"cost": 1}),
    )

    assert in_order(engine, sort, facets={"stage": ("use",)}) == expected


def test_without_a_stage_it_stands_where_it_would(chain):
    assert in_order(chain, "best")[:2] == ["whole, newer", "whole"]


def test_what_touches_every_stage_and_has_no_main_one_can_be_counted(chain):
    query = Query(facets={"stage": ("recycling",)})

    assert chain.search(query).total == 5
    assert sorted(chain.keys(whole_chain(query))) == ["whole", "whole, newer"]


@pytest.mark.parametrize("ends", [(5, 5), (9, 5), (None, -5), (0, 0)])
@pytest.mark.parametrize("band", ["year", "cost"])
def test_a_band_in_which_nothing_can_lie_finds_nothing(engine, band, ends):
    engine.fill(a_row("Here", numbers={"year": 5, "cost": 5}))

    assert engine.search(Query(bands={band: ends})).total == 0
