"""Write country_names.csv: what each country is called in the languages of the site.

    python -m regions.data.make_country_names      (from the project's folder)

Source: the package `babel` (requirements/data.txt, BSD licence), which carries the Unicode CLDR. Irish and
Maltese put an article before most names, with it and without it people write both. Words that CLDR leaves out
are in region_names.csv, which is written by hand.
"""

import csv
import re
from pathlib import Path

from babel import Locale

HERE = Path(__file__).parent
# The languages of regions.choices.Language, as CLDR calls them; English names stand in nuts_2024.csv.
LANGUAGES = {
    code: {"pt": "pt_PT", "no": "nb"}.get(code, code)
    for row in (
        ("bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "it"),
        ("lt", "lv", "mt", "nl", "no", "pl", "pt", "ro", "se", "sk", "sl", "sv", "uk"),
    )
    for code in row
}
# Eurostat writes EL where ISO writes GR, and UK for GB.
ISO = {"EL": "GR", "UK": "GB"}
ARTICLE = {"ga": re.compile(r"^an "), "mt": re.compile(r"^(il|l|i[a-zċżħ])-")}


def rows():
    with (HERE / "nuts_2024.csv").open(encoding="utf-8") as file:
        countries = [row["code"] for row in csv.DictReader(file) if row["level"] == "0"]
    for code in countries:
        for language, locale in LANGUAGES.items():
            name = Locale.parse(locale).territories.get(ISO.get(code, code))
            if not name:
                continue
            yield code, language, name, "name"
            bare = ARTICLE[language].sub("", name) if language in ARTICLE else name
            if bare != name:
                yield code, language, bare, "alias"


def main():
    with (HERE / "country_names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "language", "name", "kind"])
        writer.writerows(rows())


if __name__ == "__main__":
    main()
