"""What another process of the site does to the embedded index that all share.

It needs nothing of Django but to know where the index is, so it starts in a moment.
"""

import resource
from types import SimpleNamespace

from django.conf import settings

from search import engines
from search.engines.answer import EngineFailed
from search.query import Query


def row(key):
    """A row of the projection that a search for its key finds."""
    texts = {"en": {"title": f"Tailings {key}"}}
    return SimpleNamespace(
        key=key,
        kind="practice",
        deleted=False,
        version=1,
        texts=texts,
        facets={},
        title_key=key,
        newest=0,
        numbers={},
    )


def write_and_read(var_dir, name, results):
    """Write eight rows, each found by this process once written; report "ok" or what went wrong."""
    try:
        settings.configure(VAR_DIR=var_dir)
        embedded = engines.engine("embedded")
        for number in range(8):
            with embedded.locked(60):
                embedded.send([row(f"{name}{number}")])
            if embedded.search(Query(text=f'"{name}{number}"')).total != 1:
                raise LookupError(f"{name}{number} is not found")
        results.put((name, "ok"))
    except Exception as error:
        results.put((name, repr(error)))


def rebuild(var_dir):
    """Make a new index with one row."""
    settings.configure(VAR_DIR=var_dir)
    engines.engine("embedded").rebuild([row("new")])


def write_on_a_full_disk(var_dir, results):
    """Try to change the index where no file may grow: (whether that was refused, the problem named, what a
    search still finds)."""
    settings.configure(VAR_DIR=var_dir)
    embedded = engines.engine("embedded")
    found = embedded.search(Query())
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
    try:
        embedded.send([row("new")])
        refused = False
    except EngineFailed:
        refused = True
    results_of_a_search = embedded.search(Query()).total
    problem = embedded.problem()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    results.put((refused, problem, min(found.total, results_of_a_search)))
