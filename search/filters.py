"""The facets as the page shows them: values with names and counts, regions level by level.

What is unfolded or looked for in a facet stands in the address, so all of it works without scripts:
    unfold=material     all values of the facet        unfold=SE    the parts of a region
    find_region=norr    only values with these words in their names
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from regions.choices import Stage
from regions.search_documents import CRITICAL_GROUP, STRATEGIC_GROUP
from search.choices import Kind
from search.facets import BANDS, MAIN, MANY_VALUED, TOUCHED, code_with_ancestors
from search.languages import fold
from search.narrowing import ENDS
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


@dataclass(slots=True)
class Value:
    """One value of a facet; `below` leads to its parts, or away from them where `is_unfolded`."""

    value: str
    label: str
    count: int
    chosen: bool
    number: str
    swatch: int = 0
    depth: int = 0
    below: str = ""
    is_unfolded: bool = False


@dataclass
class Facet:
    """One facet: the values that are shown, and the ways to the others.

    all_url, all_count   where all values are shown, and how many they are
    fewer_url            where only the first are
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
    all_url: str = ""
    all_count: int = 0
    fewer_url: str = ""
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

    def is_offered(self, name):
        is_asked = name in self.query.facets or name in self.query.bands
        return is_asked or any(self.counts[name].values()) or self.is_always_offered(name)

    def is_always_offered(self, name):
        is_narrowed = self.query.text or self.query.facets or self.query.bands
        return bool(is_narrowed) and name in ALWAYS_OFFERED[self.query.kind]

    def facet(self, name):
        chosen = self.query.facets.get(name, ())
        values = self.countries() if name == "region" else self.all_values(name)
        finding = self.form.finding.get(name, "")
        facet = Facet(
            name=name,
            label=facet_name(name),
            values=values,
            open=name in OPEN_AT_FIRST or name in self.query.bands or bool(chosen or finding),
            chosen_count=len(chosen) + (name in self.query.bands),
        )
        if name in MANY_VALUED and (chosen or name in self.query.match_all):
            facet.matches_all = name in self.query.match_all
        if name == "stage":
            facet.weights = self.weights()
        if name in BANDS:
            facet.ends, facet.ends_type = self.ends(name), "date" if name == "date" else "number"
        if name == "region" or len(values) > LONG:
            facet.find_label, facet.finding = find_label(name), finding
        return self.found_in(facet) if facet.finding else self.folded(facet)

    # Values

    def value(self, name, value, **more):
        count = self.counts[name].get(value, 0)
        return Value(
            value=value,
            label=self.vocabulary.name(name, value),
            count=count,
            chosen=value in self.query.facets.get(name, ()),
            number=str(count) if count < 1000 else number_format(count, force_grouping=True),
            **more,
        )

    def all_values(self, name):
        """Every value there is, in the order of the page."""
        chosen = self.query.facets.get(name, ())
        known = dict.fromkeys([*self.vocabulary.names[name], *self.counts[name], *chosen])
        if name == "material":
            known = [value for value in known if value in chosen or value not in SAID_ALREADY]
        if name == "stage":
            stages = Stage.values
            return [self.value(name, value, swatch=stages.index(value) + 1) for value in stages]
        values = [self.value(name, value) for value in known]
        if name in LATEST_FIRST:
            values.sort(key=lambda value: value.value, reverse=True)
        elif name not in IN_OWN_ORDER:
            values.sort(key=lambda value: (value.value not in ANY_MATERIAL, -value.count))
        return values

    def countries(self):
        chosen = {
            above for code in self.query.facets.get("region", ()) for above in code_with_ancestors(code)
        }
        codes = {*self.vocabulary.places.below.get("", ()), *(code[:2] for code in chosen)}
        return self.places(codes)

    def places(self, codes, depth=0):
        values = [self.value("region", code, depth=depth) for code in codes]
        return sorted(values, key=lambda place: (-place.count, place.label, place.value))

    def with_parts(self, place, above_chosen):
        """The place, and what lies in it where that is unfolded or chosen from."""
        yield place
        parts = self.vocabulary.places.below.get(place.value, ())
        if not parts:
            return
        place.is_unfolded = place.value in self.form.unfolded
        if place.value not in above_chosen and (place.count or place.is_unfolded):
            place.below = self.unfold_url(place.value, fold=place.is_unfolded)
        if place.is_unfolded or place.value in above_chosen:
            for part in self.places(parts, place.depth + 1):
                yield from self.with_parts(part, above_chosen)

    # What is shown of them

    def found_in(self, facet):
        """The facet with the values whose names have the words looked for, and the chosen ones."""
        words = fold(facet.finding).split()
        candidates = facet.values
        if facet.name == "region":
            codes = self.vocabulary.places.names
            found = [code for code in codes if self.vocabulary.is_named("region", code, words)]
            candidates = self.places({*found, *self.query.facets.get("region", ())})
            for place in candidates:
                place.label = f"{place.label} ({place.value})"
        named = [v for v in candidates if v.chosen or self.vocabulary.is_named(facet.name, v.value, words)]
        facet.values, facet.is_cut = named[:MOST_FOUND], len(named) > MOST_FOUND
        facet.open = True
        return facet

    def folded(self, facet):
        """The facet with its first values, the chosen ones among them, or all where it is unfolded."""
        values, name = facet.values, facet.name
        above_chosen, chosen_countries = set(), set()
        if name == "region":
            lineages = [code_with_ancestors(code) for code in self.query.facets.get(name, ())]
            above_chosen = {above for lineage in lineages for above in lineage[:-1]}
            chosen_countries = {lineage[0] for lineage in lineages} | {c[:2] for c in self.form.unfolded}
        if len(values) > SHOWN + 1 and name not in IN_OWN_ORDER:
            if name in self.form.unfolded:
                facet.fewer_url, facet.open = self.unfold_url(name, fold=True), True
            else:
                facet.all_url, facet.all_count = self.unfold_url(name), len(values)
                first = [v for v in values[:SHOWN] if v.count or v.value in ANY_MATERIAL] or values[:SHOWN]
                kept = {value.value for value in first} | chosen_countries
                values = [value for value in values if value.chosen or value.value in kept]
        if name == "region":
            values = [part for place in values for part in self.with_parts(place, above_chosen)]
        facet.values = values
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
        labels = (_("From, in euro"), _("Below, in euro")) if name == "cost" else (_("From"), _("Before"))
        values = self.query.bands.get(name, (None, None))
        return [
            (f"{name}_{end}", label, "" if value is None else str(value))
            for end, label, value in zip(ENDS, labels, values, strict=True)
        ]


def find_label(name):
    return {
        "material": _("Find a material"),
        "region": _("Name or NUTS code"),
        "focus": _("Find a focus area"),
        "crma": _("Find an objective"),
        "organisation_type": _("Find a kind of organisation"),
        "language": _("Find a language"),
        "year": _("Find a year"),
        "date": _("Find a month"),
    }.get(name, "")
