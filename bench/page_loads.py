"""Every page under load, kept and drawn, against a practice page of stock Wagtail: a table for the README."""

import re
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path

from bench.page_process import Process
from bench.page_server import Server
from bench.page_site import addresses
from bench.page_stock import PAGE, Stock
from bench.search_site import FOLDER

STOCK, KEPT, DRAWN = "stock", "kept", "drawn"
# Pages are kept as they are by default, or none is.
WAYS = {KEPT: {}, DRAWN: {"KEPT_PAGES_MB": "0"}}
PORTS = {STOCK: 8394, KEPT: 8395, DRAWN: 8396}
STARTS = 3
MAP = re.compile(rb'<figure class="map.*?</figure>', re.DOTALL)


def report(environment, asked):
    """Measure it all and print it."""
    pages = addresses()
    stock = stock_site(environment, asked) if asked.stock else None
    queries = {way: count_queries(environment | extra, pages) for way, extra in WAYS.items()}
    first = first_bytes(environment, stock, pages["practice"])
    with ExitStack() as running:
        servers = {way: running.enter_context(adit(environment | extra, way)) for way, extra in WAYS.items()}
        if stock:
            servers[STOCK] = running.enter_context(stock.server(PORTS[STOCK]))
        for server in servers.values():
            server.wait_until_ready()
        sizes = {name: sizes_of(servers[DRAWN].get(path)) for name, path in pages.items()}
        loads = measure(servers, pages, asked)
    print(table(pages, loads, queries, sizes))
    for site, took in first.items():
        print(f"First byte of the first practice page of a new process, {site}: {took:.0f} ms")


def stock_site(environment, asked):
    folder = Path(environment["ADIT_VAR_DIR"])
    database = asked.stock_db or f"sqlite:{folder / 'stock.sqlite3'}"
    return Stock(asked.stock, asked.stock_python, database, asked.rows, folder / "stock.log")


def adit(environment, way, **options):
    """Adit as the Dockerfile starts it, its line of log for every request included."""
    return Server(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--config", "python:config.web_server"],
        PORTS[way],
        folder=FOLDER,
        log=Path(environment["ADIT_VAR_DIR"]) / f"{way}.log",
        environment=environment | {"LOG_LEVEL": "INFO"},
        **options,
    )


def count_queries(environment, pages):
    """{page: database queries}, asked for the third time."""
    with Process(environment) as site:
        return {name: site.visit(path, times=2)["queries"] for name, path in pages.items()}


def first_bytes(environment, stock, path):
    """{site: milliseconds until the first byte of the first answer of a process}, the median of three."""
    sites = {"Adit": lambda: adit(environment, KEPT, processes=1)}
    paths = {"Adit": path, "stock Wagtail": PAGE}
    if stock:
        sites["stock Wagtail"] = lambda: stock.server(PORTS[STOCK], processes=1)
    took = {site: [] for site in sites}
    for _ in range(STARTS):
        for site, start in sites.items():
            with start() as server:
                server.wait_until_ready()
                took[site].append(server.first_byte(paths[site]))
    return {site: statistics.median(times) for site, times in took.items()}


def measure(servers, pages, asked):
    """{(site, page): a Load for each round}; sites take turns within each page, pages within each round."""
    turns = [(way, name, path) for name, path in pages.items() for way in WAYS]
    if STOCK in servers:
        # Twice a round: all ratios hang on it.
        middle = len(turns) // 2
        turns = [(STOCK, PAGE, PAGE), *turns[:middle], (STOCK, PAGE, PAGE), *turns[middle:]]
    for site, _name, path in turns:
        servers[site].load(path, 1)
    loads = {}
    for number in range(asked.rounds):
        for site, name, path in turns:
            loads.setdefault((site, name), []).append(servers[site].load(path, asked.seconds))
        print(f"round {number + 1} of {asked.rounds}", file=sys.stderr, flush=True)
    return loads


def sizes_of(content):
    """How many bytes a page has, and how many of them are the markup of its maps."""
    return len(content), sum(len(found) for found in MAP.findall(content))


def table(pages, loads, queries, sizes):
    """Markdown: a row for each page."""
    lines = [
        "| page | kept: requests a second | drawn: requests a second | processor, kept; drawn "
        "| queries, kept; drawn | size (of which map) |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    reference = loads.get((STOCK, PAGE))
    if reference:
        speed = statistics.median(load.requests for load in reference)
        lines.append(
            f"| stock Wagtail’s practice page | | {speed:,.0f} | {processor(reference):.1f} ms | | |"
        )
    for name in pages:
        kept, drawn = loads[KEPT, name], loads[DRAWN, name]
        size, of_map = sizes[name]
        lines.append(
            f"| {name} | {speed_in_words(kept, reference)} | {speed_in_words(drawn, reference)} "
            f"| {processor(kept):.1f}; {processor(drawn):.1f} ms "
            f"| {queries[KEPT][name]}; {queries[DRAWN][name]} "
            f"| {kilobytes(size)}{f' ({kilobytes(of_map)})' if of_map else ''} |"
        )
    return "\n".join(lines)


def speed_in_words(loads, reference):
    """Requests a second, and how many times stock's: the median of the rounds, each against its own."""
    speed = f"{statistics.median(load.requests for load in loads):,.0f}"
    if not reference:
        return speed
    of_round = zip(reference[::2], reference[1::2], strict=True)
    against = [(one.requests + other.requests) / 2 for one, other in of_round]
    ratios = [load.requests / stock for load, stock in zip(loads, against, strict=True)]
    return f"{speed} ({statistics.median(ratios):.1f} x)"


def processor(loads):
    return statistics.median(load.processor for load in loads)


def kilobytes(size):
    return f"{size / 1024:.0f} KB"
