"""What the words of an import file may refer to on this site, loaded once for a whole file."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from wagtail.coreutils import string_to_ascii

from knowledge.choices import FILE_STAGES, FILE_TOPICS, Weight
from network.models import Organisation, Project
from regions.choices import Stage
from regions.countries import nuts_country
from regions.models import FocusArea, RawMaterial, RawMaterialName, Region

SEVERAL_COUNTRIES = "EU"


def fold(text):
    """The text for comparison: without capitals and doubled spaces."""
    return " ".join(text.casefold().split())


def plain(text):
    """The text for a rough comparison: without accents too."""
    return fold(string_to_ascii(text))


def nearest(text, options, most=1):
    """The options most like the text, as they are written; none when nothing is near."""
    written = {fold(option): option for option in options}
    return [written[match] for match in get_close_matches(fold(text), written, n=most, cutoff=0.5)]


@dataclass(frozen=True)
class Place:
    """What an import needs to know of a region."""

    code: str
    name: str
    country: str
    level: int
    last_edition: int | None

    def __str__(self):
        return f"{self.code} ({self.name})"


class Vocabulary:
    """Regions, materials, focus areas, stages, organisations and projects by the names a file may use."""

    def __init__(self):
        columns = ("code", "name", "country", "level", "last_edition")
        self.regions = {row[0]: Place(*row) for row in Region.objects.order_by("code").values_list(*columns)}
        self.region_names = {plain(place.name): code for code, place in reversed(self.regions.items())}
        self.countries = {place.country for place in self.regions.values()}
        self.materials = material_names()
        self.focus_areas = focus_area_names()
        self.stages = stage_names()
        self.organisations = organisation_names()
        self.projects = {fold(acronym): pk for acronym, pk in Project.objects.values_list("acronym", "pk")}
        self.project_acronyms = list(Project.objects.values_list("acronym", flat=True))
        # A file may be wrong in the same way ten thousand times.
        self.nearest_regions = lru_cache(1000)(self._nearest_regions)

    def country(self, text):
        """Eurostat's code of a country, or None."""
        code = nuts_country(text.upper())
        return code if code in self.countries or code == SEVERAL_COUNTRIES else None

    def _nearest_regions(self, text):
        """Up to three regions that may be meant: of this name, of ISO's code, beginning alike, like it."""
        code = text.upper()
        iso = nuts_country(code[:2]) + code[2:]
        begun = [code[:length] for length in range(len(code) - 1, 2, -1) if code[:length] in self.regions]
        same_country = [known for known in self.regions if known[:2] == code[:2]]
        is_name = not any(sign.isdigit() for sign in text)
        names = get_close_matches(plain(text), self.region_names, n=2, cutoff=0.75) if is_name else []
        like = get_close_matches(code, same_country, n=2, cutoff=0.6)
        found = [*(self.region_names[name] for name in names), iso, *begun[:1], *like]
        return [self.regions[known] for known in dict.fromkeys(found) if known in self.regions][:3]


def material_names():
    """{folded name: code} of every raw material; a material's own name beats another's alias."""
    names = {
        fold(name): code
        for name, code in RawMaterialName.objects.order_by("pk").values_list("name", "material__code")
    }
    own = RawMaterial.objects.values_list("name", "code")
    return names | {fold(name): code for name, code in own} | {fold(code): code for _, code in own}


def focus_area_names():
    """{folded topic, name or code: codes of focus areas}."""
    rows = list(FocusArea.objects.values_list("name", "code"))
    codes = {code for _, code in rows}
    topics = {fold(topic): areas for topic, areas in FILE_TOPICS.items() if codes.issuperset(areas)}
    return topics | {fold(name): [code] for name, code in rows} | {fold(code): [code] for code in codes}


def stage_names():
    """{folded stage of a file, label or code: {stage: weight}}."""
    own = {fold(name): {value: Weight.MAIN} for value, label in Stage.choices for name in (value, str(label))}
    return {fold(name): marks for name, marks in FILE_STAGES.items()} | own


def organisation_names():
    """{folded name in English or original name: id}; a name that two bodies have leads to neither."""
    found = {}
    for pk, merged_into, *names in Organisation.objects.values_list(
        "pk", "merged_into", "name", "name_original"
    ):
        for name in filter(None, map(fold, names)):
            found.setdefault(name, set()).add(merged_into or pk)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}
