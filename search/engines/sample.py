"""What a new index is checked against before it is used: how many rows it was given, and some of them.

Neither is kept of every row, so that a large site costs no more memory than a small one.
"""

import hashlib
import json
from contextlib import suppress

from search.engines.answer import NotVerified

# Every row of a small index, then one in so many.
ALL_UP_TO, ONE_IN = 50, 500
# How many rows a server may refuse: one bad row must not keep all others from being found.
REFUSED_AT_LEAST, REFUSED_ONE_IN = 3, 100


class Sample:
    """Watches the rows go by on their way into a new index."""

    def __init__(self, document):
        self.document = document
        self.rows, self.deleted, self.checksums = 0, 0, {}

    def watch(self, rows):
        for row in rows:
            self.rows += 1
            self.deleted += bool(row.deleted)
            if row.key in self.checksums or self.rows <= ALL_UP_TO or self.rows % ONE_IN == 0:
                # What no document can be made of is refused by the index, which says so.
                with suppress(Exception):
                    self.checksums[row.key] = checksum(self.document(row))
            yield row

    def compare_number(self, held, refused=()):
        """Raise NotVerified unless the index counts as many rows as it was given, but for those it
        refused."""
        if len(refused) > max(REFUSED_AT_LEAST, self.rows // REFUSED_ONE_IN):
            raise NotVerified(f"The new index refused {len(refused)} of {self.rows} rows.")
        if held != self.rows - len(refused):
            raise NotVerified(f"The new index holds {held} rows and was given {self.rows - len(refused)}.")

    def compare_rows(self, found, refused=()):
        """Raise NotVerified unless the rows looked at are as they were given: {key: document}."""
        wanted = {key: value for key, value in self.checksums.items() if key not in refused}
        differing = [key for key in wanted if checksum(found.get(key)) != wanted[key]]
        if differing:
            raise NotVerified(
                f"{len(differing)} of {len(wanted)} rows looked at differ, e.g. {differing[0]}."
            )


def checksum(document):
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def nothing_later():
    """Rows that changed since they were given: none."""
    return ()
