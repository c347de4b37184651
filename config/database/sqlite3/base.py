from django.db.backends.sqlite3 import base

from config.database.watching import Watching


class ReadAhead(base.SQLiteCursorWrapper):
    """A cursor whose rows can be read before they are asked for: SQLite commits nothing while a statement
    that gives rows, such as INSERT ... RETURNING, has not given them all."""

    ahead = None

    def read_ahead(self):
        if self.description:
            self.ahead = super().fetchall()

    def execute(self, query, params=None):
        self.ahead = None
        return super().execute(query, params)

    def fetchone(self):
        if self.ahead is None:
            return super().fetchone()
        return self.ahead.pop(0) if self.ahead else None

    def fetchmany(self, size=1):
        if self.ahead is None:
            return super().fetchmany(size)
        some, self.ahead = self.ahead[:size], self.ahead[size:]
        return some

    def fetchall(self):
        if self.ahead is None:
            return super().fetchall()
        return self.fetchmany(len(self.ahead))


class DatabaseWrapper(Watching, base.DatabaseWrapper):
    """SQLite, with a content version that rises by itself."""

    def create_cursor(self, name=None):
        return self.connection.cursor(factory=ReadAhead)
