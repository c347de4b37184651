"""When others write for so long that a request cannot, or the database is away: a plain sentence to come
back, instead of a fault."""

import sys
from contextlib import contextmanager

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connections, router
from django.http import HttpResponse
from django.template import loader
from django.views.defaults import server_error

from config.api import ADDRESSES, failure
from network.setbacks import is_database_gone

RETRY_AFTER = {"Retry-After": "60"}
# How long a reader waits to put something into the cache.
HURRY_MS = 100
# What PostgreSQL calls it: a lock not granted in time, a deadlock, a statement that took too long.
WAITED_TOO_LONG = {"55P03", "40P01", "40001", "57014"}


def is_busy(problem):
    """Whether this, or what it came from, says that the database could not be written in time."""
    while problem is not None:
        if isinstance(problem, OperationalError):
            state = getattr(problem.__cause__, "sqlstate", None)
            if state in WAITED_TOO_LONG or "is locked" in str(problem):
                return True
        problem = problem.__cause__ or problem.__context__
    return False


def fault(request):
    """The answer to what nobody caught. It must not ask the database for content: that may be what failed."""
    problem = sys.exc_info()[1]
    if not is_busy(problem) and not is_database_gone(problem):
        return server_error(request)
    if request.path_info.startswith(ADDRESSES):
        return failure(503, **RETRY_AFTER)
    template = "503.html" if is_busy(problem) else "503_away.html"
    return HttpResponse(loader.render_to_string(template), status=503, headers=RETRY_AFTER)


@contextmanager
def in_a_hurry(connection):
    """Give up writing after a moment: what is only kept to save work is not worth waiting for.

    PostgreSQL locks rows; in SQLite whoever writes keeps everybody else from it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {HURRY_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def without_deleting(execute, sql, *args):
    """Leave what expired to the culling, when somebody writes anyway."""
    return None if sql.startswith("DELETE") else execute(sql, *args)


class SharedCache(DatabaseCache):
    """The cache in the database, which says when it cannot be written, and keeps no reader waiting.

    Django takes a failed write for “somebody else has it already”; whoever counts attempts would then turn
    people away for having tried too often.
    """

    def get_many(self, keys, version=None):
        """What of these keys has not expired. Django would delete what has; here a reader writes nothing."""
        with connections[router.db_for_read(self.cache_model_class)].execute_wrapper(without_deleting):
            return super().get_many(keys, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        with in_a_hurry(connections[router.db_for_write(self.cache_model_class)]):
            super().set(key, value, timeout, version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        problems = []

        def note(execute, *args):
            try:
                return execute(*args)
            except OperationalError as problem:
                problems.append(problem)
                raise

        with connections[router.db_for_write(self.cache_model_class)].execute_wrapper(note):
            is_added = super().add(key, value, timeout, version)
        if not is_added and problems:
            raise problems[0]
        return is_added
