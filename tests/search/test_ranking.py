"""The ranking that search/ranking.py promises, on both engines."""

import time

import pytest

from search import ranking
from search.query import Query
from tests.search.conftest import a_row

DAY = 86_400
TODAY = int(time.time())
LONG_AGO = TODAY - 3 * ranking.FRESH_DAYS * DAY
FILLER = "Hills and rivers, roads and towns, woods and fields, bridges and harbours."


def others(number=20):
    """Items about something else, so that words are as rare as they are on a site."""
    return [a_row(f"Quarry {n}", body=FILLER, newest=LONG_AGO) for n in range(number)]


@pytest.mark.parametrize(
    "newest", [TODAY, TODAY - (ranking.FRESH_DAYS - 1) * DAY, TODAY + 30 * DAY, TODAY + 9_999 * DAY]
)
def test_what_is_new_or_still_to_come_stands_before_what_is_old(engine, newest):
    engine.fill(
        a_row("Tailings", key="a", newest=TODAY - (ranking.FRESH_DAYS + 1) * DAY),
        a_row("Tailings", key="b", newest=newest),
        *others(),
    )

    assert engine.keys(Query(text="tailings")) == ["b", "a"]


def test_what_says_no_day_is_old(engine):
    engine.fill(
        a_row("Tailings", key="a", newest=0),
        a_row("Tailings", key="b", newest=-5_000 * DAY),
        a_row("Tailings", key="c", newest=TODAY),
        *others(),
    )

    scores = {item.key: item.score for item in engine.search(Query(text="tailings")).items}

    assert scores["a"] == pytest.approx(scores["b"])
    assert scores["c"] > scores["a"]


def test_new_is_new_by_the_same_small_amount_however_new(engine):
    engine.fill(
        *(a_row("Tailings", key=key, newest=TODAY - days * DAY) for key, days in (("a", 300), ("b", 0))),
        *others(),
    )

    first, second = (item.score for item in engine.search(Query(text="tailings")).items)

    assert first == pytest.approx(second)


def test_what_others_verified_stands_before_what_nobody_did_and_before_what_is_only_new(engine):
    engine.fill(
        a_row("Tailings", key="a", newest=LONG_AGO, facets={"evidence": ["described"]}),
        a_row("Tailings", key="b", newest=TODAY, facets={"evidence": ["described"]}),
        a_row("Tailings", key="c", newest=LONG_AGO, facets={"evidence": ["verified"]}),
        *others(),
    )

    assert engine.keys(Query(text="tailings")) == ["c", "b", "a"]


def test_new_and_verified_never_outweigh_a_word(engine):
    engine.fill(
        a_row("Tailings of gold", key="two", newest=TODAY, facets={"evidence": ["verified"]}, body=FILLER),
        a_row("Tailings of gold", key="all", newest=LONG_AGO, body=f"{FILLER} Once a dam."),
        *others(),
    )

    assert engine.keys(Query(text="tailings gold dam")) == ["all", "two"]


def test_being_new_finds_nothing(engine):
    engine.fill(a_row("Tailings", key="a", newest=TODAY, facets={"evidence": ["verified"]}), *others())

    assert engine.keys(Query(text="lithium")) == []
    assert engine.keys(Query(text="-quarry")) == ["a"]
