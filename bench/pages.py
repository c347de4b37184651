"""How fast every kind of page is, in ratios within one run: Adit against a stock Wagtail site.

    .venv/bin/python -m bench.pages --rows 1000 --stock FOLDER --stock-python PYTHON --stock-db pg:bench_1000
    .venv/bin/python -m bench.pages --growth         # pages drawn on 1,000 and on 10,000 practices, in turn
    .venv/bin/python -m bench.pages --publish        # a page is published again and again while it is read
    .venv/bin/python -m bench.pages --import 1000    # so many practices come in beside readers

Makes a site of its own under var/bench/pages-ROWS with that many whole practices (bench/page_rows), on SQLite
or, with DATABASE_URL set, in a database of its own on that server; the second run of the same size finds
them. Then wrk asks both sites under the same server (gunicorn, 2 processes of 4 threads), with 16
connections, in turn, round by round. Without --stock there are no ratios; without --stock-db its database is
a file beside the site's own.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time

from bench.page_site import site_name
from bench.search_site import FOLDER, environment_of, forget_site

SIZES = (1000, 10_000)


def main():
    asked = arguments()
    server = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    print(f"{server}, {os.cpu_count()} processors, {time.strftime('%d %B %Y')}")
    if asked.growth:
        from bench.page_growth import report

        report({rows: ready_site(rows, site_name(rows)) for rows in SIZES}, asked.rounds)
    elif asked.publish or asked.bring_in:
        from bench import page_changes

        environment = fresh_site(asked.rows, f"changing-{asked.rows}")
        if asked.publish:
            page_changes.publish(environment, asked.rounds * asked.seconds * 2)
        if asked.bring_in:
            page_changes.bring_in(environment, asked.bring_in)
    else:
        if not shutil.which("wrk"):
            sys.exit(
                "wrk is not installed, and nothing else measures requests a second here: apt install wrk"
            )
        from bench.page_loads import report

        report(ready_site(asked.rows, site_name(asked.rows)), asked)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1000, help="how many practices (default: 1000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is measured (default: 5)")
    parser.add_argument("--seconds", type=int, default=3, help="for how long each time (default: 3)")
    parser.add_argument("--stock", help="the folder of the stock Wagtail site to compare with")
    parser.add_argument("--stock-python", help="the Python of its environment")
    parser.add_argument("--stock-db", help="its database, as BENCH_DB has it: pg:bench_1000 or sqlite:FILE")
    parser.add_argument("--growth", action="store_true", help="instead: pages drawn at 1,000 and at 10,000")
    parser.add_argument(
        "--publish", action="store_true", help="instead: a page is published while it is read"
    )
    parser.add_argument(
        "--import", type=int, dest="bring_in", metavar="N", help="instead: N practices are imported meanwhile"
    )
    asked = parser.parse_args()
    if asked.stock and not asked.stock_python:
        parser.error("--stock needs --stock-python.")
    return asked


def ready_site(rows, name):
    """The environment of the site with this name; it is made unless it is there."""
    environment = os.environ | environment_of(name)
    made = subprocess.run(
        [sys.executable, "-m", "bench.page_site", str(rows)], cwd=FOLDER, env=environment, check=False
    )
    if made.returncode:
        sys.exit("The site could not be made.")
    return environment


def fresh_site(rows, name):
    """The same, made anew: what changed it before is gone."""
    forget_site(name)
    return ready_site(rows, name)


if __name__ == "__main__":
    main()
