"""Load one edition of the NUTS classification: all of the file or nothing of it.

A file speaks for the countries and levels it holds: regions of these that it leaves out have ended. Nothing
is ever deleted, because content may point to it. A file of an older edition only adds what has ended since.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext as _

from regions.choices import Level, PointPrecision
from regions.importing.shapes import point_inside
from regions.importing.table import Problem, Refused, read_csv, read_text
from regions.models import Region

SHIPPED = Path(__file__).parent.parent / "data" / "nuts_2024.csv"
# The years of the editions so far; another one is accepted as long as it is later.
EDITIONS = (2003, 2006, 2010, 2013, 2016, 2021, 2024)
CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
# The columns of our own file, of reference tables with other headings, and of GISCO's GeoJSON.
HEADINGS = {
    "code": ("code", "NUTS_ID", "nuts_code"),
    "level": ("level", "LEVL_CODE"),
    "edition": ("edition", "nuts_version", "NUTS_VERSION"),
    "parent": ("parent",),
    "name": ("name", "NAME_LATN"),
    "name_local": ("name_local", "NUTS_NAME"),
    "longitude": ("longitude", "lon"),
    "latitude": ("latitude", "lat"),
    "point": ("point",),
}
WRITTEN = ["level", "parent", "name", "name_local", "country", "first_edition", "last_edition"]
WRITTEN += ["longitude", "latitude", "point"]
# What else on the site shows of a region: when it changes, whatever names the region reads differently.
SHOWN_ELSEWHERE = ["name", "name_local", "parent_id", "last_edition"]


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


@dataclass
class Outcome:
    """What an import did, or would do: codes."""

    created: list = field(default_factory=list)
    updated: list = field(default_factory=list)
    ended: list = field(default_factory=list)
    unchanged: int = 0


def import_nuts(path=SHIPPED, *, edition=None, dry_run=False):
    """Load a CSV or GeoJSON file and give back the Outcome; raises Refused when anything in it is wrong."""
    lines = read(path, edition)
    with transaction.atomic():
        outcome, changed = write(lines)
        if dry_run:
            transaction.set_rollback(True)
    if not dry_run:
        # In one transaction, so that what listens does its work once, at its end.
        with transaction.atomic():
            for region in changed:
                post_save.send(
                    Region, instance=region, created=False, raw=False, using="default", update_fields=None
                )
    return outcome


def read(path, edition=None):
    """The file's regions, checked; parents before children."""
    if Path(path).suffix.lower() in (".geojson", ".json"):
        rows = read_geojson(path)
    else:
        rows = read_csv(path, required=[])
    if not edition and not any(first_of(row, HEADINGS["edition"]) for _number, row in rows):
        raise Refused(path, [Problem(which_edition())])
    problems, lines = [], {}
    for number, row in rows:
        values = {name: first_of(row, headings) for name, headings in HEADINGS.items()}
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
    if problems:
        raise Refused(path, problems)
    return sorted(lines.values(), key=lambda line: (line.level, line.code))


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
            row = {name: "" if v is None else str(v).strip() for name, v in feature["properties"].items()}
            own = first_of(row, HEADINGS["longitude"])
            if not own and (point := point_inside(feature.get("geometry"))):
                row["longitude"], row["latitude"] = (str(round(value, 4)) for value in point)
            rows.append((number, row))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        raise Refused(path, [Problem(_("This is not a GeoJSON file with a list of features."))]) from None
    if not rows:
        raise Refused(path, [Problem(_("The file holds no regions."))])
    return rows


def write(lines):
    """Bring the regions to what the lines say; (Outcome, regions that now read differently elsewhere)."""
    existing = {region.code: region for region in Region.objects.all()}
    newest = max((region.first_edition for region in existing.values()), default=0)
    outcome, changed = Outcome(), []
    for level in Level.values:
        created, updated = [], []
        for line in (line for line in lines if line.level == level):
            region = existing.get(line.code)
            if region is None:
                region = existing[line.code] = Region(code=line.code, first_edition=line.edition)
                taken_over(region, line, existing)
                # An edition that a later one has replaced: what only it knows is no more.
                if line.edition < newest and line.code[:2] in countries(existing, line.edition):
                    region.last_edition = line.edition
                created.append(region)
            elif updated_from(region, line, existing, newest):
                updated.append(region)
            else:
                outcome.unchanged += 1
        Region.objects.bulk_create(created, batch_size=500)
        changed += [region for region in updated if region.reads_differently]
        Region.objects.bulk_update(updated, WRITTEN, batch_size=100)
        outcome.created += [region.code for region in created]
        outcome.updated += [region.code for region in updated]
    ended = left_out(lines, existing) if lines and max(line.edition for line in lines) >= newest else []
    Region.objects.bulk_update(ended, ["last_edition"], batch_size=200)
    outcome.ended = sorted(region.code for region in ended)
    # Writing many at once tells nobody; one of the new ones is enough for those who keep all names in memory.
    return outcome, changed + ended or [existing[code] for code in outcome.created[:1]]


def countries(existing, edition):
    """Countries with a region that came with a later edition."""
    return {region.country for region in existing.values() if region.first_edition > edition}


def taken_over(region, line, existing):
    """Write what the line says onto the region, all but the editions."""
    region.level, region.country = line.level, line.code[:2]
    region.parent = existing[line.parent] if line.parent else None
    # A file without local names says nothing against those we have.
    if line.name_local or line.name != region.name:
        region.name_local = line.name_local
    region.name = line.name
    if line.longitude is not None:
        region.longitude, region.latitude, region.point = line.longitude, line.latitude, line.point


def updated_from(region, line, existing, newest):
    """Whether the line changed anything of a region that is known already."""
    before = {name: getattr(region, name) for name in [*SHOWN_ELSEWHERE, "longitude", "latitude", "point"]}
    first = region.first_edition
    region.first_edition = min(first, line.edition)
    if line.edition >= max(first, region.last_edition or 0):
        taken_over(region, line, existing)
        if line.edition > (region.last_edition or line.edition):
            region.last_edition = None
    differences = {name for name, value in before.items() if getattr(region, name) != value}
    region.reads_differently = bool(differences.intersection(SHOWN_ELSEWHERE))
    return bool(differences) or region.first_edition != first


def left_out(lines, existing):
    """Regions of the file's countries and levels that it leaves out; they ended with the edition before."""
    spoken_for = {(line.code[:2], line.level): line.edition for line in lines}
    codes, ended = {line.code for line in lines}, []
    for region in existing.values():
        edition = spoken_for.get((region.country, region.level))
        if edition and region.code not in codes and not region.has_ended:
            before = [year for year in EDITIONS if year < edition] or [edition]
            region.last_edition = max(before[-1], region.first_edition)
            ended.append(region)
    return ended
