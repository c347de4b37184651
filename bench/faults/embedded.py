"""Faults of a site with the embedded engine alone."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from bench.faults.site import begin, clean, manage, pages, python, until, write_rows

PUBLISH = """
import os, signal, sys
from django.db import transaction
from knowledge.models import GoodPracticePage
from search import sync
page = GoodPracticePage.objects.live().order_by("pk").first()
page.title = {title!r}
if {killed}:
    # Whatever waits for the commit is never done: the process dies first.
    sync.bring_up_to_date = lambda: None
    transaction.on_commit = lambda function, **options: (
        os.kill(os.getpid(), signal.SIGKILL) if not transaction.get_connection().in_atomic_block else None
    )
with transaction.atomic():
    page.save_revision().publish()
if {killed}:
    os.kill(os.getpid(), signal.SIGKILL)
"""


def kill_commit(folder):
    """Nothing is lost when a process dies between the commit and the index."""
    process = python(PUBLISH.format(title="Quoxanth killed", killed=True))
    process.wait()
    found = json.loads(python(COUNT.format(text="quoxanth")).communicate()[0])
    began = time.monotonic()
    said = clean()
    after = json.loads(python(COUNT.format(text="quoxanth")).communicate()[0])
    return (
        process.returncode == -signal.SIGKILL and found == 0 and after == 1 and said == "clean",
        f"found {found} after the kill, {after} after the next pass "
        f"({time.monotonic() - began:.0f} s with reconcile); {said}",
    )


COUNT = """
from search.queries import search
from search.query import Query
print(search(Query(text={text!r})).total)
"""


def broken_index(folder):
    """Whatever file breaks, pages answer at once and the index is there again."""
    from search import engines

    # The first page of a process compiles its templates.
    pages(2)
    slowest, kinds = 0.0, 0
    index = engines.engine("embedded")
    for name in sorted(path.name for path in index.home().current().iterdir()):
        for how in ("gone", "empty", "noise"):
            path = index.home().current() / name
            if not path.is_file() or name.endswith(".lock"):
                path = max(index.home().current().glob(f"*{Path(name).suffix}"), default=None)
            if path is None or not path.is_file():
                continue
            harm(path, how)
            asked, _ = pages(1)
            slowest, kinds = max(slowest, asked[0][0]), kinds + 1
            if asked[0][1] != 200:
                return False, f"{name} {how}: {asked[0][1]}"
            if until(lambda: pages(1)[1] == "embedded", 120) is None:
                return False, f"{name} {how}: the index did not come back"
    said = clean()
    return said == "clean", f"{kinds} broken files, slowest page {slowest * 1000:.0f} ms; {said}"


def harm(path, how):
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "empty" else random.randbytes(path.stat().st_size))


def half_pointer(folder):
    """A pointer cut off in the middle, or a folder that is gone, costs no page."""
    from search import engines

    pages(2)
    index, times = engines.engine("embedded"), []
    for harm_it in (
        lambda: (index.home().path / "current").write_text(index.home().current().name[:7]),
        lambda: shutil.rmtree(index.home().current()),
        lambda: shutil.rmtree(index.home().path),
    ):
        harm_it()
        asked, _ = pages(1)
        times.append(asked[0][0])
        if asked[0][1] != 200 or until(lambda: pages(1)[1] == "embedded", 120) is None:
            return False, f"the page said {asked[0][1]}"
    said = clean()
    return said == "clean", f"pages in {', '.join(f'{took * 1000:.0f} ms' for took in times)}; {said}"


def full_disk(folder):
    """What cannot be written waits, is told of by /healthz, and goes in when there is room."""
    home = folder / "search"
    small = folder / "small"
    small.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(small)], check=False, capture_output=True
    )
    if mounted.returncode:
        return True, "left out: mounting a small disk needs root"
    moved = folder / "search.elsewhere"
    try:
        shutil.copytree(home, small / "search")
        home.rename(moved)
        home.symlink_to(small / "search")
        filler = small / "filler"
        with filler.open("wb") as file, suppress(OSError):
            while True:
                file.write(b"." * 100_000)
                file.flush()
        python(PUBLISH.format(title="Quoxanth on a full disk", killed=False)).wait()
        full = json.loads(python(HEALTH).communicate()[0])
        found = json.loads(python(COUNT.format(text="tailings")).communicate()[0])
        filler.unlink()
        said = clean()
        after = json.loads(python(COUNT.format(text="quoxanth")).communicate()[0])
    finally:
        home.unlink(missing_ok=True)
        if moved.exists():
            moved.rename(home)
        subprocess.run(["umount", str(small)], check=False)
        manage("search_rebuild", "-v0")
    told = any("full" in sentence or "space" in sentence for sentence in full["problems"])
    return (
        told and found > 0 and after == 1 and said == "clean",
        f"/healthz: {full['state']}, {full['problems']}; {found} still found; "
        f"{after} found with room again; {said}",
    )


HEALTH = """
import json
from search import status
print(json.dumps(status.summary()))
"""


def two_rebuilds(folder):
    """Two rebuilds at once end with one index that has everything, also what was published meanwhile."""
    began = time.monotonic()
    both = [begin("search_rebuild"), begin("search_rebuild")]
    time.sleep(3)
    python(PUBLISH.format(title="Quoxanth published meanwhile", killed=False)).wait()
    codes = [process.wait() for process in both]
    took, said = time.monotonic() - began, clean()
    found = json.loads(python(COUNT.format(text="quoxanth")).communicate()[0])
    return (
        codes == [0, 0] and found == 1 and said == "clean",
        f"exit {codes} after {took:.0f} s, published page found {found} times; {said}",
    )


SEARCH = """
import json, time
from search.queries import search
from search.query import Query
until, times, engines, worst = time.monotonic() + {seconds}, [], set(), 0
while time.monotonic() < until:
    began = time.monotonic()
    engines.add(search(Query(text="tailings", page_size=20)).engine)
    times.append(time.monotonic() - began)
    time.sleep(0.05)
times.sort()
print(json.dumps([len(times), times[len(times) // 2], times[int(len(times) * 0.99)], sorted(engines)]))
"""


def import_rows(folder, number=5000):
    """An import of 5,000 rows and searches do not stand in each other's way."""
    file = folder / "more.csv"
    name = f"More{os.getpid()}x"
    write_rows(file, name, number)
    before = json.loads(python(COUNT.format(text="tailings")).communicate()[0])
    began = time.monotonic()
    importing = begin("import_practices", str(file), f"--set={name}", "--publish")
    searching = [python(SEARCH.format(seconds=20)) for _ in range(2)]
    reports = [json.loads(process.communicate()[0]) for process in searching]
    code = importing.wait()
    took = time.monotonic() - began
    said = clean()
    after = json.loads(python(COUNT.format(text="tailings")).communicate()[0])
    searches = "; ".join(
        f"{r[0]} searches, p50 {r[1] * 1000:.0f} ms, p99 {r[2] * 1000:.0f} ms" for r in reports
    )
    return (
        code == 0 and after == before + number and said == "clean",
        f"{after - before} more found after {took:.0f} s; {searches}; {said}",
    )
