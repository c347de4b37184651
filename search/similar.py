"""Which practices are like another one, and in what."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.choices import Kind
from search.documents import key_of
from search.facets import ANY_CRITICAL, ANY_STRATEGIC
from search.models import SearchDocument
from search.queries import search
from search.query import Query

SHOWN, CONSIDERED = 3, 100
COUNTRY, REGION = 2, 4


@dataclass(frozen=True)
class Similar:
    """One similar practice: its card, and in words what both share."""

    item: dict
    shares: str


def similar_practices(page):
    """The practices that share most with this one, the best first, in three queries whatever is found."""
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
    return [
        Similar(other["display"], ", ".join(shared(row, other))) for other in ranked if shared(row, other)
    ][:SHOWN]


def score(one, other):
    """How much two practices share: a material weighs most, then a main stage, a focus area, a place."""
    return (
        3 * len(shared_materials(one, other))
        + 2 * len(main_stages(one["display"]) & main_stages(other["display"]))
        + len(both(one, other, "focus"))
        + len({code[:REGION] for code in both(one, other, "region")})
    )


def shared(one, other):
    """What two practices share, in words."""
    stages = main_stages(one["display"]) & main_stages(other["display"])
    names = {stage["key"]: stage["name"].lower() for stage in one["display"].get("stages", ())}
    places = {len(code) for code in both(one, other, "region")}
    words = [name.lower() for name in shared_materials(one, other)]
    words += [name for key, name in names.items() if key in stages]
    if places and max(places) >= REGION:
        words.append(_("the same region"))
    elif COUNTRY in places:
        words.append(_("the same country"))
    return words


def shared_materials(one, other):
    theirs = other["display"].get("materials", ())
    return [name for name in one["display"].get("materials", ()) if name in theirs]


def main_stages(display):
    return {stage["key"] for stage in display.get("stages", ()) if stage["weight"] == "main"}


def both(one, other, facet):
    return set(one["facets"].get(facet, ())) & set(other["facets"].get(facet, ()))
