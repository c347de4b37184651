"""How regions and raw materials are found, and what an item linked to them is found by.

The dicts are those that search describes in its `documents.Document`.
"""

from django.db.models import Prefetch
from django.urls import reverse

from regions.choices import ANY_CRITICAL, ANY_STRATEGIC, Level, MaterialKind
from regions.models import RawMaterial, RawMaterialName, Region

# An item about critical raw materials as such is about one of them too.
CRITICAL_GROUP, STRATEGIC_GROUP = "critical-raw-materials", "strategic-raw-materials"


# Regions


def regions_with_lineage():
    return Region.objects.select_related("parent__parent__parent")


def lineage(region):
    """The region and what it lies in, the region first."""
    while region:
        yield region
        region = region.parent


def region_values(regions):
    """Codes of the regions and of all they lie in."""
    return {code for region in regions for code in region.lineage}


def place_names(regions):
    """Names and codes by which people look for these regions, or for what they lie in."""
    for region in regions:
        for place in lineage(region):
            yield from own_names(place)


def own_names(region):
    return [name for name in (region.code, region.name, region.name_local) if name]


def place_line(regions):
    """Where something is, for a card: "Norrbottens län, Sweden (SE332)"; of several, the first and how many
    more."""
    regions = sorted(regions, key=lambda region: region.code)
    if not regions:
        return ""
    first = regions[0]
    country = list(lineage(first))[-1]
    name = first.name if country == first else f"{first.name}, {country.name}"
    more = f" +{len(regions) - 1}" if len(regions) > 1 else ""
    return f"{name} ({first.code}){more}"


def region_document(region):
    title = region.name if not region.name_local else f"{region.name} ({region.name_local})"
    country = list(lineage(region))[-1]
    place = "" if country == region else country.name
    return {
        "texts": {"en": {"title": region.name, "summary": ""}},
        "names": own_names(region),
        "facets": {"region": region_values([region])},
        "display": {
            "url": reverse("region", args=[region.code]),
            "title": title,
            "summary": "",
            "kind_label": str(Region._meta.verbose_name),
            "reference": region.code,
            "region_codes": [region.code],
            "place": place,
            "level": region.level,
            "level_label": str(Level(region.level).label),
        },
    }


def regions_below(region):
    """A renamed region changes its own card and the line "in Sweden" of all below it."""
    return Region.objects.within(region.code)


# Raw materials


def materials_with_lineage(materials=None):
    """Materials with the names of their own and of all they belong to, in a constant number of queries."""
    names = RawMaterialName.objects.order_by("pk")
    whole = (RawMaterial.objects if materials is None else materials).select_related("parent__parent")
    return whole.prefetch_related(
        *(
            Prefetch(f"{path}names", queryset=names)
            for path in ("", "parent__", "parent__parent__", "member_of__", "parent__member_of__")
        )
    )


def belongs_to(material):
    """The material and all it counts as: its parents and the groups of these, itself first."""
    seen, above = {}, material
    # An editor may have made a ring of them; go round once.
    while above and above.pk not in seen:
        seen[above.pk] = above
        above = above.parent
    for one in list(seen.values())[:2]:
        for group in one.member_of.all():
            seen.setdefault(group.pk, group)
    return list(seen.values())


def material_values(materials):
    """Codes of the materials, of all they belong to, and whether any is critical or strategic."""
    values = set()
    for material in materials:
        whole = belongs_to(material)
        codes = {one.code for one in whole}
        values |= codes
        if CRITICAL_GROUP in codes or any(m.is_critical for m in whole if m.kind != MaterialKind.GROUP):
            values.add(ANY_CRITICAL)
        # Strategic is per member: of the rare earths only those for permanent magnets are.
        if material.is_strategic or material.code == STRATEGIC_GROUP:
            values.add(ANY_STRATEGIC)
    return values


def material_names(materials):
    """Names, other words and symbols by which people look for these materials, in all languages."""
    for material in materials:
        for one in belongs_to(material):
            yield from words_for(one)


def words_for(material):
    yield material.name
    if material.symbol:
        yield material.symbol
    for other in material.names.all():
        yield other.name


def material_document(material):
    return {
        "texts": {"en": {"title": material.name, "summary": ""}},
        "names": material_names([material]),
        "facets": {"material": material_values([material])},
        "display": {
            "url": material.get_absolute_url(),
            "title": material.name,
            "summary": "",
            "kind_label": str(RawMaterial._meta.verbose_name),
            "reference": material.symbol,
            "material_codes": [material.code],
            "is_critical": material.is_critical,
            "is_strategic": material.is_strategic,
            "group": material.group,
            "group_label": str(material.get_group_display()),
        },
    }


def materials_below(material):
    """A renamed material changes what its members are found by."""
    return {material, *material.children.all(), *material.members.all()}


DOCUMENTS = [
    {"model": Region, "kind": "region", "queryset": regions_with_lineage, "document": region_document},
    {
        "model": RawMaterial,
        "kind": "material",
        "queryset": materials_with_lineage,
        "document": material_document,
    },
]
TOUCHES = [
    (Region, regions_below),
    (RawMaterial, materials_below),
    (RawMaterialName, lambda name: materials_below(name.material)),
]
