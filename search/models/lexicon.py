import time

from django.db import connection, models


class LexiconVersion(models.Model):
    """The one row that says which state the words of search are in: names in all languages and synonyms.

    Every change of them puts a new number here in its own transaction, so that each process learns with one
    small query whether what it remembers still holds.
    """

    ONLY = 1

    number = models.BigIntegerField()

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        """The number of the present state; 0 while nothing was ever changed."""
        # Every search asks this: writing it down by the ORM takes longer than all the rest of it.
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number FROM {cls._meta.db_table} WHERE id = {cls.ONLY}")  # noqa: S608
            return next(iter(cursor.fetchall()), (0,))[0]

    @classmethod
    def change(cls):
        """Say that a name or a synonym is no longer what it was. Part of the caller's transaction."""
        cls.objects.update_or_create(pk=cls.ONLY, defaults={"number": time.time_ns() // 1000})
