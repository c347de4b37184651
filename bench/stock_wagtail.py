"""The reference: a stock Wagtail site with the same practices, its own database search and three facets.

Runs in that site's environment, not in Adit's, and prints one line of JSON:

    BENCH_DB=pg:bench_10000 PYTHON -m bench.stock_wagtail FOLDER ROWS load|index|ask [ROUNDS]

load   fills the database, unless it is full: migrates, then writes the pages in bulk
index  builds the search index from nothing, as its `update_index` does; prints seconds
ask    the milliseconds of each query of the corpus on its page with facets, the median of ROUNDS
"""

import json
import os
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

from bench.corpus import QUERIES, Corpus, rows

BATCH = 1000


def main(folder, count, act, rounds="3"):
    sys.path.insert(0, folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stock.settings.bench")
    import django

    django.setup()
    answer = {"load": load, "index": index, "ask": ask}[act](int(count), int(rounds))
    print(json.dumps(answer))


def load(count, _rounds):
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import connection
    from kb.models import Country, Material, PracticeIndexPage, PracticePage, Region
    from wagtail.models import Locale, Page, Site

    call_command("migrate", verbosity=0)
    if (there := PracticePage.objects.count()) == count:
        return {"seconds": 0}
    if there:
        sys.exit(f"The stock site holds {there} practices, not {count}.")
    corpus = Corpus()
    parent = PracticeIndexPage(title="Practices", slug="practices")
    Site.objects.get(is_default_site=True).root_page.add_child(instance=parent)
    countries = {
        row["code"]: Country.objects.create(code=row["code"], name=row["name"])
        for row in rows("nuts_2024.csv")
        if row["level"] == "0"
    }
    regions = {
        code: Region.objects.create(code=code, name=name, country=countries[code[:2]])
        for code, name in corpus.regions
    }
    materials = {code: Material.objects.create(slug=code, name=name) for code, name in corpus.materials}
    kind, locale = ContentType.objects.get_for_model(PracticePage), Locale.objects.first()
    links = PracticePage.materials.through
    began = time.perf_counter()
    for start in range(0, count, BATCH):
        items = [corpus.item(number) for number in range(start, min(count, start + BATCH))]
        pages = Page.objects.bulk_create(
            Page(
                path=Page._get_path(parent.path, parent.depth + 1, item["number"] + 1),
                depth=parent.depth + 1,
                numchild=0,
                title=item["title"],
                draft_title=item["title"],
                slug=f"practice-{item['number']}",
                url_path=f"{parent.url_path}practice-{item['number']}/",
                content_type=kind,
                live=True,
                locale=locale,
                first_published_at=datetime(2015, 1, 1, tzinfo=UTC)
                + timedelta(hours=item["number"] % 90_000),
            )
            for item in items
        )
        both = list(zip(pages, items, strict=True))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {PracticePage._meta.db_table} "  # noqa: S608 - a table's own name
                "(page_ptr_id, summary, body, year, region_id, country_id) VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    (
                        page.pk,
                        item["summary"],
                        f"<p>{item['body']}</p>",
                        item["year"],
                        regions[item["region"]].pk,
                        regions[item["region"]].country_id,
                    )
                    for page, item in both
                ],
            )
        links.objects.bulk_create(
            links(practicepage_id=page.pk, material_id=materials[code].pk)
            for page, item in both
            for code in item["materials"]
        )
    Page.objects.filter(pk=parent.pk).update(numchild=count)
    return {"seconds": time.perf_counter() - began}


def index(_count, _rounds):
    from django.core.management import call_command
    from django.db import connection
    from wagtail.search.models import IndexEntry

    IndexEntry.objects.all()._raw_delete("default")
    began = time.perf_counter()
    call_command("update_index", verbosity=0)
    seconds = time.perf_counter() - began
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {"seconds": seconds, "entries": IndexEntry.objects.count()}


def ask(_count, rounds):
    from django.test import Client

    client = Client()
    took = {}
    for words in QUERIES:
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            response = client.get("/search-facets/", {"query": words})
            times.append((time.perf_counter() - began) * 1000)
            if response.status_code != 200:
                sys.exit(f"The stock site answered {response.status_code} to “{words}”.")
        took[words] = statistics.median(times)
    return took


if __name__ == "__main__":
    main(*sys.argv[1:])
