"""Facet counts on filters nobody thought of: what stands beside a value is what choosing it shows."""

import random

import pytest

from search.facets import code_with_ancestors, ranked
from search.query import Query
from tests.search.conftest import a_row

STAGES = ["exploration", "extraction", "use", "recycling"]
REGIONS = ["SE331", "SE332", "SE110", "FI1D7", "FI193"]
MATERIALS = ["lithium", "cobalt", "gold"]
KINDS = ["practice", "event", "instrument"]
VALUES = {
    "stage": STAGES,
    "region": sorted({part for code in REGIONS for part in code_with_ancestors(code)}),
    "material": [*MATERIALS, "any-critical"],
}


def some(chance, values, most):
    return chance.sample(values, chance.randint(0, most))


def rows(chance):
    for number in range(60):
        materials = some(chance, MATERIALS, 2)
        yield a_row(
            f"{chance.choice(['Tailings', 'Slag'])} {number}",
            kind=chance.choice(KINDS),
            key=f"k{number}",
            facets={
                "stage": some(chance, STAGES, 3),
                "region": [part for code in some(chance, REGIONS, 2) for part in code_with_ancestors(code)],
                "material": materials + (["any-critical"] if {"lithium", "cobalt"} & set(materials) else []),
            },
        )


def matching(items, query, leave_out=None):
    """What the contract says matches, without any engine."""
    return [
        item
        for item in items
        if (not query.text or query.text in item.title_key)
        and (leave_out == "kind" or query.kind in ("", item.kind))
        and all(
            set(values) & set(item.facets[name]) for name, values in query.facets.items() if name != leave_out
        )
    ]


def expected_counts(items, query, name):
    left = matching(items, query, leave_out=name)
    counts = {value: sum(value in item.facets[name] for item in left) for value in VALUES[name]}
    return ranked(counts, query.facets.get(name, ()))


@pytest.mark.parametrize("seed", range(3))
def test_totals_and_counts_hold_on_random_filters(engine, seed):
    chance = random.Random(seed)
    items = list(rows(chance))
    engine.fill(*items)

    for _ in range(40):
        query = Query(
            text=chance.choice(["", "tailings"]),
            kind=chance.choice(["", *KINDS]),
            facets={name: tuple(some(chance, values, 3)) for name, values in VALUES.items()},
            page_size=100,
        )

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


def test_a_code_brings_all_it_lies_in():
    assert code_with_ancestors("SE332") == ["SE", "SE3", "SE33", "SE332"]
    assert code_with_ancestors("SE") == ["SE"]
    assert code_with_ancestors("") == []
