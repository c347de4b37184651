"""What the pages of regions and raw materials ask, each in a fixed number of queries."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from regions import map as maps
from regions.choices import Language, Level, NamedFacet, NameKind, PointPrecision, Stage
from regions.countries import NUTS_OF_ISO
from regions.elements import ATOMIC_NUMBERS
from regions.models import FocusArea, RawMaterial, RawMaterialName, Region, VocabularyName
from regions.spoken_names import MISLEADING, is_ordinary, spoken_names

# Pages are known here by their reverse side only: the rooms above bring them.
PUBLIC_PRACTICES = Q(knowledgepage__live=True, knowledgepage__goodpracticepage__isnull=False)


def place_of(region, number=None, *, is_chosen=False):
    """The region as the maps take it."""
    return maps.Place(
        code=region.code,
        name=region.name,
        longitude=region.longitude,
        latitude=region.latitude,
        number=number,
        url=region.get_absolute_url(),
        is_chosen=is_chosen,
        is_exact=region.point == PointPrecision.OUTLINE,
    )


def regions_with_practices(*, materials=None):
    """The regions that published practices name themselves, with how many (`number`), the most first.

    `materials` are primary keys of materials they must be about. Two queries.
    """
    naming = Region.pages.through.objects.filter(PUBLIC_PRACTICES)
    if materials is not None:
        naming = naming.filter(knowledgepage__raw_materials__in=materials)
    numbers = dict(naming.values_list("region").annotate(Count("knowledgepage", distinct=True)).order_by())
    found = Region.objects.filter(pk__in=numbers).select_related("parent__parent__parent")
    regions = list(found.order_by("name", "code"))
    for region in regions:
        region.number = numbers[region.pk]
    return sorted(regions, key=lambda region: -region.number)


def region_with_code(code):
    """The region with what it lies in, or None."""
    return Region.objects.select_related("parent__parent__parent").filter(code=code).first()


def ancestors(region):
    """What the region lies in, the country first."""
    above = []
    while region.parent:
        region = region.parent
        above.insert(0, region)
    return above


def below(region):
    """The regions directly inside, those of today first."""
    return sorted(region.children.all(), key=lambda child: (child.has_ended, child.code))


def countries():
    """All countries by name."""
    return Region.objects.filter(level=0).order_by("name")


@dataclass(frozen=True)
class MaterialFamily:
    """A raw material with what it belongs to and what belongs to it."""

    material: RawMaterial
    above: list
    members: list
    all_members: set

    @property
    def primary_keys(self):
        """The material and everything in it, at any depth."""
        return {self.material.pk, *self.all_members}

    @property
    def atomic_number(self):
        """The number of the element its symbol stands for, or None."""
        return ATOMIC_NUMBERS.get(self.material.symbol)

    @property
    def critical_as(self):
        """What makes it critical: itself, or a material on the list that it belongs to; None if nothing."""
        return next((m for m in [self.material, *self.above] if m.is_critical), None)


def family(code):
    """The material with this code, in capitals too, or with this symbol, and its family, or None. Two
    queries."""
    materials = {material.pk: material for material in RawMaterial.objects.all()}
    by_symbol = {material.symbol.lower(): material for material in materials.values() if material.symbol}
    by_code = {material.code: material for material in materials.values()}
    material = by_code.get(code) or by_code.get(code.lower()) or by_symbol.get(code.lower())
    if material is None:
        return None
    direct = {pk: set() for pk in materials}
    for parent, member in RawMaterial.members.through.objects.values_list(
        "from_rawmaterial", "to_rawmaterial"
    ):
        direct[parent].add(member)
    for one in materials.values():
        if one.parent_id:
            direct[one.parent_id].add(one.pk)
    above, parent = [], materials.get(material.parent_id)
    # An editor may have made a ring of them; go round once.
    while parent and parent not in above and parent != material:
        above.append(parent)
        parent = materials.get(parent.parent_id)
    found, waiting = set(), list(direct[material.pk])
    while waiting:
        pk = waiting.pop()
        if pk not in found and pk != material.pk:
            found.add(pk)
            waiting += direct[pk]
    members = sorted((materials[pk] for pk in direct[material.pk]), key=lambda m: m.name)
    return MaterialFamily(material, above, members, found)


def other_names(material):
    """(other English words, names elsewhere as [(language in its own words, its code, [names])])."""
    words, elsewhere = [], {}
    for name in (
        RawMaterialName.objects.filter(material=material).exclude(kind=NameKind.SYMBOL).order_by("pk")
    ):
        if name.language == Language.EN:
            words.append(name.name)
        else:
            key = (name.get_language_display(), name.language)
            elsewhere.setdefault(key, []).append(name.name)
    return words, [(label, code, names) for (label, code), names in sorted(elsewhere.items())]


class KnownName(NamedTuple):
    """A name that leads to one value of a facet. A symbol counts only when written exactly so."""

    facet: str
    value: str
    language: str
    text: str
    is_symbol: bool


def names_in_all_languages():
    """Every name of a raw material, stage, focus area and region that search understands, each once.

    `language` is "" where a name is the same everywhere (symbols, NUTS codes) or its language is not noted (a
    region's own name). Five queries.
    """
    seen = set()
    for name in all_names():
        if name.text and name not in seen:
            seen.add(name)
            yield name


def all_names():
    symbol = NameKind.SYMBOL
    for code, text, formula in RawMaterial.objects.values_list("code", "name", "symbol"):
        yield KnownName("material", code, Language.EN.value, text, False)
        yield KnownName("material", code, "", formula, True)
    names = RawMaterialName.objects.order_by("pk")
    for code, language, text, kind in names.values_list("material__code", "language", "name", "kind"):
        if text not in MISLEADING:
            yield KnownName("material", code, language, text, kind == symbol or is_ordinary(text))
    for code, label in Stage.choices:
        # "Use" is a word of every other question; "use phase" is among the names below.
        if code != Stage.USE:
            yield KnownName(NamedFacet.STAGE.value, code, Language.EN.value, str(label), False)
    for code, text in FocusArea.objects.values_list("code", "name"):
        yield KnownName(NamedFacet.FOCUS.value, code, Language.EN.value, text, False)
    regions = Region.objects.values_list("code", "name", "name_local", "level")
    other_codes = {nuts: iso for iso, nuts in NUTS_OF_ISO.items()}
    for code, latin, local, level in regions:
        # Only countries are named in English; what lies in them is named as there.
        language = Language.EN.value if level == Level.COUNTRY else ""
        for text in [*spoken_names(latin), *spoken_names(local)]:
            yield KnownName(NamedFacet.REGION.value, code, language, text, is_ordinary(text))
        for text in filter(None, [code, other_codes.get(code)]):
            yield KnownName(NamedFacet.REGION.value, code, "", text, True)
    others = VocabularyName.objects.filter(is_used=True).order_by("pk")
    for facet, code, language, text, kind in others.values_list("facet", "value", "language", "text", "kind"):
        yield KnownName(facet, code, language, text, kind == symbol)
