"""A site of the benchmark's own: its folder, its database, its rows."""

import os
import shutil
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench.corpus import Corpus

FOLDER = Path(__file__).resolve().parent.parent
BATCH = 1000
SECONDS_IN_A_YEAR, SECONDS_BEFORE_1970 = 31_556_952, 62_167_219_200


def set_up_environment(name):
    """A folder, a database and an index of this benchmark's own, before any setting is read."""
    os.environ |= environment_of(name)


def environment_of(name):
    """What a process of the benchmark's site with this name finds in its environment; its folder and its
    database are there then."""
    folder = folder_of(name)
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        "ADIT_VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "ERROR",
        "ELASTICSEARCH_INDEX_PREFIX": f"adit-bench-{name}",
    }
    if url := os.environ.get("DATABASE_URL"):
        import psycopg
        from psycopg import sql

        database = database_of(name)
        with psycopg.connect(url, autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
                server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        environment["DATABASE_URL"] = urlsplit(url)._replace(path=f"/{database}").geturl()
    return environment


def forget_site(name):
    """Delete the benchmark's site with this name: its folder and its database."""
    shutil.rmtree(folder_of(name), ignore_errors=True)
    if url := os.environ.get("DATABASE_URL"):
        import psycopg
        from psycopg import sql

        with psycopg.connect(url, autocommit=True) as server:
            database = sql.Identifier(database_of(name))
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))


def folder_of(name):
    return Path(os.environ.get("ADIT_VAR_DIR", FOLDER / "var")) / "bench" / str(name)


def database_of(name):
    return f"adit_bench_{name}".replace("-", "_")


def set_up():
    """Tables, page tree and vocabulary, as every site has them."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("set_up_site", verbosity=0)
    call_command("import_nuts", verbosity=0)
    call_command("import_vocabulary", verbosity=0)


def make_site(count):
    """Migrations, vocabulary, and `count` rows of the projection, unless they are there."""
    from django.db import connection

    from search.models import SearchDocument

    set_up()
    if SearchDocument.objects.filter(key__startswith="bench:").count() == count:
        return
    SearchDocument.objects.filter(key__startswith="bench:").delete()
    began = time.perf_counter()
    corpus, describe, total = Corpus(), Describer(), 0
    for start in range(0, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        SearchDocument.objects.bulk_create([describe.row(corpus.item(number)) for number in numbers])
        total += len(numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{total:,} rows written in {time.perf_counter() - began:.0f} s")


class Describer:
    """Makes a row of the projection of an item, as a published practice would have it."""

    def __init__(self):
        from regions.search_documents import materials_with_lineage, regions_with_lineage

        self.regions = {r.code: r for r in regions_with_lineage().filter(level=2)}
        self.materials = {m.code: m for m in materials_with_lineage()}

    def row(self, item):
        from django.utils import timezone

        from knowledge.search_documents import cost_band, stages, with_facts
        from regions.search_documents import (
            material_values,
            place_line,
            place_names,
            region_values,
        )
        from search.documents import Document
        from search.models import SearchDocument

        regions = [self.regions[item["region"]]]
        materials = [self.materials[code] for code in item["materials"]]
        reference = f"GP-{item['number']:04d}"
        marks = {stage: "touched" if place else "main" for place, stage in enumerate(item["stages"])}
        document = with_facts(
            {
                "texts": {
                    "en": {"title": item["title"], "summary": item["summary"], "body": item["body"]},
                },
                "names": [reference, f"Regional authority of {regions[0].name}"],
                "places": place_names(regions),
                "facets": {
                    "stage": marks,
                    "material": material_values(materials),
                    "region": region_values(regions),
                    "evidence": [item["evidence"]],
                    "origin": ["submitted"],
                    "language": ["en"],
                    "year": [str(item["year"])],
                    "cost": [cost_band(item["cost"])],
                },
                "newest": item["year"] * SECONDS_IN_A_YEAR - SECONDS_BEFORE_1970 + item["number"],
                "display": {
                    "url": f"/good-practices/bench-{item['number']}/",
                    "title": item["title"],
                    "summary": item["summary"],
                    "kind_label": "good practice",
                    "reference": reference,
                    "place": place_line(regions),
                    "stages": stages(marks),
                    "materials": [material.name for material in materials],
                    "origin": "submitted",
                    "years": str(item["year"]),
                    "evidence": {"state": item["evidence"], "label": item["evidence"]},
                    "cost": str(item["cost"] or ""),
                },
            }
        )
        return SearchDocument(
            key=f"bench:{item['number']}",
            kind="practice",
            version=item["number"] + 1,
            dirty=False,
            dirty_since=timezone.now(),
            **Document(**document).as_row(),
        )
