"""How fast search is, in ratios within one run: page and engine, Adit and a stock Wagtail site.

    .venv/bin/python -m bench.search --rows 10000
    ... --rows 10000 --stock FOLDER --stock-python PYTHON --stock-db pg:bench_10000

Makes a site of its own under var/bench/ROWS with that many made-up practices (bench/corpus.py): on SQLite
with the embedded engine, or, with DATABASE_URL and ELASTICSEARCH_URL set, in a database and an index of its
own on those servers. The second run of the same size finds its rows there. bench/stock_wagtail.py says how
the reference is loaded.
"""

import argparse
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from functools import cache
from urllib.parse import urlencode

from bench.corpus import PREFIXES, QUERIES
from bench.search_site import FOLDER, make_site, set_up_environment

MARK = "quoxanth"
ENVIRONMENT = {
    "REQUEST_METHOD": "GET",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "wsgi.url_scheme": "http",
    "wsgi.input": io.BytesIO(),
}


def main():
    asked = arguments()
    set_up_environment(asked.rows)
    import django

    django.setup()
    from search import engines

    make_site(asked.rows)
    print(f"{asked.rows:,} practices, {os.cpu_count()} processors, {time.strftime('%d %B %Y')}")
    reference = Reference(asked) if asked.stock else None
    for name in engines.names():
        print(f"\n{name}")
        report(name, asked, reference)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000, help="how many practices (default: 10000)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each question is asked (default: 7)")
    parser.add_argument("--stock", help="the folder of the stock Wagtail site to compare with")
    parser.add_argument("--stock-python", help="the Python of its environment")
    parser.add_argument("--stock-db", help="its database, as BENCH_DB has it: pg:bench_10000")
    parser.add_argument("--stock-index", action="store_true", help="build its index in this run too (long)")
    return parser.parse_args()


# What is measured


def report(name, asked, reference):
    """Print everything about one engine; the other one is switched off meanwhile."""
    from django.test import override_settings

    from search import engines

    with override_settings(
        ELASTICSEARCH_URL=os.environ["ELASTICSEARCH_URL"] if name == engines.ELASTICSEARCH else "",
        ALLOWED_HOSTS=["*"],
    ):
        built = rebuild(name)
        pages = ask(name, asked.rounds)
        suggest()
        publish(name)
    if reference:
        reference.compare(pages, built)


def rebuild(name):
    from search import indexing

    began = time.perf_counter()
    count = indexing.rebuild(name)
    seconds = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"rebuild: {count / seconds:,.0f} items a second ({seconds:.1f} s), at most {most:.0f} MB in memory"
    )
    return count / seconds


def ask(name, rounds):
    """The page and the engine alone, asked in turn; gives back the page's milliseconds by query."""
    from django.db import connection
    from django.http import QueryDict
    from django.test.utils import CaptureQueriesContext

    from search import engines
    from search.forms import SearchForm
    from search.queries import answered

    module = engines.engine(name)
    pages, alone, most_queries = {}, {}, 0
    for words in QUERIES:
        query, _ = answered(SearchForm(QueryDict(urlencode({"q": words})), address="/search/").query)
        visit("/search/", words)
        with CaptureQueriesContext(connection) as asked:
            visit("/search/", words)
        most_queries = max(most_queries, len(asked))
        engine, page = [], []
        for _ in range(rounds):
            engine.append(milliseconds(module.search, query))
            page.append(milliseconds(visit, "/search/", words))
        pages[words], alone[words] = statistics.median(page), statistics.median(engine)
    p50, engine50 = statistics.median(pages.values()), statistics.median(alone.values())
    allowed = 1.3 * engine50 + 15
    print(
        f"search page with all facets: p50 {p50:.0f} ms, p95 {percentile(pages.values(), 95):.0f} ms; "
        f"engine alone p50 {engine50:.0f} ms; {p50 / allowed:.2f} of 1.3 x engine + 15 ms; "
        f"at most {most_queries} database queries"
    )
    return pages


def suggest():
    times = []
    for _ in range(5):
        for typed in PREFIXES:
            times.append(milliseconds(visit, "/search/suggest/", typed))
    print(f"suggest: p50 {statistics.median(times):.1f} ms, p95 {percentile(times, 95):.1f} ms")


def publish(name):
    """From the click on publish to the first search that finds it, the worker's pause included."""
    from django.conf import settings
    from django.db import transaction
    from wagtail.models import Page

    from knowledge.models import GoodPracticePage
    from search import sync
    from search.queries import search
    from search.query import Query

    parent = Page.objects.get(slug="good-practices")
    times, writes = [], []
    for number in range(5):
        word = f"{MARK}{chr(97 + number)}"
        page = GoodPracticePage(title=f"Benchmark {word}", slug=f"benchmark-{word}", live=False)
        parent.add_child(instance=page)
        began = time.perf_counter()
        with transaction.atomic():
            page.save_revision().publish()
        writes.append((time.perf_counter() - began) * 1000)
        if settings.ELASTICSEARCH_URL:
            time.sleep(0.1)  # how soon the worker sees that it is asked
            sync.synchronise()
        while not search(Query(text=word)).total:
            time.sleep(0.01)
        times.append((time.perf_counter() - began) * 1000)
        page.delete()
        sync.synchronise()
    print(
        f"publish to findable: p50 {statistics.median(times):.0f} ms, at most {max(times):.0f} ms; "
        f"the editor waits {statistics.median(writes):.0f} ms"
    )


class Reference:
    """What the stock site takes for the same words, asked in the same run."""

    def __init__(self, asked):
        self.asked = asked
        self.took = self.stock("ask", "2")
        print(f"stock Wagtail's page with three facets: p50 {statistics.median(self.took.values()):.0f} ms")
        self.speed = None
        if asked.stock_index:
            index = self.stock("index")
            self.speed = index["entries"] / index["seconds"]
            print(f"stock Wagtail's index: {self.speed:.0f} items a second")

    def compare(self, pages, built):
        ratios = [self.took[words] / pages[words] for words in QUERIES]
        ratio = statistics.median(self.took.values()) / statistics.median(pages.values())
        print(
            f"stock Wagtail's page takes {ratio:.0f} times as long "
            f"(query by query {min(ratios):.0f} to {max(ratios):.0f})"
        )
        if self.speed:
            print(f"stock Wagtail's index is built at one {built / self.speed:.0f}th of this speed")

    def stock(self, *act):
        asked = self.asked
        command = [asked.stock_python, "-m", "bench.stock_wagtail", asked.stock, str(asked.rows), *act]
        environment = {"BENCH_DB": asked.stock_db, "PATH": os.environ["PATH"]}
        answer = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True)
        if answer.returncode:
            sys.exit(f"The stock site failed:\n{answer.stderr}")
        return json.loads(answer.stdout.splitlines()[-1])


def visit(path, words):
    """Ask the site as a web server does, and read the whole answer."""
    answer = site()({**ENVIRONMENT, "PATH_INFO": path, "QUERY_STRING": urlencode({"q": words})}, begun)
    if answer.status_code != 200:
        sys.exit(f"{path}?q={words} answers {answer.status_code}.")
    content = b"".join(answer)
    answer.close()
    return content


@cache
def site():
    """The site as a process of the web server has it."""
    from django.core.handlers.wsgi import WSGIHandler

    from config.web_server import post_worker_init

    handler = WSGIHandler()
    post_worker_init(handler)
    return handler


def begun(status, headers):
    """A web server sends these on."""


def milliseconds(act, *arguments):
    began = time.perf_counter()
    act(*arguments)
    return (time.perf_counter() - began) * 1000


def percentile(values, share):
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


if __name__ == "__main__":
    main()
