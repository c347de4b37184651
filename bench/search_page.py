"""How much of a search page's time is the engine's: prints medians and their ratio, within one run.

    .venv/bin/python -m bench.search_page [rounds]

Runs in this process on the site in var/ (load it first with `make run`); the reference is the same question
asked of the engine without a page around it.
"""

import os
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.test import Client

from search.queries import search
from search.query import Query

WORDS = ("tailings", "mine water", "lithium recycling", "slaskie", "")


def milliseconds(act):
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def main(rounds):
    client = Client(headers={"host": "localhost"})
    print(f"{'words':<20}{'engine ms':>12}{'page ms':>12}{'page / engine':>16}")
    for words in WORDS:
        engine, page = [], []
        for _ in range(rounds):
            engine.append(milliseconds(lambda words=words: search(Query(text=words))))
            page.append(milliseconds(lambda words=words: client.get("/search/", {"q": words})))
        alone, whole = statistics.median(engine), statistics.median(page)
        print(f"{words or '(all)':<20}{alone:>12.1f}{whole:>12.1f}{whole / alone:>16.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
