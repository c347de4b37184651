"""Load one edition of the NUTS classification: all of the file or nothing of it.

A file speaks for the countries and levels it holds: regions of these that it leaves out have ended. Nothing
is ever deleted, because content may point to it. A file of an older edition only adds what has ended since.
"""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models.signals import post_save

from regions.choices import Level
from regions.importing.nuts_file import EDITIONS, read
from regions.models import Region

SHIPPED = Path(__file__).parent.parent / "data" / "nuts_2024.csv"
WRITTEN = ["level", "parent", "name", "name_local", "country", "first_edition", "last_edition"]
WRITTEN += ["longitude", "latitude", "point"]
# What else on the site shows of a region: when it changes, whatever names the region reads differently.
SHOWN_ELSEWHERE = ["name", "name_local", "parent_id", "last_edition"]


@dataclass
class Outcome:
    """What an import did, or would do: codes."""

    created: list = field(default_factory=list)
    updated: list = field(default_factory=list)
    ended: list = field(default_factory=list)
    unchanged: int = 0
    extra_regio: list = field(default_factory=list)
    # What the reader of the file says of it, such as which sheet it read.
    notes: list = field(default_factory=list)


def import_nuts(path=SHIPPED, *, edition=None, dry_run=False):
    """Load a table or a GeoJSON file and give back the Outcome; raises Refused when anything is wrong."""
    outcome = Outcome()
    lines = read(path, edition, outcome)
    with transaction.atomic():
        changed = write(lines, outcome)
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


def write(lines, outcome):
    """Bring the regions to what the lines say; gives back those that now read differently elsewhere."""
    existing = {region.code: region for region in Region.objects.all()}
    newest = max((region.first_edition for region in existing.values()), default=0)
    changed = []
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
    return changed + ended or [existing[code] for code in outcome.created[:1]]


def countries(existing, edition):
    """Countries with a region that came with a later edition."""
    return {region.country for region in existing.values() if region.first_edition > edition}


def taken_over(region, line, existing):
    """Write what the line says onto the region, all but the editions."""
    region.level, region.country = line.level, line.code[:2]
    region.parent = existing[line.parent] if line.parent else None
    if region.name and is_latin(region.name) and not is_latin(line.name):
        # Eurostat's lists give each name in its own letters only.
        line.name, line.name_local = region.name, line.name
    # A file without local names says nothing against those we have.
    if line.name_local or line.name != region.name:
        region.name_local = line.name_local
    region.name = line.name
    if line.longitude is not None:
        region.longitude, region.latitude, region.point = line.longitude, line.latitude, line.point


def is_latin(name):
    """Whether a name is written in Latin letters."""
    return all(unicodedata.name(sign, "").startswith("LATIN") for sign in name if sign.isalpha())


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
