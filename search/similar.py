"""Which practices are like another one, and in what."""

from dataclasses import dataclass
from json import loads

from django.db.models.fields.json import KT
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network import kept
from network.ready_queries import ReadyQuery, padded, some
from regions.models import Region
from search.choices import Kind
from search.documents import key_of
from search.facets import ANY_CRITICAL, ANY_STRATEGIC
from search.models import SearchDocument
from search.queries import first_keys
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
    """The practices that share most with this one, the best first, in three queries whatever is found."""
    known = [Known(*row) for row in ONE.rows(key_of(page))]
    if not known:
        return []
    one = known[0]
    materials = set(one.facets.get("material", ())) - {ANY_CRITICAL, ANY_STRATEGIC}
    by = {"material": materials} if materials else {"stage": set(one.stages)}
    if not any(by.values()):
        return []
    facets = {name: tuple(sorted(values)) for name, values in by.items()}
    keys = first_keys(Query(kind=Kind.PRACTICE, facets=facets, page_size=CONSIDERED, has_counts=False))
    others = [Known(*row) for row in MANY.rows(*padded(keys, CONSIDERED))] if keys else []
    alike = [other for other in others if other.key != one.key and is_alike(one, other)]
    best = sorted(alike, key=lambda other: (-score(one, other), other.key))[:SHOWN]
    cards = cards_of(best)
    return [Similar(cards[other.key], "; ".join(shared(one, other))) for other in best if other.key in cards]


class Known:
    """What search knows of one practice, as far as practices are compared by it."""

    def __init__(self, key, facets, materials, stages):
        self.key, self.facets = key, loads(facets)
        self.materials = loads(materials or "[]")
        # What they are called, by their keys, in their order.
        main = (stage for stage in loads(stages or "[]") if stage["weight"] == "main")
        self.stages = {stage["key"]: stage["name"] for stage in main}


def known_of(**which):
    rows = SearchDocument.objects.filter(**which)
    rows = rows.annotate(materials=KT("display__materials"), stages=KT("display__stages"))
    return rows.values_list("key", "facets", "materials", "stages")


PLACES = some(CONSIDERED, "place ")
ONE = ReadyQuery(lambda: known_of(key="place", deleted=False, version__gt=0), "place")
MANY = ReadyQuery(lambda: known_of(key__in=PLACES), *PLACES)


CARDS = ReadyQuery(
    lambda: SearchDocument.objects.filter(key__in=PLACES[:SHOWN]).values_list("key", "display"),
    *PLACES[:SHOWN],
)


def cards_of(practices):
    """The cards of these practices by their keys."""
    keys = [one.key for one in practices]
    return {key: loads(card) for key, card in CARDS.rows(*padded(keys, SHOWN))} if keys else {}


def score(one, other):
    """How much two practices share: a material weighs most, then a main stage, a focus area, a place."""
    return (
        3 * len(shared_materials(one, other))
        + 2 * len(one.stages.keys() & other.stages.keys())
        + len(both(one, other, "focus"))
        + len({code[:REGION] for code in both(one, other, "region")})
    )


def is_alike(one, other):
    """Whether two practices share anything that can be said."""
    return bool(shared_materials(one, other) or shared_stages(one, other) or shared_place(one, other))


def shared(one, other):
    """What two practices share, each in words: which materials, which stages, which place."""
    if materials := shared_materials(one, other):
        first = listed(materials)
        yield ngettext("same material: %(names)s", "same materials: %(names)s", len(materials)) % {
            "names": first
        }
    if stages := shared_stages(one, other):
        yield ngettext("same stage: %(names)s", "same stages: %(names)s", len(stages)) % {
            "names": listed([stage.lower() for stage in stages])
        }
    if place := shared_place(one, other):
        name = kept.remembered("names of regions", names_of_regions).get(place, place)
        yield _("both in %(place)s") % {"place": name}


def listed(names):
    """The first names, and how many more there are."""
    more = len(names) - NAMED
    some = ", ".join(names[:NAMED])
    return some if more < 1 else _("%(names)s and %(number)s more") % {"names": some, "number": more}


def shared_place(one, other):
    """The code of the smallest region that both are in, or ""."""
    return max(sorted(both(one, other, "region")), key=len, default="")


def names_of_regions():
    """What all regions are called, by their codes."""
    return dict(Region.objects.values_list("code", "name"))


def shared_materials(one, other):
    return [name for name in one.materials if name in other.materials]


def shared_stages(one, other):
    """The names of the main stages of both."""
    return [name for key, name in one.stages.items() if key in other.stages]


def both(one, other, facet):
    return set(one.facets.get(facet, ())) & set(other.facets.get(facet, ()))
