"""Which practices are like another one, and in what."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regions.models import Region
from search.choices import Kind
from search.documents import key_of
from search.facets import ANY_CRITICAL, ANY_STRATEGIC
from search.models import SearchDocument
from search.queries import search
from search.query import Query

SHOWN, CONSIDERED = 3, 100
NAMED = 3
REGION = 4


@dataclass(frozen=True)
class Similar:
    """One similar practice: its card, and in words what both share."""

    item: dict
    shares: str


def similar_practices(page):
    """The practices that share most with this one, the best first, in five queries whatever is found."""
    row = SearchDocument.objects.public().filter(key=key_of(page)).values("key", "display", "facets").first()
    if not row:
        return []
    materials = set(row["facets"].get("material", ())) - {ANY_CRITICAL, ANY_STRATEGIC}
    by = {"material": materials} if materials else {"stage": main_stages(row["display"])}
    if not any(by.values()):
        return []
    facets = {name: tuple(sorted(values)) for name, values in by.items()}
    found = search(Query(kind=Kind.PRACTICE, facets=facets, page_size=CONSIDERED))
    keys = [hit.key for hit in found.hits if hit.key != row["key"]]
    others = SearchDocument.objects.filter(key__in=keys).values("key", "display", "facets")
    ranked = sorted(others, key=lambda other: (-score(row, other), other["key"]))
    alike = [other for other in ranked if alike_in(row, other)][:SHOWN]
    places = names_of({place for other in alike if (place := shared_place(row, other))})
    return [Similar(other["display"], "; ".join(shared(row, other, places))) for other in alike]


def score(one, other):
    """How much two practices share: a material weighs most, then a main stage, a focus area, a place."""
    return (
        3 * len(shared_materials(one, other))
        + 2 * len(main_stages(one["display"]) & main_stages(other["display"]))
        + len(both(one, other, "focus"))
        + len({code[:REGION] for code in both(one, other, "region")})
    )


def alike_in(one, other):
    """Whether two practices share anything that can be said."""
    return bool(shared_materials(one, other) or shared_stages(one, other) or shared_place(one, other))


def shared(one, other, places):
    """What two practices share, each in words: which materials, which stages, which place."""
    if materials := shared_materials(one, other):
        some = listed(materials)
        yield ngettext("same material: %(names)s", "same materials: %(names)s", len(materials)) % {
            "names": some
        }
    if stages := shared_stages(one, other):
        yield ngettext("same stage: %(names)s", "same stages: %(names)s", len(stages)) % {
            "names": listed([stage.lower() for stage in stages])
        }
    if place := shared_place(one, other):
        name = places.get(place, place)
        yield _("both in %(place)s") % {"place": name}


def listed(names):
    """The first names, and how many more there are."""
    more = len(names) - NAMED
    some = ", ".join(names[:NAMED])
    return some if more < 1 else _("%(names)s and %(number)s more") % {"names": some, "number": more}


def shared_stages(one, other):
    """The names of the main stages of both."""
    keys = main_stages(one["display"]) & main_stages(other["display"])
    return [stage["name"] for stage in one["display"].get("stages", ()) if stage["key"] in keys]


def shared_place(one, other):
    """The code of the smallest region that both are in, or ""."""
    return max(sorted(both(one, other, "region")), key=len, default="")


def names_of(codes):
    """What these regions are called."""
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def shared_materials(one, other):
    theirs = other["display"].get("materials", ())
    return [name for name in one["display"].get("materials", ()) if name in theirs]


def main_stages(display):
    return {stage["key"] for stage in display.get("stages", ()) if stage["weight"] == "main"}


def both(one, other, facet):
    return set(one["facets"].get(facet, ())) & set(other["facets"].get(facet, ()))
