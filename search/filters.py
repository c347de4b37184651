"""The facets as the page shows them: values with names and counts, regions level by level.

What is unfolded or looked for in a facet stands in the address, so all of it works without scripts:
    unfold=material     all values of the facet        unfold=SE    the parts of a region
    find_region=norr    only values with these words in their names
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regions.choices import Stage
from regions.search_documents import CRITICAL_GROUP, STRATEGIC_GROUP
from search.choices import Kind
from search.facets import BANDS, COUNTED, MAIN, MANY_VALUED, TOUCHED, code_with_ancestors
from search.languages import fold
from search.narrowing import LAST, last_of
from search.showing import number
from search.vocabulary import ANY_MATERIAL, FILTERS, facet_name

SHOWN, LONG, MOST_FOUND = 7, 12, 40
OPEN_AT_FIRST = ("stage", "material", "region", "evidence")
# Whoever chooses "any critical raw material" has these groups too.
SAID_ALREADY = {CRITICAL_GROUP, STRATEGIC_GROUP}
# Closed lists whose order means something.
IN_OWN_ORDER = ("stage", "evidence", "origin", "rex", "cost", "mode", "instrument_state")
LATEST_FIRST = ("year", "date")
# Offered with nothing but zeros too, so that a facet never vanishes from under the hand.
ALWAYS_OFFERED = {
    "": OPEN_AT_FIRST,
    Kind.PRACTICE: (*OPEN_AT_FIRST, "focus", "organisation_type", "origin"),
    Kind.INSTRUMENT: ("stage", "material", "region", "focus", "instrument_kind", "instrument_state"),
    Kind.EVENT: ("stage", "material", "region", "focus", "mode", "date"),
    Kind.REGION: ("region",),
    Kind.MATERIAL: ("material",),
}
FIND_LABELS = {
    "material": gettext_lazy("Find a material"),
    "region": gettext_lazy("Name or NUTS code"),
    "focus": gettext_lazy("Find a focus area"),
    "crma": gettext_lazy("Find an objective"),
    "organisation_type": gettext_lazy("Find a kind of organisation"),
    "language": gettext_lazy("Find a language"),
    "year": gettext_lazy("Find a year"),
    "date": gettext_lazy("Find a month"),
}


@dataclass
class Facet:
    """One facet: the values that are shown, and the ways to the others.

    values               see Panel.value
    more_url, more_label where all values are shown, or only the first again
    find_label, finding  what to write into its field, and what was written
    is_cut               whether more have the words looked for than are shown
    matches_all          None where any will do, else whether results must have all
    weights              [(value, label, chosen)] of the switch for stages
    ends                 [(parameter, label, value)] of its band, and the type of its fields
    """

    name: str
    label: str
    values: list
    open: bool
    chosen_count: int = 0
    more_url: str = ""
    more_label: str = ""
    find_label: str = ""
    finding: str = ""
    is_cut: bool = False
    matches_all: bool | None = None
    weights: list = field(default_factory=list)
    ends: list = field(default_factory=list)
    ends_type: str = ""


def facets(form, results):
    """The facets worth showing: what one can choose from, and what was chosen."""
    panel = Panel(form, results)
    return [panel.facet(name) for name in FILTERS if panel.is_offered(name)]


class Panel:
    """The filters of one page while they are put together."""

    def __init__(self, form, results):
        self.form, self.query, self.vocabulary = form, form.query, form.vocabulary
        self.counts = {name: dict(results.facets.get(name, ())) for name in FILTERS}
        base = form.url()
        self.base = base + ("&" if "?" in base else "?")
        # Asked for once a page.
        self.labels = {
            "parts": _("Parts of %(place)s"),
            "fewer parts": _("Hide parts of %(place)s"),
            "all": _("Show all %(number)s"),
            "fewer": _("Show fewer"),
        }

    def is_offered(self, name):
        is_asked = name in self.query.facets or name in self.query.bands
        return is_asked or any(self.counts[name].values()) or self.is_always_offered(name)

    def is_always_offered(self, name):
        is_narrowed = self.query.text or self.query.facets or self.query.bands
        return bool(is_narrowed) and name in ALWAYS_OFFERED[self.query.kind]

    def facet(self, name):
        chosen = self.query.facets.get(name, ())
        finding = self.form.finding.get(name, "")
        facet = Facet(
            name=name,
            label=facet_name(name),
            values=[],
            open=name in OPEN_AT_FIRST or name in self.query.bands or bool(chosen or finding),
            chosen_count=len(chosen) + (name in self.query.bands),
        )
        if name in MANY_VALUED and (chosen or name in self.query.match_all):
            facet.matches_all = name in self.query.match_all
        if name == "stage":
            facet.weights = self.weights()
        if name in BANDS:
            facet.ends, facet.ends_type = self.ends(name), "date" if name == "date" else "number"
        known = self.countries() if name == "region" else self.in_order(name)
        if name == "region" or len(known) > LONG:
            facet.find_label, facet.finding = str(FIND_LABELS.get(name, _("Find"))), finding
        return self.found_in(facet, known) if facet.finding else self.folded(facet, known)

    # Values: what is not shown is never more than its code.

    def value(self, name, value, depth=0):
        """One row of a facet, as a plain dictionary: a page prints more than a hundred of them.

        value, label, count, chosen; number, the count as text; look, the further classes of its row;
        swatch, the colour of a stage; below and below_label lead to its parts, or away from them.
        """
        count = self.counts[name].get(value, 0)
        return {
            "value": value,
            "label": self.vocabulary.name(name, value),
            "count": count,
            "chosen": value in self.query.facets.get(name, ()),
            "number": number(count),
            "depth": depth,
            "look": (f" opt--d{depth}" if depth else "") + ("" if count else " is-0"),
            "swatch": "",
            "below": "",
        }

    def in_order(self, name):
        """Every value there is, in the order of the page."""
        counts, chosen = self.counts[name], self.query.facets.get(name, ())
        known = list(dict.fromkeys([*self.vocabulary.names[name], *counts, *chosen]))
        if name == "material":
            known = [value for value in known if value in chosen or value not in SAID_ALREADY]
        if name in LATEST_FIRST:
            return sorted(known, reverse=True)
        if name in IN_OWN_ORDER:
            return known
        return sorted(known, key=lambda value: (value not in ANY_MATERIAL, -counts.get(value, 0)))

    def countries(self):
        chosen = {code[:2] for code in self.query.facets.get("region", ())}
        return self.places({*self.vocabulary.places.below.get("", ()), *chosen})

    def places(self, codes):
        counts, names = self.counts["region"], self.vocabulary.places.names
        return sorted(codes, key=lambda code: (-counts.get(code, 0), names.get(code, code), code))

    def with_parts(self, code, above_chosen, depth=0):
        """The place, and what lies in it where that is unfolded or chosen from."""
        place = self.value("region", code, depth)
        yield place
        parts = self.vocabulary.places.below.get(code, ())
        if not parts:
            return
        is_unfolded = code in self.form.unfolded
        if code not in above_chosen and (place["count"] or is_unfolded):
            label = self.labels["fewer parts" if is_unfolded else "parts"] % {"place": place["label"]}
            place |= {"below": self.unfold_url(code, fold=is_unfolded), "below_label": label}
        if is_unfolded or code in above_chosen:
            for part in self.places(parts):
                yield from self.with_parts(part, above_chosen, depth + 1)

    # What is shown of them

    def found_in(self, facet, known):
        """The facet with the values whose names have the words looked for, and the chosen ones."""
        name, words = facet.name, fold(facet.finding).split()
        chosen = self.query.facets.get(name, ())
        if name == "region":
            known = self.places({*self.vocabulary.places.names, *chosen})
        named = [one for one in known if one in chosen or self.vocabulary.is_named(name, one, words)]
        facet.values = [self.value(name, value) for value in named[:MOST_FOUND]]
        facet.is_cut = len(named) > MOST_FOUND
        if name == "region":
            for place in facet.values:
                place["label"] = f"{place['label']} ({place['value']})"
        return facet

    def folded(self, facet, known):
        """The facet with its first values, the chosen ones among them, or all where it is unfolded."""
        name, counts = facet.name, self.counts[facet.name]
        chosen = self.query.facets.get(name, ())
        lineages = [code_with_ancestors(code) for code in chosen] if name == "region" else []
        if len(known) > SHOWN + 1 and name not in IN_OWN_ORDER:
            if name in self.form.unfolded:
                facet.more_url, facet.more_label = self.unfold_url(name, fold=True), self.labels["fewer"]
                facet.open = True
            else:
                facet.more_url = self.unfold_url(name)
                facet.more_label = self.labels["all"] % {"number": number(len(known))}
                first = [one for one in known if counts.get(one) or one in ANY_MATERIAL][:SHOWN]
                kept = {*first, *chosen, *(lineage[0] for lineage in lineages)}
                if name == "region":
                    kept |= {code[:2] for code in self.form.unfolded}
                known = [value for value in known if value in kept]
        if name == "region":
            above_chosen = {above for lineage in lineages for above in lineage[:-1]}
            facet.values = [part for code in known for part in self.with_parts(code, above_chosen)]
        else:
            facet.values = [self.value(name, value) for value in known]
        if name == "stage":
            for value in facet.values:
                value["swatch"] = Stage.values.index(value["value"]) + 1
        return facet

    def unfold_url(self, value, fold=False):
        others = [one for one in self.form.unfolded if one != value]
        asked = urlencode([("unfold", one) for one in (others if fold else [*others, value])])
        return f"{self.base}{asked}".rstrip("?&")

    # Switches and bands

    def weights(self):
        labels = {
            "": _("Main stage or touched"),
            MAIN: _("Main stage"),
            TOUCHED: _("Touched, not the main stage"),
        }
        return [(weight, label, weight == self.query.stage_weight) for weight, label in labels.items()]

    def ends(self, name):
        start, end = self.query.bands.get(name, (None, None))
        fields = [(f"{name}_from", _("From, in euro"), start), (f"{name}_to", _("Below, in euro"), end)]
        if name in COUNTED:
            last = last_of(name, end)
            fields = [
                (f"{name}_from", _("From"), start),
                (f"{name}_{LAST}", _("Up to and including"), last),
            ]
        return [(field, label, "" if value is None else str(value)) for field, label, value in fields]
