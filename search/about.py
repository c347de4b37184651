"""What search knows about one region or one raw material, for their pages: finished values.

Regions and materials lie below; their templates ask with one tag (`search_tags`). Every function costs a
fixed number of queries and searches.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network import kept
from network.models import Organisation
from regions import map as maps
from regions.choices import MaterialGroup, MaterialKind, Stage
from regions.models import RawMaterial
from regions.queries import ancestors, place_of, regions_with_practices
from search.choices import Kind
from search.queries import search
from search.query import NEWEST, Query

CARDS = 3
LISTED = 5
REGIONS_LISTED = 20
EVENTS_LOOKED_AT = 50
THICKEST = 8
SMALL_MAP = 400


@dataclass(frozen=True)
class Contents:
    """What is about a region or a material: the newest of each kind, and how much there is in all."""

    practices: int
    cards: list
    instruments: int
    instrument_rows: list
    events: int
    event_rows: list
    counts: dict = field(repr=False)


@dataclass(frozen=True)
class AboutRegion(Contents):
    materials: list
    organisations: list
    children: dict
    map: maps.Map | None


@dataclass(frozen=True)
class AboutMaterial(Contents):
    stages: list
    regions: int
    region_rows: list
    countries: int
    map: maps.Map


def contents(facet, value):
    """Practices, instruments and events with this value of the facet. Three searches."""
    chosen = {"facets": {facet: (value,)}, "sort": NEWEST}
    practices = search(Query(kind=Kind.PRACTICE, page_size=CARDS, **chosen))
    instruments = search(Query(kind=Kind.INSTRUMENT, page_size=LISTED, has_counts=False, **chosen))
    events = search(Query(kind=Kind.EVENT, page_size=EVENTS_LOOKED_AT, has_counts=False, **chosen))
    return {
        "practices": practices.total,
        "cards": [hit.display for hit in practices.hits],
        "instruments": instruments.total,
        "instrument_rows": [hit.display for hit in instruments.hits],
        "events": events.total,
        "event_rows": event_rows([hit.display for hit in events.hits]),
        "counts": {name: dict(values) for name, values in practices.facets.items()},
    }


def event_rows(displays, now=None):
    """The next events, the nearest first, then the latest that are over."""
    now = now or timezone.now()
    dated = sorted(
        ((datetime.fromisoformat(d["date"]), d) for d in displays if d.get("date")), key=lambda pair: pair[0]
    )
    coming = [pair for pair in dated if pair[0] > now]
    if coming:
        kept.until(coming[0][0])
    over = [pair for pair in reversed(dated) if pair[0] <= now]
    rows = []
    for day, display in [*coming, *over][:LISTED]:
        place = display.get("city") or display.get("mode_label", "")
        rows.append(
            {
                "url": display["url"],
                "title": display["title"],
                "day": day.day,
                "month": date_format(day, "M"),
                "meta": " · ".join(part for part in (display.get("event_kind_label", ""), place) if part),
                "when": when(display, day, now),
            }
        )
    return rows


def when(display, day, now):
    """What is to be said about an event besides its day."""
    if display.get("is_cancelled"):
        return _("Cancelled")
    return _("Past event, %s") % date_format(day, "Y") if day <= now else ""


def about_region(region):
    """What is about the region and everything in it."""
    found = contents("region", region.code)
    inside = [
        place_of(one, one.number)
        for one in counted_regions()
        if one.code.startswith(region.code) and one != region
    ]
    counts = found["counts"].get("region", {})
    return AboutRegion(
        **found,
        materials=materials_with(found["counts"].get("material", {})),
        organisations=organisations_in(region),
        children={code: number for code, number in counts.items() if code[:-1] == region.code},
        map=maps.close_up(region.code, place_of(region), inside),
    )


def counted_regions():
    """The regions that practices name, with how many, as the maps of all pages show them."""
    return kept.remembered("regions with practices", regions_with_practices)


def raw_materials():
    """All raw materials by name."""
    return kept.remembered("raw materials", lambda: list(RawMaterial.objects.order_by("name")))


def materials_with(counts):
    """The materials that these counts name, the most frequent first; the groups they belong to go unsaid."""
    rows = [
        {"material": material, "count": counts[material.code]}
        for material in raw_materials()
        if material.code in counts and material.kind != MaterialKind.GROUP
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["material"].name))


def organisations_in(region):
    """The organisations at home in the region or in one inside it, by name."""
    return list(
        Organisation.objects.filter(region__code__startswith=region.code, merged_into=None)
        .select_related("region")
        .order_by("name")[:100]
    )


def about_material(family):
    """What is about the material and everything that belongs to it."""
    found = contents("material", family.material.code)
    name = ("regions of a material", family.material.pk)
    return AboutMaterial(
        **found,
        stages=layers(found["counts"].get("stage", {})),
        **kept.remembered(name, lambda: regions_about(family)),
    )


def regions_about(family):
    """The regions with practices about the material, as its page shows them."""
    regions = list(regions_with_practices(materials=family.primary_keys))
    places = [place_of(region, region.number) for region in regions]
    return {
        "regions": len(regions),
        "region_rows": [
            {"region": region, "country": (ancestors(region) or [region])[0]}
            for region in regions[:REGIONS_LISTED]
        ],
        "countries": len({region.country for region in regions}),
        "map": maps.europe_map(places, most=maps.MANY, crop="places", width=SMALL_MAP),
    }


def layers(counts):
    """The seven stages with their counts, and their thickness in eighths of the fullest."""
    most = max(counts.values(), default=0)
    return [
        {
            "key": stage.value,
            "name": stage.label,
            "count": counts.get(stage.value, 0),
            "eighths": -(-THICKEST * counts.get(stage.value, 0) // most) if most else 0,
        }
        for stage in Stage
    ]


def about_regions():
    """All of Europe: the map of practices, and how many each country has."""
    counts = dict(search(Query(kind=Kind.PRACTICE, page_size=1)).facets.get("region", []))
    regions = counted_regions()
    return {
        "map": maps.europe_map([place_of(region, region.number) for region in regions]),
        "regions": regions,
        "counts": counts,
    }


def about_materials(listed="all"):
    """Raw materials by family with their practices; `listed` is "critical", "strategic", else all."""
    counts = dict(search(Query(kind=Kind.PRACTICE, page_size=1)).facets.get("material", []))
    materials = raw_materials()
    flagged = {
        "all": [m for m in materials if m.kind != MaterialKind.ELEMENT],
        "critical": [m for m in materials if m.is_critical],
        "strategic": [m for m in materials if m.is_strategic],
    }
    shown = flagged.get(listed, flagged["all"])
    families = [
        (
            family.label,
            [
                {"material": material, "count": counts.get(material.code, 0)}
                for material in shown
                if material.group == family
            ],
        )
        for family in MaterialGroup
    ]
    return {
        "families": [(label, rows) for label, rows in families if rows],
        "totals": {name: len(rows) for name, rows in flagged.items()},
    }
