"""What the first page shows, as finished values."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from events.queries import next_events
from knowledge.choices import ChangeStatus
from knowledge.models import PolicyChange
from network import kept
from network.addresses import page_path
from regions import map as maps
from regions.choices import Stage
from regions.models import RawMaterial
from regions.queries import place_of
from search.about import counted_regions
from search.queries import search
from search.query import NEWEST, Query

LATEST, CHANGES = 3, 3
MATERIALS = 12
THICKEST = 8
EXAMPLES = [_("tailings"), _("permitting"), _("mine water")]


@dataclass(frozen=True)
class FrontPage:
    """Everything the first page prints."""

    practices: int
    instruments: int
    regions: int
    stages: list
    latest: list
    map: maps.Map
    events: list
    changes: list
    materials: list
    materials_total: int
    examples: list


def front_page():
    """The first page's values; the same number of queries however much there is."""
    found = search(Query(kind="practice", sort=NEWEST, page_size=LATEST))
    regions, drawn = kept.remembered("map of the first page", map_of_practices)
    materials = flagged_materials(dict(found.facets["material"]))
    return FrontPage(
        practices=found.kinds["practice"],
        instruments=found.kinds["instrument"],
        regions=regions,
        stages=layers(dict(found.facets["stage"])),
        latest=[hit.display for hit in found.hits],
        map=drawn,
        events=next_events(limit=4),
        changes=kept.remembered("latest changes", latest_changes),
        materials=materials[:MATERIALS],
        materials_total=len(materials),
        examples=EXAMPLES,
    )


def map_of_practices():
    """How many regions practices come from, and the map of them."""
    places = [place_of(region, region.number) for region in counted_regions()]
    return len(places), maps.europe_map(places, most=maps.MANY)


def latest_changes():
    """The latest validated policy changes: from which region to which, and where to read of them."""
    changes = (
        PolicyChange.objects.filter(status=ChangeStatus.VALIDATED, instrument__live=True)
        .select_related("instrument")
        .prefetch_related("instrument__regions", "inspired_by__regions")
        .order_by("-validated_at")[:CHANGES]
    )
    return [
        {
            "title": change.title,
            "url": f"{page_path(change.instrument)}#change-{change.pk}",
            "region": ", ".join(region.name for region in change.instrument.regions.all()),
            "origin": ", ".join(
                dict.fromkeys(
                    region.name for practice in change.inspired_by.all() for region in practice.regions.all()
                )
            ),
        }
        for change in changes
    ]


def layers(counts):
    """The seven stages with their counts and a thickness of 1 to 8, the fullest stage being the thickest."""
    most = max(counts.values(), default=0) or 1
    return [
        {
            "number": number,
            "name": stage.label,
            "url": f"/good-practices/?stage={stage.value}",
            "count": counts.get(stage.value, 0),
            "thickness": max(1, -(-THICKEST * counts.get(stage.value, 0) // most)),
        }
        for number, stage in enumerate(Stage, start=1)
    ]


def flagged_materials(counts):
    """The critical raw materials, those that most practices are about first."""
    flagged = kept.remembered(
        "critical materials", lambda: list(RawMaterial.objects.filter(is_critical=True, kind="material"))
    )
    return sorted(
        (
            {
                "symbol": material.symbol,
                "name": material.name,
                "url": material.get_absolute_url(),
                "flag": _("Strategic") if material.is_strategic else _("Critical"),
                "count": counts.get(material.code, 0),
            }
            for material in flagged
        ),
        key=lambda row: (-row["count"], row["name"]),
    )
