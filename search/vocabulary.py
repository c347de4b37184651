"""The names of what can be filtered by: closed lists, materials, focus areas, regions."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.choices import EventMode
from knowledge.choices import (
    CostBand,
    CrmaObjective,
    EvidenceState,
    InstrumentKind,
    InstrumentState,
    Origin,
    RexLoop,
)
from network.choices import OrganisationType
from regions.choices import Language, Stage
from regions.countries import NUTS_OF_ISO
from regions.models import FocusArea, RawMaterial, Region
from search.facets import ANY_CRITICAL, ANY_STRATEGIC
from search.languages import fold
from search.lexicon import current

# The facets that the page offers, in their order on it.
FILTERS = (
    "stage",
    "material",
    "region",
    "evidence",
    "focus",
    "crma",
    "rex",
    "instrument_kind",
    "instrument_state",
    "mode",
    "date",
    "organisation_type",
    "origin",
    "cost",
    "language",
    "year",
)
YEAR = re.compile(r"[12][0-9]{3}")
LATEST_YEAR = 2999
MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")

ANY_MATERIAL = {
    ANY_CRITICAL: _("Any critical raw material"),
    ANY_STRATEGIC: _("Any strategic raw material"),
}
CLOSED_LISTS = {
    facet: dict(choices.choices)
    for facet, choices in {
        "stage": Stage,
        "evidence": EvidenceState,
        "crma": CrmaObjective,
        "rex": RexLoop,
        "instrument_kind": InstrumentKind,
        "instrument_state": InstrumentState,
        "mode": EventMode,
        "organisation_type": OrganisationType,
        "origin": Origin,
        "cost": CostBand,
        "language": Language,
    }.items()
}

FACET_NAMES = {
    "stage": _("Value-chain stage"),
    "material": _("Raw material"),
    "region": _("Region"),
    "focus": _("Focus area"),
    "evidence": _("Evidence"),
    "crma": _("CRMA objective"),
    "rex": _("Loop of materials (Re-X)"),
    "instrument_kind": _("Kind of instrument"),
    "instrument_state": _("State of the instrument"),
    "mode": _("Where the event is"),
    "date": _("When the event begins"),
    "origin": _("Source"),
    "organisation_type": _("Kind of organisation"),
    "cost": _("Cost"),
    "language": _("Language"),
    "year": _("Year it began"),
}
# One value of the facet, inside a sentence.
THINGS = {
    "stage": _("value-chain stage"),
    "material": _("raw material"),
    "region": _("region"),
    "focus": _("focus area"),
    "evidence": _("state of evidence"),
    "crma": _("CRMA objective"),
    "rex": _("loop of materials"),
    "instrument_kind": _("kind of instrument"),
    "instrument_state": _("state of an instrument"),
    "mode": _("way to hold an event"),
    "date": _("month"),
    "origin": _("source"),
    "organisation_type": _("kind of organisation"),
    "cost": _("range of cost"),
    "language": _("language"),
    "year": _("year"),
}


@dataclass(frozen=True)
class Places:
    """All regions by their codes: what they are called, what lies in them, and what they are found by."""

    names: dict
    below: dict
    words: dict


class Remembered:
    """The names of this process, and the lexicon they were read with: it is new whenever a name is."""

    lexicon = names = places = None


class Vocabulary:
    """What the values of each facet are called, by facet and in their own order.

    The names are remembered by the process for as long as the lexicon holds, so they cost no query.
    """

    def __init__(self, lexicon=None):
        self.lexicon = lexicon or current()
        open_names, self.places = remembered(self.lexicon)
        self.names = CLOSED_LISTS | open_names | {"region": self.places.names, "year": {}, "date": {}}
        self.names["material"] = ANY_MATERIAL | self.names["material"]

    def knows(self, facet, value):
        """Whether one can filter by this value."""
        if facet in ("year", "date"):
            return bool((YEAR if facet == "year" else MONTH).fullmatch(value))
        return value in self.names[facet]

    def values(self, facet):
        """Every value one can filter by, in their own order; none of years and months, which are endless."""
        names = self.names[facet]
        # Two countries have another code in ISO, which means the same here.
        others = NUTS_OF_ISO.items() if facet == "region" else ()
        return [*names, *(iso for iso, nuts in others if nuts in names)]

    def name(self, facet, value):
        """What the value is called; the value itself where nothing is known of it."""
        if facet == "date" and MONTH.fullmatch(value):
            return date_format(dt.date.fromisoformat(f"{value}-01"), "F Y")
        if facet in CLOSED_LISTS:
            return translated(facet, get_language()).get(value, value)
        return str(self.names[facet].get(value, value))

    def is_named(self, facet, value, words):
        """Whether the folded words begin words of the value's name or code, or stand in them."""
        told = self.places.words.get(value, "") if facet == "region" else ""
        told = told or fold(f"{self.name(facet, value)} {value}")
        return all(word in told for word in words)


@lru_cache(maxsize=500)
def translated(facet, language):
    """{value: name} of a closed list in the language that is active: a page names them all."""
    return {value: str(name) for value, name in CLOSED_LISTS[facet].items()}


def remembered(lexicon):
    """({facet: {value: name}} of the open vocabularies, the regions), read again when a name changed."""
    if Remembered.lexicon is not lexicon:
        regions = list(Region.objects.order_by("code").values_list("code", "name", "name_local"))
        below, other_codes = {}, {nuts: iso for iso, nuts in NUTS_OF_ISO.items()}
        for code, _name, _local in regions:
            below.setdefault(code[:-1] if len(code) > 2 else "", []).append(code)
        places = Places(
            names={code: name for code, name, _local in regions},
            below=below,
            words={
                code: fold(f"{name} {local} {code} {other_codes.get(code, '')}")
                for code, name, local in regions
            },
        )
        names = {
            "material": dict(RawMaterial.objects.values_list("code", "name")),
            "focus": dict(FocusArea.objects.values_list("code", "name")),
        }
        Remembered.names, Remembered.places, Remembered.lexicon = names, places, lexicon
    return Remembered.names, Remembered.places


def facet_name(facet):
    """What the facet is called on the page."""
    return str(FACET_NAMES[facet])


def thing(facet):
    """What one value of the facet is, inside a sentence."""
    return str(THINGS[facet])
