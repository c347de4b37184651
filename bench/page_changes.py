"""Pages that change while many read them: is any answer older than what was public when it was asked for?"""

import re
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from bench.faults.site import write_rows
from bench.page_loads import WAYS, adit
from bench.page_process import Process
from bench.page_readers import Readers
from bench.page_site import PRACTICE, addresses
from bench.search_site import FOLDER

KEPT, DRAWN = WAYS
PAUSE = 1  # seconds between two editions
PATIENCE = 20  # seconds
EDITION = re.compile(rb"Edition (\d+)\.")
# Pages that say how many practices there are, and where. Made-up rows of an import all lie in SE33.
COUNTS = {
    "/": re.compile(rb"(\d+) good practices"),
    "/regions/SE33/": re.compile(rb"Good practices</dt><dd>(\d+)"),
}


def publish(environment, seconds):
    """A practice is published once a second while fifty readers a second ask for its page."""
    with adit(environment, KEPT) as server, Process(environment) as editor:
        server.wait_until_ready()
        done = [edition(editor, 0)]
        with Readers(server.port, [addresses()["practice"]]) as readers:
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                time.sleep(PAUSE)
                done.append(edition(editor, len(done)))
        share = server.share_kept()
    stale = sum(is_stale(answer, done) for answer in readers.answers if answer.status == 200)
    print(
        f"a page published {len(done) - 1} times in {seconds} s: {readers.in_words()}; {stale} stale; "
        f"{share:.0%} from memory"
    )


def edition(editor, number):
    """Publish this edition of the practice; the moment from which every reader must get it."""
    return editor.publish(f"practice-{PRACTICE}", f"Edition {number}. A made-up summary.")["done"]


def is_stale(answer, done):
    """Whether an edition was public before this answer was asked for that is newer than what it shows."""
    shown = int(EDITION.search(answer.content)[1])
    return any(moment < answer.asked for moment in done[shown + 1 :])


def bring_in(environment, number):
    """So many practices are imported while fifty readers a second ask for all kinds of pages."""
    folder = Path(environment["ADIT_VAR_DIR"])
    file = folder / "import.csv"
    write_rows(file, "Brought", number)
    with adit(environment, KEPT) as server, adit(environment | WAYS[DRAWN], DRAWN) as drawn:
        for one in (server, drawn):
            one.wait_until_ready()
        with Readers(server.port, [*addresses().values()]) as readers:
            began = time.monotonic()
            command = [sys.executable, "manage.py", "import_practices", str(file), "--publish", "-v0"]
            coming = subprocess.Popen(command, cwd=FOLDER, env=environment)
            lags = compare(server, drawn, coming)
            took = time.monotonic() - began
        share = server.share_kept()
    if coming.returncode:
        raise SystemExit("The import failed.")
    behind = [lag for lag in lags if lag]
    print(
        f"{number:,} practices imported in {took:.0f} s: {readers.in_words()}; {share:.0%} from memory; "
        f"{len(lags)} comparisons with pages drawn just before, {len(behind)} behind them, "
        f"for at most {max(behind, default=0) * 1000:.0f} ms"
    )


def compare(server, drawn, coming):
    """For how many seconds each kept page was behind one that was drawn just before, until the import is
    done: an index is written a moment before the number that says so."""
    lags = []
    while coming.poll() is None:
        for path, count in COUNTS.items():
            fresh = said(count, drawn, path)
            lags.append(lag_of(partial(said, count, server, path), fresh))
        time.sleep(0.5)
    return lags


def said(count, server, path):
    """The number that this page says."""
    return int(count.search(server.get(path))[1])


def lag_of(say, fresh):
    """How many seconds until a page says so much; none when it does at once."""
    began, lag = time.monotonic(), 0
    while say() < fresh:
        lag = time.monotonic() - began
        if lag > PATIENCE:
            raise SystemExit(f"A kept page stayed behind for {PATIENCE} s.")
    return lag
