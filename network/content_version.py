"""Under which number the public content stands: whoever keeps what was drawn asks whether it still holds.

The numbers rise by themselves, as the last write of every transaction that writes what a public page may show
(config.database). Only what no table tells is said with `rise`: which event's places changed.
"""

import time

from django.db import connection, transaction

TABLE = "network_contentversion"
CONTENT = "content"
# A number is higher than any of an earlier life of this database, so it also counts the microseconds.
RISE = """
    INSERT INTO network_contentversion (name, number) VALUES {rows} ON CONFLICT (name) DO UPDATE SET number =
    CASE WHEN network_contentversion.number >= excluded.number THEN network_contentversion.number + 1
    ELSE excluded.number END
"""
READ = "SELECT name, number FROM network_contentversion WHERE name IN ({marks})"


def seats_of(event_pk):
    """The name of the number that rises with the places at this event."""
    return f"event-{event_pk}"


def numbers(names=(CONTENT,)):
    """{name: number} as committed now, 0 for what never changed; one query."""
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(READ.format(marks=marks), list(names))
        return dict.fromkeys(names, 0) | dict(cursor.fetchall())


def rise(*names):
    """Have these numbers rise when the transaction of the caller ends, once however often it is said."""
    with transaction.atomic():
        connection.rising.update(names)


def write(cursor, names):
    """Write the next number of each of these. In order: two transactions must not wait for each other."""
    now = time.time_ns() // 1000
    rows = ", ".join(["(%s, %s)"] * len(names))
    cursor.execute(RISE.format(rows=rows), [value for name in sorted(names) for value in (name, now)])
