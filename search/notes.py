"""Small notes that all processes of this host share: which trouble search has, how the last rebuild went.

They are files, because a visitor's request writes some of them and must not write to the database.
"""

import json
import os
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

# What can go wrong with an engine, each with a note of its own.
ANSWERS, WRITING = "answers", "writing"


def trouble_begins(engine, what, sentence):
    """Note that the engine does not answer or takes no changes; the first note keeps its time."""
    if read(f"{engine}-{what}") is None:
        write(f"{engine}-{what}", {"since": time.time(), "sentence": str(sentence)[:300]})


def trouble_ends(engine, what):
    with suppress(OSError):
        path(f"{engine}-{what}").unlink(missing_ok=True)


def trouble(engine, what):
    """{"since", "sentence"} while there is such trouble, else None."""
    return read(f"{engine}-{what}")


def rebuilt(engine, rows, seconds):
    """Note how a rebuild went."""
    write(f"{engine}-rebuilt", {"at": time.time(), "rows": rows, "seconds": round(seconds, 1)})


def last_rebuild(engine):
    """{"at", "rows", "seconds"} of the last rebuild, or None."""
    return read(f"{engine}-rebuilt")


def path(name):
    return Path(settings.VAR_DIR) / "search" / f"{name}.json"


def read(name):
    try:
        found = json.loads(path(name).read_text())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write(name, values):
    # A full disk or a folder without rights is told of elsewhere: a note is never worth an error.
    with suppress(OSError):
        path(name).parent.mkdir(parents=True, exist_ok=True)
        temporary = path(f"{name}.{os.getpid()}")
        temporary.write_text(json.dumps(values))
        temporary.replace(path(name))
