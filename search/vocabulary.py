"""The names of what can be filtered by: closed lists, materials, focus areas, regions as they are shown."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.choices import EvidenceState, Origin
from network.choices import OrganisationType
from regions.choices import Language, Level, MaterialGroup, Stage
from regions.models import FocusArea, RawMaterial, Region
from search.facets import ANY_CRITICAL, ANY_STRATEGIC

# The facets that the page offers, in their order on it.
FILTERS = (
    "stage",
    "material",
    "region",
    "evidence",
    "focus",
    "organisation_type",
    "origin",
    "language",
    "year",
)
REGION_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
YEAR = re.compile(r"[12][0-9]{3}")

ANY_MATERIAL = {
    ANY_CRITICAL: _("Any critical raw material"),
    ANY_STRATEGIC: _("Any strategic raw material"),
}


class Vocabulary:
    """What the values of each facet are called, by facet and in their own order.

    One query for materials, one for focus areas and at most two for regions, which are learnt as they are
    needed, because there are over two thousand.
    """

    def __init__(self):
        self.names = {
            "stage": dict(Stage.choices),
            "material": ANY_MATERIAL | dict(RawMaterial.objects.values_list("code", "name")),
            "focus": dict(FocusArea.objects.values_list("code", "name")),
            "evidence": dict(EvidenceState.choices),
            "origin": dict(Origin.choices),
            "organisation_type": dict(OrganisationType.choices),
            "language": dict(Language.choices),
            "region": {},
            "year": {},
        }
        self.families = dict(MaterialGroup.choices)

    def learn_regions(self, codes):
        """Have the names of these regions, and of all countries, in one query."""
        codes = {code for code in codes if REGION_CODE.fullmatch(code)}
        known = self.names["region"]
        if not known or not codes <= known.keys():
            wanted = Region.objects.filter(code__in=codes - known.keys())
            if not known:
                wanted |= Region.objects.filter(level=Level.COUNTRY)
            known.update(wanted.order_by("name").values_list("code", "name"))

    def knows(self, facet, value):
        """Whether one can filter by this value."""
        if facet == "year":
            return bool(YEAR.fullmatch(value))
        return value in self.names[facet] or (facet == "material" and value in self.families)

    def name(self, facet, value):
        """What the value is called; the value itself where nothing is known of it."""
        found = self.names[facet].get(value)
        if found is None and facet == "material":
            found = self.families.get(value)
        return str(found or value)


def facet_name(facet):
    """What the facet is called on the page."""
    return {
        "stage": gettext("Value-chain stage"),
        "material": gettext("Raw material"),
        "region": gettext("Region"),
        "focus": gettext("Focus area"),
        "evidence": gettext("Evidence"),
        "origin": gettext("Source"),
        "organisation_type": gettext("Kind of organisation"),
        "language": gettext("Language"),
        "year": gettext("Year"),
    }[facet]


def thing(facet):
    """What one value of the facet is, inside a sentence."""
    return {
        "stage": gettext("value-chain stage"),
        "material": gettext("raw material"),
        "region": gettext("region"),
        "focus": gettext("focus area"),
        "evidence": gettext("state of evidence"),
        "origin": gettext("source"),
        "organisation_type": gettext("kind of organisation"),
        "language": gettext("language"),
        "year": gettext("year"),
    }[facet]
