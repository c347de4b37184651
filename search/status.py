"""How search is: asked by the health page, by `search_status` and by people on duty."""

import time

from django.db.models import Min
from django.utils import timezone

from search import engines
from search.engines.answer import EngineFailed
from search.models import SearchDocument

OK, DEGRADED, DOWN = "ok", "degraded", "down"


def summary():
    """In one dict of plain values: state, the engine that answers, how much waits and for how long.

    "degraded": Elasticsearch is set up and does not answer, so the embedded engine does. "down": none
    answers.
    """
    states = {name: state_of(name) for name in engines.names()}
    answering = [name for name in reversed(states) if states[name]["ready"]]
    waiting = [states[name]["behind"] for name in states]
    age = max([dirty_age(), *(state["oldest_seconds"] for state in states.values())])
    state = OK if len(answering) == len(states) else DEGRADED
    return {
        "state": state if answering else DOWN,
        "engine": answering[0] if answering else None,
        "dirty": SearchDocument.objects.dirty().count(),
        "behind": max(waiting),
        "oldest_unsent_seconds": age,
    }


def state_of(name):
    """How one engine is: whether it answers, how many items it holds, how many rows it has not seen."""
    behind = SearchDocument.objects.behind(name)
    oldest = behind.aggregate(oldest=Min("version"))["oldest"]
    state = {
        "ready": True,
        "items": None,
        "behind": behind.count(),
        # A version is the clock in microseconds.
        "oldest_seconds": max(int(time.time() - oldest / 1_000_000), 0) if oldest else 0,
        "problem": "",
    }
    engine = engines.engine(name)
    try:
        state["items"] = engine.count()
    except EngineFailed as error:
        # A missing embedded index is built by the next search, so only what cannot be written is a failure.
        can_build = name == engines.EMBEDDED and not engine.problem()
        state |= {"ready": can_build, "problem": str(error)}
    return state


def dirty_age():
    """How many seconds the longest waiting item has not been built."""
    since = SearchDocument.objects.dirty().aggregate(since=Min("dirty_since"))["since"]
    return max(int((timezone.now() - since).total_seconds()), 0) if since else 0
