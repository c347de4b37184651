"""A site of the pages' benchmark: its rows, its index, and the addresses that are measured."""

import sys
import time

from bench.corpus import Corpus
from bench.search_site import set_up

# The same items at every size. The practice counts, inspired a validated change, was shown at an event and
# has similar ones on a small site too; the event is to come.
PRACTICE, INSTRUMENT, EVENT = 18, 18, 19
# Its region and its material are those that many are about.
ABOUT = 8


def site_name(rows):
    """The name of the site with so many practices, for its folder, database and index."""
    return f"pages-{rows}"


def addresses():
    """{name of a page: its address}."""
    item = Corpus().item(ABOUT)
    return {
        "practice": f"/good-practices/practice-{PRACTICE}/",
        "instrument": f"/policy-instruments/instrument-{INSTRUMENT}/",
        "event": f"/events/event-{EVENT}/",
        "region": f"/regions/{item['region']}/",
        "material": f"/materials/{item['materials'][0]}/",
        "front page": "/",
        "progress": "/progress/",
        "search without words": "/search/",
    }


def make_site(count):
    """Everything a site with `count` practices has, unless it is there: rows, ledger, index."""
    from django.db import connection

    from bench.page_rows import write_rows
    from knowledge.models import GoodPracticePage

    set_up()
    began, there = time.perf_counter(), GoodPracticePage.objects.count()
    if there not in (0, count):
        sys.exit(f"This site holds {there:,} practices, not {count:,}: delete its folder and its database.")
    if not there:
        write_rows(count)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    if build_index(count) or not there:
        print(f"{count:,} practices made in {time.perf_counter() - began:.0f} s")


def build_index(count):
    """Describe every item and make the index, unless search knows them all; whether that was needed."""
    from search import engines, indexing, sync
    from search.models import SearchDocument

    known = SearchDocument.objects.filter(key__startswith="page:", deleted=False, dirty=False).count()
    if known >= count and all(engines.engine(name).is_ready() for name in engines.names()):
        return False
    sync.mark_everything()
    sync.build_dirty()
    for name in engines.names():
        indexing.rebuild(name)
    return True


def main(count):
    import django

    django.setup()
    from django.conf import settings

    # Files are served from where they are; the folder of collected ones has to be there all the same.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    make_site(int(count))


if __name__ == "__main__":
    main(*sys.argv[1:])
