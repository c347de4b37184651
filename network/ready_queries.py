"""Queries that are put together once in the life of a process, for pages that many read.

Django takes longer to put a query of several tables together than a database to answer it.
"""

from functools import cached_property

from django.db import connection

# Stands for a primary key: none is as small.
SOME_KEY = -(2**31)


class ReadyQuery:
    """A question of which only some values change.

    `make()` gives it as a query set of plain values in which each of `places` stands for one that changes,
    and nothing else looks like it. The rows come as the database driver has them.
    """

    def __init__(self, make, *places):
        self.make, self.places = make, places

    @cached_property
    def statement(self):
        return self.make().query.sql_with_params()

    def rows(self, *given):
        """The rows for these values, each in its place."""
        sql, parameters = self.statement
        values = dict(zip(self.places, given, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [values.get(value, value) for value in parameters])
            return cursor.fetchall()


def some(number, stand_in=SOME_KEY):
    """So many places, for a list of keys; a list that is shorter is asked for with `padded`."""
    if isinstance(stand_in, str):
        return [f"{stand_in}{place}" for place in range(number)]
    return [stand_in + place for place in range(number)]


def padded(keys, number):
    """The keys, the first of them so often that there are `number`."""
    keys = list(keys)
    return keys + keys[:1] * (number - len(keys))
