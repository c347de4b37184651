"""Facet counts on filters nobody thought of: what stands beside a value is what choosing it shows."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from search.facets import MANY_VALUED, STAGE_WEIGHTS, code_with_ancestors, ranked
from search.query import Query
from tests.search.conftest import a_row

STAGES = ["exploration", "extraction", "use", "recycling"]
REGIONS = ["SE331", "SE332", "SE110", "FI1D7", "FI193"]
MATERIALS = ["lithium", "cobalt", "gold"]
KINDS = ["practice", "event", "instrument"]
YEARS = list(range(2018, 2024))
FIRST_DAY = dt.date(2026, 1, 30)
VALUES = {
    "stage": STAGES,
    "region": sorted({part for code in REGIONS for part in code_with_ancestors(code)}),
    "material": [*MATERIALS, "any-critical"],
    "cost": ["under-100k", "100k-1m"],
    "year": [str(year) for year in YEARS],
    "mode": ["online", "hybrid"],
    "date": ["2026-01", "2026-02", "2026-03"],
}
BANDS = {
    "cost": some.integers(0, 30).map(lambda number: number * 10_000),
    "year": some.integers(2017, 2025),
    "date": some.integers(-2, 35).map(lambda days: FIRST_DAY + dt.timedelta(days)),
}
few = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def rows(chance):
    for number in range(60):
        kind = chance.choice(KINDS)
        facets, numbers = ({}, {}) if chance.random() < 0.05 else about(chance, kind)
        title = f"{chance.choice(['Tailings', 'Slag'])} {number}"
        yield a_row(title, kind=kind, key=f"k{number}", facets=facets, numbers=numbers)


def about(chance, kind):
    """The facets and numbers of an item of this kind."""
    marks = {stage: chance.choice(STAGE_WEIGHTS) for stage in chosen_from(chance, STAGES, 3)}
    materials = chosen_from(chance, MATERIALS, 2)
    regions = chosen_from(chance, REGIONS, 2)
    year, cost = chance.choice(YEARS), chance.choice([None, 0, 99_999.99, 100_000, 250_000])
    day = FIRST_DAY + dt.timedelta(chance.randint(0, 33))
    facets = {
        "stage": marks,
        "stage_main": [stage for stage, weight in marks.items() if weight == "main"],
        "stage_touched": [stage for stage, weight in marks.items() if weight == "touched"],
        "region": {part for code in regions for part in code_with_ancestors(code)},
        "material": materials + (["any-critical"] if {"lithium", "cobalt"} & set(materials) else []),
        "year": [year],
    }
    if kind == "event":
        facets |= {"mode": [chance.choice(VALUES["mode"])], "date": [f"{day:%Y-%m}"]}
        return facets, {"year": year, "date": day}
    if cost is not None:
        facets["cost"] = ["under-100k" if cost < 100_000 else "100k-1m"]
    return facets, {"year": year, "cost": cost}


def chosen_from(chance, values, most):
    return chance.sample(values, chance.randint(0, most))


def queries():
    choices = {
        name: some.lists(some.sampled_from(values), unique=True, max_size=2).map(tuple)
        for name, values in VALUES.items()
    }
    ends = {
        name: some.one_of(some.just((None, None)), some.tuples(some.none() | end, some.none() | end))
        for name, end in BANDS.items()
    }
    return some.builds(
        Query,
        text=some.sampled_from(["", "tailings"]),
        kind=some.sampled_from(["", *KINDS]),
        facets=some.fixed_dictionaries({}, optional=choices),
        match_all=some.lists(some.sampled_from(["stage", "region", "material"]), unique=True).map(tuple),
        stage_weight=some.sampled_from(["", *STAGE_WEIGHTS]),
        bands=some.fixed_dictionaries({}, optional=ends),
        page_size=some.just(100),
    )


def matching(items, query, leave_out=None):
    """What the contract says matches, without any engine."""
    return [
        item
        for item in items
        if (not query.text or query.text in item.title_key)
        and (leave_out == "kind" or query.kind in ("", item.kind))
        and all(
            (all if name in query.match_all else any)(v in held(item, name, query) for v in values)
            for name, values in query.facets.items()
            if name != leave_out or name in query.match_all
        )
        and all(within(item, name, *ends) for name, ends in query.bands.items())
    ]


def held(item, name, query):
    """The item's values of the facet, as the query counts them."""
    own_name = f"stage_{query.stage_weight}" if name == "stage" and query.stage_weight else name
    return item.facets.get(own_name, ())


def within(item, name, start, end):
    factor = {"cost": lambda euro: euro * 100, "date": dt.date.toordinal}.get(name, int)
    number = item.numbers.get(name)
    return (
        number is not None
        and (start is None or number >= factor(start))
        and (end is None or number < factor(end))
    )


def expected_counts(items, query, name):
    left = matching(items, query, leave_out=name)
    counts = {value: sum(value in held(item, name, query) for item in left) for value in VALUES[name]}
    exist = {value for item in items for value in item.facets.get(name, ())}
    if name in ("year", "date"):
        return ranked({value: counts[value] for value in exist}, query.facets.get(name, ()), keep_zero=True)
    return ranked(counts, query.facets.get(name, ()))


def with_choice(query, name, value):
    """The query after choosing the value: added to the others where all must match, else in their place."""
    others = query.facets.get(name, ()) if name in query.match_all else ()
    return replace(query, facets=query.facets | {name: (*others, value)})


@pytest.mark.parametrize("seed", range(2))
def test_totals_and_counts_hold_on_any_filters(engine, seed):
    items = list(rows(random.Random(seed)))
    engine.fill(*items)

    @few
    @given(queries())
    def holds(query):
        found = engine.search(query)
        wanted = matching(items, query)
        assert sorted(item.key for item in found.items) == sorted(item.key for item in wanted)
        assert found.total == len(wanted)
        assert {name: found.facets[name] for name in VALUES} == {
            name: expected_counts(items, query, name) for name in VALUES
        }
        left = matching(items, query, leave_out="kind")
        assert found.kinds == {
            kind: count for kind in KINDS if (count := sum(item.kind == kind for item in left))
        }

    holds()


def test_the_number_beside_a_value_is_how_many_there_are_once_it_is_chosen(engine):
    engine.fill(*rows(random.Random(7)))

    @few
    @given(queries(), some.data())
    def holds(query, data):
        facets = engine.search(query).facets
        offered = [(name, value, count) for name in VALUES for value, count in facets[name]]
        for name, value, count in data.draw(some.permutations(offered))[:3]:
            assert engine.search(with_choice(query, name, value)).total == count, (name, value)

    holds()


def test_all_ancestors_of_a_region_count_an_item_in_two_of_its_parts_once(engine):
    engine.fill(a_row(facets={"region": ["SE", "SE3", "SE33", "SE331", "SE332"]}))

    assert engine.search(Query()).facets["region"] == [
        (code, 1) for code in ("SE", "SE3", "SE33", "SE331", "SE332")
    ]


def test_all_narrows_where_any_widens(engine):
    engine.fill(
        a_row(key="a", facets={"material": ["lithium"]}),
        a_row(key="b", facets={"material": ["cobalt", "lithium"]}),
        a_row(key="c", facets={"material": ["cobalt", "gold"]}),
    )
    both = {"material": ("cobalt", "lithium")}

    of_any, of_all = (engine.search(Query(facets=both, match_all=m)) for m in ((), ("material",)))

    assert (of_any.total, of_any.facets["material"]) == (3, [("cobalt", 2), ("lithium", 2), ("gold", 1)])
    assert (of_all.total, of_all.facets["material"]) == (1, [("cobalt", 1), ("lithium", 1)])


def test_stages_can_be_asked_for_by_their_weight(engine):
    both = {"stage": ["recycling", "use"], "stage_main": ["recycling"], "stage_touched": ["use"]}
    engine.fill(a_row(key="a", facets=both), a_row(key="b", facets={"stage": ["use"], "stage_main": ["use"]}))

    found = {
        weight: engine.search(Query(facets={"stage": ("use",)}, stage_weight=weight))
        for weight in ("", *STAGE_WEIGHTS)
    }

    assert {weight: sorted(i.key for i in one.items) for weight, one in found.items()} == {
        "": ["a", "b"],
        "main": ["b"],
        "touched": ["a"],
    }
    assert found["main"].facets["stage"] == [("recycling", 1), ("use", 1)]


def test_bands_begin_with_their_first_number_and_end_before_their_last(engine):
    days = [dt.date(2026, 5, day) for day in (1, 2, 3)]
    engine.fill(*(a_row(key=str(day.day), numbers={"date": day, "cost": day.day / 100}) for day in days))
    engine.send(a_row(key="none"))

    def found(**bands):
        return sorted(item.key for item in engine.search(Query(bands=bands)).items)

    assert found(date=(days[0], days[2])) == ["1", "2"]
    assert found(date=(days[1], None)) == ["2", "3"]
    assert found(date=(None, days[1])) == ["1"]
    assert found(date=(days[2], days[0])) == []
    assert found(cost=(0.02, 0.03)) == ["2"]
    assert found(date=(None, None)) == ["1", "2", "3", "none"]


def test_years_that_exist_stay_visible_where_nothing_is_of_them(engine):
    engine.fill(
        a_row(facets={"year": ["2020"], "stage": ["use"]}),
        a_row(facets={"year": ["2021"], "stage": ["recycling"]}),
    )

    found = engine.search(Query(facets={"stage": ("use",)}))

    assert found.facets["year"] == [("2020", 1), ("2021", 0)]
    assert found.facets["stage"] == [("recycling", 1), ("use", 1)]


def test_what_cannot_match_all_is_asked_for_any():
    query = Query(match_all=("cost", "stage", "cake"), stage_weight="half", bands={"cake": (1, 2)})

    assert (query.match_all, query.stage_weight, query.bands) == (("stage",), "", {})
    assert set(query.match_all) <= set(MANY_VALUED)


def test_a_code_brings_all_it_lies_in():
    assert code_with_ancestors("SE332") == ["SE", "SE3", "SE33", "SE332"]
    assert code_with_ancestors("SE") == ["SE"]
    assert code_with_ancestors("") == []
