"""What people call a region whose official name carries its designation: "Plzeňský" for "Plzeňský kraj"."""

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
# Names that are words of everyday language: they mean the region only when written with a capital.
ORDINARY = {
    "Border", "Centre", "Centro", "Centru", "Continente", "East", "Este", "Jug", "Isole", "Kent", "Midland",
    "Noreste", "Noroeste", "Norte", "Pest", "Qender", "Southern", "South-East", "South-West", "Mid-East",
    "Mid-West", "Sud", "Sur", "Veri", "Vest", "West", "Lot", "Ain", "Nord", "Var", "Marche", "Marches",
    "Severozapaden", "Northern and Western", "Eastern and Midland", "Manche", "Creuse", "Landes",
    "Ardennes", "Orne", "Essen", "Hof", "Norden", "Halle", "Halland", "Hagen", "Baden", "Biel", "Wels", "Bor",
    "Oise", "Cher", "Loire", "Aude", "Eure", "Indre", "Isère", "Drôme", "Gard", "Gers", "Nièvre", "Tarn",
    "Como", "Prato", "Massa", "Lucca", "Potenza", "Grande Lisboa", "Ege", "Van", "Ordu", "Batman", "Bari",
    "Latina", "Fermo", "Pella", "Drama", "Cluj", "Alba", "Olt", "Montana", "Pieria", "Devon",
}  # fmt: skip


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
    """Whether the name is a word that mostly means something else."""
    return name in ORDINARY
