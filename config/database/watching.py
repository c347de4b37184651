"""How the content version rises: by what is written, whichever way it is written.

Signals are silent for `update()`, `bulk_create()` and SQL, and a call is soon forgotten; so each connection
looks at its own statements. The number rises once, as the last write of the transaction: until it is
committed readers see the old pages under the old number, and from then on the new ones under the new number.
"""

import re

from django.db import DatabaseError, transaction

from config.database.unseen import PLACES, UNSEEN, UNSEEN_COLUMNS
from network import content_version
from network.content_version import CONTENT

# A statement that writes, and into which table; what begins otherwise (WITH) is looked through as a whole.
WRITE = re.compile(
    r"""\s*(?:INSERT\s(?:OR\s+\w+\s+)?\s*INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?["'`]?(\w+)""",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\s*WITH\s.*\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s", re.IGNORECASE | re.DOTALL)
SET = re.compile(r"(?:\bSET|,)\s+\"(\w+)\"\s*=", re.IGNORECASE)
PLACES_CHANGED = "places"


class Watching:
    """A connection that has the content version rise with what it writes.

    rising        the numbers that rise when this transaction is committed
    times_raised  how often this connection let one rise
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rising = set()
        self.times_raised = 0
        self.execute_wrappers.append(watch)

    def commit(self):
        if names := named(self.rising):
            self.write_numbers(names)
        super().commit()
        self.times_raised += bool(names)
        self.rising.clear()

    def rollback(self):
        self.rising.clear()
        super().rollback()

    def close(self):
        self.rising.clear()
        super().close()

    def write_numbers(self, names):
        """Write them, unless there is no table for them: in the midst of migrations nothing is kept."""
        point = self.savepoint()
        try:
            with self.cursor() as cursor:
                content_version.write(cursor, names)
        except DatabaseError:
            if point:
                self.savepoint_rollback(point)
            if content_version.TABLE in self.introspection.table_names():
                raise
        else:
            if point:
                self.savepoint_commit(point)


def named(rising):
    """The numbers to write: where places changed and nobody said at which event, that of all content."""
    names = rising - {PLACES_CHANGED}
    return names or ({CONTENT} if rising else names)


def watch(execute, sql, params, many, context):
    """Note what the statement changes. Without a transaction it gets one, for itself and the number."""
    what = changed(sql) if isinstance(sql, str) else ""
    if not what:
        return execute(sql, params, many, context)
    connection = context["connection"]
    if connection.in_atomic_block or not connection.get_autocommit():
        connection.rising.add(what)
        return execute(sql, params, many, context)
    with transaction.atomic(using=connection.alias):
        connection.rising.add(what)
        answer = execute(sql, params, many, context)
        if hasattr(context["cursor"].cursor, "read_ahead"):
            context["cursor"].cursor.read_ahead()
        return answer


def changed(sql):
    """What a statement changes: the content, places at an event, or nothing that a page shows ("")."""
    if not (write := WRITE.match(sql)):
        return CONTENT if WITHIN.match(sql) else ""
    table = write[1].lower()
    if table in UNSEEN:
        return ""
    if table in UNSEEN_COLUMNS and is_of_unseen_columns(sql, UNSEEN_COLUMNS[table]):
        return ""
    return PLACES_CHANGED if table in PLACES else CONTENT


def is_of_unseen_columns(sql, unseen):
    """Whether an UPDATE, or what an INSERT does with rows that are there, sets only these columns."""
    columns = set(SET.findall(sql))
    return bool(columns) and columns <= unseen
