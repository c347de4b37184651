"""The facets: frozen names, and the one contract both engines keep.

Inside a facet any value, between facets all. The counts of a facet leave out its own selection and respect
all others, every value with a count is returned, and an item carries each value with all its ancestors, so
it counts once everywhere.

Values
    stage              exploration, extraction, processing, manufacturing, use, recycling, post-mining
    material           the material's slug, its parents and its group; "any-critical", "any-strategic"
    region             NUTS codes with all ancestors: SE332 brings SE33, SE3, SE
    focus              slug of the focus area
    evidence, origin, organisation_type, cost, crma, rex    values of the choices in knowledge and network
    language           language code of the texts: en, de, sv
    year               the year it began: "2021"
"""

from operator import itemgetter

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
)
ANY_CRITICAL, ANY_STRATEGIC = "any-critical", "any-strategic"


def chosen(facets, *, leave_out=None):
    """The chosen values that filter, as [(facet, sorted values)]: any of a facet's values, all of the
    facets."""
    return [
        (name, sorted(values))
        for name, values in sorted(facets.items())
        if values and name in FACETS and name != leave_out
    ]


def ranked(counts, selected=()):
    """Counts as [(value, count)]: highest first, then by value; selected values even with a count of 0."""
    values = dict.fromkeys(selected, 0) | dict(counts)
    kept = [pair for pair in values.items() if pair[1] or pair[0] in selected]
    return sorted(sorted(kept), key=itemgetter(1), reverse=True)


def code_with_ancestors(code):
    """A NUTS code and the codes above it, from the country down: SE332 gives SE, SE3, SE33, SE332."""
    return [code[:length] for length in range(2, len(code) + 1)] if len(code) >= 2 else []
