"""How search is: asked by the health page, by `search_status` and by people on duty."""

import time

from django.db.models import Min
from django.utils import timezone

from search import engines, notes
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
    problems = [state["problem"] for state in states.values() if state["problem"]]
    if engines.ELASTICSEARCH in states and engines.breaker.is_open:
        answering = [name for name in answering if name != engines.ELASTICSEARCH]
        problems.append("This process leaves Elasticsearch alone for a while, because it did not answer.")
    state = DEGRADED if problems else OK
    return {
        "state": state if answering else DOWN,
        "engine": answering[0] if answering else None,
        "problems": problems,
        "dirty": SearchDocument.objects.dirty().count(),
        "behind": max(waiting),
        "oldest_unsent_seconds": age,
    }


def state_of(name):
    """How one engine is: whether it answers, how many items it holds, how many rows it has not seen, and what
    is wrong with it in one sentence."""
    behind = SearchDocument.objects.behind(name)
    oldest = behind.aggregate(oldest=Min("version"))["oldest"]
    engine = engines.engine(name)
    problem = engine.problem()
    state = {
        "ready": not problem,
        "items": None,
        "behind": behind.count(),
        # A version is the clock in microseconds.
        "oldest_seconds": max(int(time.time() - oldest / 1_000_000), 0) if oldest else 0,
        "problem": problem,
    }
    # A server that does not answer would only take its time again.
    if problem and name == engines.ELASTICSEARCH:
        return state
    try:
        # An embedded index that takes no changes goes on answering.
        return state | {"items": engine.count(), "ready": True}
    except EngineFailed as error:
        # A missing embedded index is built by the next search, so only what cannot be written is a failure.
        can_build = name == engines.EMBEDDED and not problem
        return state | {"ready": can_build, "problem": "" if can_build else problem or str(error)}


def troubles():
    """What people on duty should know, as sentences; asks no engine, so that nobody waits for one."""
    said = [notes.trouble(name, what) for name in engines.names() for what in (notes.ANSWERS, notes.WRITING)]
    sentences = [found["sentence"] for found in said if found and "sentence" in found]
    if problem := engines.engine(engines.EMBEDDED).problem():
        sentences.append(problem)
    return list(dict.fromkeys(sentences))


def dirty_age():
    """How many seconds the longest waiting item has not been built."""
    since = SearchDocument.objects.dirty().aggregate(since=Min("dirty_since"))["since"]
    return max(int((timezone.now() - since).total_seconds()), 0) if since else 0
