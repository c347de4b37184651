"""A site whose database is gone, whose disk is full, or whose database somebody holds for half a minute."""

import contextlib
import shutil
import sqlite3
import subprocess
import time
from urllib.parse import urlsplit

import requests

from bench.faults import postgresql
from bench.faults.cut import Line
from bench.faults.running import RunningSite
from bench.faults.site import until

AWAY = 60  # seconds
HELD = 30
DISK = "200m"
PAGES = ("/", "/search/?q=tailings", "/good-practices/", "/events/", "/progress/")


def statuses(site, paths=PAGES):
    """What each of these pages answers, and the slowest of them in seconds."""
    began, found = time.monotonic(), []
    slowest = 0
    for path in paths:
        found.append(site.get(path).status_code)
        slowest, began = max(slowest, time.monotonic() - began), time.monotonic()
    return found, slowest


def health(site):
    return site.get("/healthz").json()["status"]


def database_gone(folder):
    """PostgreSQL is away for a minute: plain pages meanwhile, and all as before once it is back."""
    where = urlsplit(postgresql.new("adit_faults_gone"))
    line = Line(where.hostname, where.port)
    cuttable = where._replace(netloc=f"{where.username}@127.0.0.1:{line.port}").geturl()
    with RunningSite(fresh(folder / "gone"), DATABASE_URL=cuttable) as site:
        before, _ = statuses(site)
        worker = site.worker()
        line.cut()
        began = time.monotonic()
        meanwhile, slowest = statuses(site)
        failing = site.get("/healthz").status_code
        time.sleep(max(0, AWAY - (time.monotonic() - began)))
        line.mend()
        well = until(lambda: site.get("/healthz").status_code == 200 and set(statuses(site)[0]) == {200}, 60)
        same_worker = site.worker() == worker
    return (
        set(before) == {200} and set(meanwhile) <= {500, 503} and failing == 503 and well is not None,
        f"pages {meanwhile} while it was gone, at most {slowest:.1f} s, /healthz {failing}; all 200 again "
        f"after {well or -1:.1f} s; the worker is {'the same' if same_worker else 'another'} process",
    )


def write_lock(folder):
    """Somebody holds SQLite for writing for 30 s: pages are read, who writes is asked to send it again."""
    with RunningSite(fresh(folder / "held")) as site:
        session = requests.Session()
        with contextlib.closing(sqlite3.connect(site.folder / "db.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            read, slowest = statuses(site)
            answer = site.post(
                session, "/account/login/", {"login": "officer@adit.example", "password": "not-this-one"}
            )
            took = time.monotonic() - began
            time.sleep(max(0, HELD - took))
            other.execute("ROLLBACK")
        later = site.post(
            session, "/account/login/", {"login": "officer@adit.example", "password": "not-this-one"}
        )
        well = health(site)
    sentence = "try again" in answer.text or "again in a minute" in answer.text
    return (
        set(read) == {200} and answer.status_code == 503 and sentence and later.status_code == 200,
        f"reading {read}, at most {slowest:.1f} s; signing in {answer.status_code} after {took:.0f} s, "
        f"{'with' if sentence else 'WITHOUT'} a sentence; {later.status_code} afterwards; /healthz {well}",
    )


def disk_full(folder):
    """The disk is full: pages are read, /healthz says so, and all goes on once there is room."""
    place = folder / "small"
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)], check=True)
    try:
        with RunningSite(place) as site:
            before = health(site)
            filler = place / "filler"
            with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
                while True:
                    file.write(b"\0" * 4096)
            read, _ = statuses(site)
            full = site.get("/healthz")
            session = requests.Session()
            answer = site.post(
                session, "/account/login/", {"login": "officer@adit.example", "password": "not-this-one"}
            )
            filler.unlink()
            well = until(lambda: health(site) == before, 60)
            again = site.post(
                session, "/account/login/", {"login": "officer@adit.example", "password": "not-this-one"}
            )
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)
    told = full.json()["status"]
    return (
        set(read) == {200}
        and told == "degraded"
        and full.status_code == 200
        and answer.status_code != 500
        and well is not None
        and again.status_code == 200,
        f"reading {read}; /healthz {full.status_code} {told}; signing in {answer.status_code}; well again "
        f"{well or -1:.1f} s after there was room, signing in {again.status_code}",
    )


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
