"""A file of the NUTS classification: our own, Eurostat's tables and lists, GISCO's GeoJSON."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from string import whitespace

from django.utils.translation import gettext as _

from language.typed import as_line
from regions.choices import PointPrecision
from regions.importing.shapes import point_inside
from regions.importing.spreadsheet.headings import heading
from regions.importing.spreadsheet.text import BYTE_ORDER_MARK
from regions.importing.table import Problem, Refused, read_table, read_text
from regions.models import Region

# The years of the editions so far; another one is accepted as long as it is later.
EDITIONS = (2003, 2006, 2010, 2013, 2016, 2021, 2024)
CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
# What Eurostat books to no place: offshore, embassies. In its lists they stand among the regions.
EXTRA_REGIO = re.compile(r"[A-Z]{2}Z{1,3}")
# The columns of our own file, of Eurostat's tables, and of GISCO's GeoJSON.
HEADINGS = {
    "code": ("code", "nuts_id", "nuts_code"),
    "level": ("level", "levl_code", "nuts_level"),
    "edition": ("edition", "nuts_version"),
    "parent": ("parent",),
    "name": ("name", "name_latn", "nuts_label"),
    "name_local": ("name_local", "nuts_name"),
    "longitude": ("longitude", "lon"),
    "latitude": ("latitude", "lat"),
    "point": ("point",),
}
KNOWN = {name for names in HEADINGS.values() for name in names}


@dataclass
class Line:
    """One region as a file states it."""

    number: int
    code: str
    level: int
    edition: int
    parent: str
    name: str
    name_local: str
    longitude: float | None = None
    latitude: float | None = None
    point: str = PointPrecision.OUTLINE


def read(path, edition, outcome):
    """The file's regions, checked; parents before children. What is left out is noted in the outcome."""
    rows = read_geojson(path) if is_json(path) else read_table(path, [], KNOWN, outcome.notes)
    for column in ("code", "name"):
        if not any(name in row for _number, row in rows for name in HEADINGS[column]):
            reason = _("There is no such column. It may also be called: %s.")
            raise Refused(path, [Problem(reason % ", ".join(HEADINGS[column][1:]), column=column)])
    if not edition and not any(first_of(row, HEADINGS["edition"]) for _number, row in rows):
        raise Refused(path, [Problem(which_edition())])
    problems, lines = [], {}
    for number, row in rows:
        values = {name: first_of(row, headings) for name, headings in HEADINGS.items()}
        if EXTRA_REGIO.fullmatch(values["code"]):
            outcome.extra_regio.append(values["code"])
            continue
        line = checked(number, values, edition, problems)
        if line and line.code in lines:
            problems.append(Problem(_("This code stands in the file already."), number, "code", line.code))
        elif line:
            lines[line.code] = line
    known = set(Region.objects.values_list("code", flat=True))
    for line in lines.values():
        if line.parent and line.parent not in lines and line.parent not in known:
            reason = _("The region it is part of, %s, is neither in the file nor on the site.") % line.parent
            problems.append(Problem(reason, line.number, "code", line.code))
    if not lines and not problems:
        problems.append(Problem(_("The file holds no regions.")))
    if problems:
        raise Refused(path, problems)
    return sorted(lines.values(), key=lambda line: (line.level, line.code))


def is_json(path):
    """Whether the file begins as JSON does, whatever its name ends in."""
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            return file.read(100).lstrip(BYTE_ORDER_MARK + whitespace)[:1] in ("{", "[")
    except OSError:
        return False


def first_of(row, headings):
    return next((row[heading] for heading in headings if row.get(heading)), "")


def checked(number, values, edition, problems):
    """The row as a Line, or None after adding what is wrong with it to `problems`."""
    before = len(problems)

    def wrong(column, reason):
        problems.append(Problem(reason, number, column, values[column]))

    code = values["code"]
    if not CODE.fullmatch(code):
        wrong("code", _("A NUTS code has two capital letters and up to three more signs, such as SE33."))
    level = len(code) - 2
    if values["level"] and values["level"] != str(level):
        wrong("level", _("The code has as many signs after the country as its level: %d.") % level)
    if values["parent"] and values["parent"] != code[:-1]:
        wrong("parent", _("A region is part of the one whose code it begins with: %s.") % code[:-1])
    if not values["name"] or len(values["name"]) > 200 or len(values["name_local"]) > 200:
        wrong("name", _("A name has between 1 and 200 characters."))
    year = edition or year_in(values["edition"])
    if not year or (year not in EDITIONS and year <= max(EDITIONS)):
        wrong("edition", which_edition())
    if values["point"] and values["point"] not in PointPrecision:
        wrong("point", _("A point is one of: %s.") % ", ".join(PointPrecision.values))
    place = [in_range(values[name], most) for name, most in (("longitude", 180), ("latitude", 90))]
    for column, value in zip(("longitude", "latitude"), place, strict=True):
        if value is None and values[column]:
            wrong(column, _("This is not a number of degrees."))
    if len(problems) > before:
        return None
    local = values["name_local"] if values["name_local"] != values["name"] else ""
    line = Line(number, code, level, year, code[:-1] if level else "", values["name"], local)
    if None not in place:
        line.longitude, line.latitude = place
        line.point = values["point"] or PointPrecision.OUTLINE
    return line


def which_edition():
    return _("Say of which edition the file is: one of %s or later.") % ", ".join(map(str, EDITIONS))


def year_in(text):
    found = re.search(r"\b(20\d\d)\b", text)
    return int(found[1]) if found else None


def in_range(text, most):
    try:
        number = float(text)
    except ValueError:
        return None
    return number if -most <= number <= most else None


def read_geojson(path):
    """The features' properties as rows; a point inside the shape where the properties give none."""
    try:
        features = json.loads(read_text(path))["features"]
        rows = []
        for number, feature in enumerate(features, start=1):
            row = {
                heading(name): "" if v is None else as_line(v) for name, v in feature["properties"].items()
            }
            own = first_of(row, HEADINGS["longitude"])
            if not own and (point := point_inside(feature.get("geometry"))):
                if abs(point[0]) > 180 or abs(point[1]) > 90:
                    reason = _("Its shapes are not in degrees. Take the file with the projection EPSG:4326.")
                    raise Refused(path, [Problem(reason)])
                row["longitude"], row["latitude"] = (str(round(value, 4)) for value in point)
            rows.append((number, row))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError):
        raise Refused(path, [Problem(_("This is not a GeoJSON file with a list of features."))]) from None
    if not rows:
        raise Refused(path, [Problem(_("The file holds no regions."))])
    return rows
