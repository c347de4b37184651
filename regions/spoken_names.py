"""Official names and everyday speech: "Plzeňský" for "Plzeňský kraj", and names that are common words."""

import re

# Before or after the name; in brackets what only tells two namesakes apart.
BRACKETS = re.compile(r"\s*\([^)]*\)")
DESIGNATION = re.compile(
    r"^(?:Prov\.|Provincia Autonoma di|Comunidad Foral de|Comunidad de|Principado de|Región de|Ciudad de|"
    r"Região Autónoma d[ao]s?|Grad|Makroregion|M\.)\s+"
    r"|\s+(?:län|kraj|županija|apskritis|Oblast|Raion|Область|Район|Voivodeship)$"
)
# In a list of parts "Rosenheim, Landkreis" the kind of district is not a name.
DISTRICTS = {"Kreisfreie Stadt", "Landkreis", "Stadtkreis", "Kreis"}
# Regions whose names are words of everyday language: they are meant only when written as a name.
ORDINARY_REGIONS = {
    "Ain", "Alba", "Ardennes", "Baden", "Bari", "Batman", "Biel", "Border", "Centre", "Centro", "Centru",
    "Cher", "Como", "Continente", "Creuse", "Devon", "Drama", "East", "Ege", "Essen", "Este", "Eure",
    "Fermo", "Gard", "Gers", "Grande Lisboa", "Hagen", "Hof", "Indre", "Isole", "Jug", "Kent", "Landes",
    "Latina", "Loire", "Lot", "Manche", "Marche", "Marches", "Massa", "Mid-East", "Mid-West", "Midland",
    "Montana", "Nord", "Norden", "Noreste", "Noroeste", "Norte", "Northern and Western", "Oise", "Olt",
    "Ordu", "Orne", "Pella", "Pest", "Prato", "Qender", "South-East", "South-West", "Southern", "Sud", "Sur",
    "Tarn", "Van", "Var", "Veri", "Vest", "West", "Wels",
}  # fmt: skip
# Names of raw materials that without their capital or accent are words of another language: Hungarian tin
# and English "on", Czech copper and Swedish "with".
ORDINARY_MATERIALS = {
    "Talk", "Ton", "íl", "kén", "meď", "měď", "réz", "stán", "só", "ċomb", "ón", "ór",
}  # fmt: skip
# And those that even as written mostly mean something else: Maltese peat, and the pit of any mine.
MISLEADING = {"ind", "or", "pit", "ram", "ren", "rod", "sale", "talk"}


def spoken_names(name):
    """The official name and its parts as people say them, the whole one first."""
    whole = BRACKETS.sub("", name).strip()
    found = []
    for part in re.split(r"\s*/\s*", whole):
        found.append(part)
        if "," in part:
            found += [one.strip() for one in part.split(",") if one.strip() not in DISTRICTS]
    found += [DESIGNATION.sub("", one) for one in found]
    return [one for one in dict.fromkeys(found) if len(one) > 1]


def is_ordinary(name):
    """Whether the name is meant only when it is written exactly so."""
    return name in ORDINARY_REGIONS or name in ORDINARY_MATERIALS
