"""The facets as the page shows them: values with names and counts, regions as a tree."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from regions.choices import Stage
from regions.search_documents import CRITICAL_GROUP, STRATEGIC_GROUP
from search.facets import code_with_ancestors
from search.vocabulary import ANY_MATERIAL, FILTERS, facet_name

SHOWN = 7
# More regions than this are not listed at once: then only chosen branches are unfolded.
MOST_REGIONS = 400
OPEN_AT_FIRST = ("stage", "material", "region", "evidence")
# Whoever chooses "any critical raw material" has these groups too.
SAID_ALREADY = {CRITICAL_GROUP, STRATEGIC_GROUP}
# Closed lists whose order means something; all of them fit.
IN_OWN_ORDER = ("stage", "evidence", "origin")
# Offered with a zero too, so that a choice never vanishes from under the hand.
ALWAYS_OFFERED = ("stage", "material", "region", "evidence", "origin", "focus", "organisation_type")


@dataclass
class Value:
    """One value of a facet."""

    value: str
    label: str
    count: int
    chosen: bool
    swatch: int | None = None
    children: list = field(default_factory=list)
    open: bool = False


@dataclass
class Facet:
    """One facet: the values that are shown, and `more` that are folded away."""

    name: str
    label: str
    values: list
    more: list
    open: bool
    chosen_count: int
    find_label: str = ""
    is_tree: bool = False

    @property
    def more_count(self):
        return len(self.more)


def facets(form, results):
    """The facets worth showing: what one can choose from, and in a zero state what can be loosened."""
    vocabulary = form.vocabulary
    counts = {name: dict(results.facets.get(name, ())) for name in FILTERS}
    codes = region_codes(counts["region"], form.query.facets.get("region", ()))
    vocabulary.learn_regions(codes)
    shown = []
    for name in FILTERS:
        chosen = form.query.facets.get(name, ())
        offered = any(counts[name].values()) or chosen or (not results.total and name in OPEN_AT_FIRST)
        if offered:
            make = region_facet if name == "region" else flat_facet
            shown.append(make(vocabulary, name, counts[name], chosen))
    return shown


def flat_facet(vocabulary, name, counts, chosen):
    known = vocabulary.names[name] if name in ALWAYS_OFFERED else ()
    values = [
        Value(
            value=value,
            label=vocabulary.name(name, value),
            count=counts.get(value, 0),
            chosen=value in chosen,
            swatch=Stage.values.index(value) + 1 if name == "stage" and value in Stage.values else None,
        )
        for value in dict.fromkeys([*known, *counts, *chosen])
        if value in chosen or not (name == "material" and value in SAID_ALREADY)
    ]
    if name == "year":
        values.sort(key=lambda value: value.value, reverse=True)
    elif name not in IN_OWN_ORDER:
        values.sort(key=lambda value: (value.value not in ANY_MATERIAL, -value.count))
    return folded(name, values, foldable=name not in IN_OWN_ORDER)


def folded(name, values, foldable=True, is_tree=False):
    """The facet with its first values shown, the chosen ones among them, and the others folded away."""
    shown, more = values, []
    if foldable and len(values) > SHOWN + 1:
        first = [value for value in values[:SHOWN] if value.count or value.value in ANY_MATERIAL]
        first = first or values[:SHOWN]
        shown = [value for value in values if value in first or value.chosen or value.open]
        more = [value for value in values if value not in shown]
    chosen_count = sum(chosen_in(value) for value in values)
    return Facet(
        name=name,
        label=facet_name(name),
        values=shown,
        more=more,
        open=name in OPEN_AT_FIRST or bool(chosen_count),
        chosen_count=chosen_count,
        find_label=find_label(name) if more or is_tree else "",
        is_tree=is_tree,
    )


def chosen_in(value):
    return value.chosen + sum(chosen_in(child) for child in value.children)


def region_codes(counts, chosen):
    """The regions to show: all that are counted; of too many, the countries and the chosen branches."""
    lineages = {code for value in chosen for code in code_with_ancestors(value)}
    counted = {code for code, count in counts.items() if count}
    if len(counted) > MOST_REGIONS:
        counted = {code for code in counted if len(code) == 2 or code[:-1] in lineages}
    return lineages | {above for code in counted for above in code_with_ancestors(code)}


def region_facet(vocabulary, name, counts, chosen):
    """Countries, and in each the regions below it."""
    codes = region_codes(counts, chosen)
    countries = {code for code in vocabulary.names[name] if len(code) == 2}
    below = {}
    for code in codes:
        below.setdefault(code[:-1] if len(code) > 2 else "", set()).add(code)
    below[""] = below.get("", set()) | countries

    def branch(above):
        values = [place(code) for code in below.get(above, ())]
        return sorted(values, key=lambda value: (-value.count, value.label, value.value))

    def place(code):
        children = branch(code)
        return Value(
            value=code,
            label=vocabulary.name(name, code),
            count=counts.get(code, 0),
            chosen=code in chosen,
            children=children,
            open=any(chosen_in(child) for child in children),
        )

    return folded(name, branch(""), is_tree=True)


def find_label(name):
    return {
        "material": _("Find a material"),
        "region": _("Name or NUTS code"),
        "focus": _("Find a focus area"),
        "organisation_type": _("Find a kind of organisation"),
        "language": _("Find a language"),
        "year": _("Find a year"),
    }.get(name, "")
