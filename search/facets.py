"""The facets: frozen names, and the one contract both engines keep.

Inside a facet any value, between facets all. An item carries each value with all its ancestors, so it counts
once everywhere. The number beside a value is how many results there are once it is chosen, all other
filters as they are:
    any    it is then the only choice of its facet, so the counts leave out their own facet's selection
    all    it is added to those chosen, so the counts respect the selection (`match_all`)
Every value with a count is returned.

In an address
    stage=recycling&stage=use       one parameter for each choice, by the names below
    stage_weight=main               stages count where they are a main stage; "touched": where they are not
    match_all=material              results must have all chosen materials; for the facets of MANY_VALUED
    cost_from=100000&cost_to=200000 half-open bands, for the names of BANDS: from there, up to but without
                                    that. A band is a filter of its own; all counts respect it
    year_last=2024                  the same end for who counts it in: for the names of COUNTED

Values
    stage              exploration, extraction, processing, manufacturing, use, recycling, post-mining
    material           the material's slug, its parents and its group; "any-critical", "any-strategic"
    region             NUTS codes with all ancestors: SE332 brings SE33, SE3, SE
    focus              slug of the focus area
    evidence, origin, organisation_type, cost, crma, rex    values of the choices in knowledge and network
    language           language code of the texts: en, de, sv
    year               the year it began: "2021"
    mode, date         how an event is held, and the month it begins in: "2026-11"
    instrument_kind, instrument_state    values of the choices in knowledge
"""

from dataclasses import replace
from operator import itemgetter

from regions.choices import Stage

FACETS = (
    "stage",
    "material",
    "region",
    "focus",
    "evidence",
    "origin",
    "organisation_type",
    "language",
    "year",
    "cost",
    "crma",
    "rex",
    "mode",
    "date",
    "instrument_kind",
    "instrument_state",
)
# One item may hold several values of these, so one can ask for all of them.
MANY_VALUED = ("stage", "material", "region", "focus", "crma", "rex", "language")
# What can be asked for from a number or day up to another: euro, years, the day an event begins.
BANDS = ("cost", "year", "date")
# Bands whose ends people count in: 2015 to 2024 has 2024 in it. A sum is "below" instead.
COUNTED = ("year", "date")
# Facets without a closed list: what exists in the index is offered, also where it counts nothing.
OPEN_LISTS = ("year", "date")
MAIN, TOUCHED = "main", "touched"
STAGE_WEIGHTS = (MAIN, TOUCHED)
ANY_CRITICAL, ANY_STRATEGIC = "any-critical", "any-strategic"
CENTS = 100


def chosen(query):
    """The chosen values that filter, as [(facet, sorted values, whether an item must have all of them)]."""
    return [
        (name, sorted(values), name in query.match_all)
        for name, values in sorted(query.facets.items())
        if values and name in FACETS
    ]


def whole_chain(query):
    """The question for those of the results that touch every stage and have none as their main stage."""
    return replace(
        query,
        facets=query.facets | {"stage": tuple(Stage.values)},
        match_all=(*query.match_all, "stage"),
        stage_weight=TOUCHED,
    )


def ranked(counts, selected=(), keep_zero=False):
    """Counts as [(value, count)]: highest first, then by value; selected values even with a count of 0."""
    values = dict.fromkeys(selected, 0) | dict(counts)
    kept = [pair for pair in values.items() if pair[1] or keep_zero or pair[0] in selected]
    return sorted(sorted(kept), key=itemgetter(1), reverse=True)


def ranked_facets(counts, query):
    """The counts of every facet as Results gives them, from {facet: [(value, count)]}."""
    return {
        name: ranked(counts.get(name, ()), query.facets.get(name, ()), keep_zero=name in OPEN_LISTS)
        for name in FACETS
    }


def whole_number(band, value):
    """The value of a band as the whole number that both engines compare: cents, years, days."""
    if value is None:
        return None
    if band == "date":
        return value.toordinal()
    return round(value * CENTS) if band == "cost" else int(value)


def code_with_ancestors(code):
    """A NUTS code and the codes above it, from the country down: SE332 gives SE, SE3, SE33, SE332."""
    return [code[:length] for length in range(2, len(code) + 1)] if len(code) >= 2 else []
