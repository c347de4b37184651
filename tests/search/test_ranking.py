"""The ranking that search/ranking.py promises, on both engines."""

import time

import pytest

from search import ranking
from search.lexicon import Lexicon, Meaning
from search.queries import search
from search.query import Query, Sought, Understood, neighbours
from search.understanding import understand
from tests.factories.knowledge import GoodPracticePageFactory
from tests.factories.regions import RawMaterialFactory
from tests.search.conftest import a_row

DAY = 86_400
TODAY = int(time.time())
LONG_AGO = TODAY - 3 * ranking.FRESH_DAYS * DAY
FILLER = "Hills and rivers, roads and towns, woods and fields, bridges and harbours."


def others(number=20):
    """Items about something else, so that words are as rare as they are on a site."""
    return [a_row(f"Quarry {n}", body=FILLER, newest=LONG_AGO) for n in range(number)]


@pytest.mark.parametrize("days_from_today", [0, 1 - ranking.FRESH_DAYS, 30, 9_999])
def test_what_is_new_or_still_to_come_stands_before_what_is_old(engine, days_from_today):
    engine.fill(
        a_row("Tailings", key="a", newest=TODAY - (ranking.FRESH_DAYS + 1) * DAY),
        a_row("Tailings", key="b", newest=TODAY + days_from_today * DAY),
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


def test_where_words_are_only_left_out_the_newest_comes_first(engine):
    engine.fill(
        a_row("Dam", key="a", newest=LONG_AGO + DAY, facets={"evidence": ["verified"]}),
        a_row("Basin", key="b", newest=TODAY),
        a_row("Adit", key="c", newest=LONG_AGO),
        *others(),
    )

    assert engine.keys(Query(text="-quarry")) == ["b", "a", "c"]


def test_being_new_finds_nothing(engine):
    engine.fill(a_row("Tailings", key="a", newest=TODAY, facets={"evidence": ["verified"]}), *others())

    assert engine.keys(Query(text="lithium")) == []
    assert engine.keys(Query(text="-quarry")) == ["a"]


@pytest.mark.django_db
def test_what_is_tagged_and_says_so_comes_before_what_is_only_tagged(site_engine, committed):
    with committed():
        lithium = RawMaterialFactory(code="lithium", name="Lithium")
        GoodPracticePageFactory(title="A mine in the north", raw_materials=[lithium])
        GoodPracticePageFactory(title="A mine of lithium", raw_materials=[lithium])
        for _ in range(10):
            GoodPracticePageFactory()

    found = search(Query("lithium", kind="practice")).hits

    assert [hit.display["title"] for hit in found] == ["A mine of lithium", "A mine in the north"]


# Words beside each other


def test_the_word_that_was_typed_comes_before_a_longer_name_for_the_same(engine):
    engine.fill(
        a_row("Tailings in Örebro", key="typed", body=FILLER),
        a_row("Extractive waste in Örebro", key="other words", body=FILLER),
        *others(),
    )
    asked = Sought(("tailings",), may_begin=False, alternatives=(("en", ("extractive", "waste")),))
    question = Query(text="tailings", understood=Understood((asked,), 1))

    assert engine.keys(question) == ["typed", "other words"]


@pytest.mark.parametrize("names", [[], ["mine water"]])
def test_words_that_stand_together_as_typed_come_before_the_same_words_far_apart(engine, names):
    engine.fill(
        a_row("A practice", key="apart", body=f"The mine stands alone here. {FILLER} Then comes water too."),
        a_row(
            "A practice", key="together", body=f"The mine water comes too. {FILLER} Then stands alone here."
        ),
        *others(),
    )

    lexicon = Lexicon()
    for name in names:
        lexicon.add("en", name, False, Meaning(tags={("focus", "water")}))

    query = understand(Query(text="mine water"), lexicon)

    assert [one.is_apart for one in query.sought] == ([True] if names else [False, False])
    assert engine.keys(query) == ["together", "apart"]


def test_one_word_between_is_near_and_the_other_order_is_not(engine):
    engine.fill(
        a_row("A practice", key="turned", body=f"Here some water mine and so. {FILLER}"),
        a_row("A practice", key="near", body=f"Here some mine with water so. {FILLER}"),
        *others(),
    )

    assert engine.keys(Query(text="mine water")) == ["near", "turned"]


def test_only_words_that_need_not_stand_together_earn_something_for_it():
    assert neighbours([Sought(("post", "mining")), Sought(("land",))]) == [("mining", "land")]
    assert neighbours([Sought(("mine", "water"), is_apart=True)]) == [("mine", "water")]
