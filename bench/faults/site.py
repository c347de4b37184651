"""The site that is harmed: a folder of its own, and processes that can be killed without harm to others."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def prepare(folder, rows):
    """Make the site in the folder unless it is there, with so many practices."""
    folder.mkdir(parents=True, exist_ok=True)
    manage("migrate", "--noinput", "-v0")
    manage("createcachetable", "-v0")
    manage("set_up_site", "-v0")
    manage("load_demo", "--once", "-v0")
    file = folder / "first.csv"
    write_rows(file, "First", rows)
    manage("import_practices", str(file), "--set=first", "--publish", "-v0")
    # A site made by an earlier version of the code describes its items otherwise.
    manage("search_rebuild", "-v0")


def write_rows(file, prefix, number):
    """A file of practices as import_practices takes it. They are made up and say so."""
    lines = [
        "id,title,country,nuts_code,topic,materials,stage,organisation,start,end,cost_eur,summary,source"
    ]
    for n in range(number):
        cells = [
            f"{prefix}{n}",
            f"{prefix} tailings example {n}",
            "SE",
            "SE33",
            "mine-waste",
            "gold",
            "recycling",
        ]
        cells += [
            f"Made-up authority {n % 50}",
            "2020",
            "",
            "",
            f"A made-up example, number {n}; of red mud.",
        ]
        lines.append(",".join(cell.replace(",", ";") for cell in [*cells, "https://example.org/made-up"]))
    file.write_text("\n".join(lines))


def manage(*command, check=True):
    """Run a command of the site in a process of its own."""
    run = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if check and run.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{(run.stdout + run.stderr)[-2000:]}")
    return run


def begin(*command):
    """Begin a command of the site and go on."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def python(code):
    """Begin a process that runs `code` in the site."""
    return subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
    )


def clean():
    """What search_reconcile says after the worker's next pass: "clean", or what differs."""
    manage("search_sync", "-v0")
    said = manage("search_reconcile", check=False)
    return "clean" if said.stdout.strip() == "Clean." else f"NOT CLEAN: {said.stdout.strip()}"


def until(condition, seconds):
    """Wait until it holds; gives back how long that took, or None."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(0.1)
    return None


def pages(number, address="/search/?q=tailings"):
    """Ask for a page again and again in this process: [(seconds, engine that answered)]."""
    from django.conf import settings
    from django.test import Client

    from search.queries import search
    from search.query import Query

    settings.ALLOWED_HOSTS = ["*"]
    client, asked = Client(), []
    for _ in range(number):
        began = time.monotonic()
        status = client.get(address).status_code
        took = time.monotonic() - began
        asked.append((took, status))
    return asked, search(Query(text="tailings")).engine
