"""What a new index is checked against before it is used: how many rows it was given, and some of them."""

import hashlib
import json

from search.engines.answer import NotVerified

# Every row of a small index, then one in so many.
ALL_UP_TO, ONE_IN = 50, 500
# How many rows a server may refuse: one bad row must not keep all others from being found.
REFUSED_AT_LEAST, REFUSED_ONE_IN = 3, 100


class Sample:
    """Watches the rows go by on their way into a new index."""

    def __init__(self, document):
        self.document = document
        self.versions, self.checksums, self.deleted = {}, {}, set()

    def watch(self, rows):
        for row in rows:
            self.versions[row.key] = row.version
            (self.deleted.add if row.deleted else self.deleted.discard)(row.key)
            number = len(self.versions)
            if row.key in self.checksums or number <= ALL_UP_TO or number % ONE_IN == 0:
                self.checksums[row.key] = checksum(self.document(row))
            yield row

    def compare(self, taken, held, found):
        """Raise NotVerified unless the index holds what it has taken.

        taken  {key: version} that the index said it took; held: how many items it counts
        found  {key: document} of the sampled keys as the index gives them back
        """
        refused = len(self.versions.keys() - taken.keys())
        if refused > max(REFUSED_AT_LEAST, len(self.versions) // REFUSED_ONE_IN):
            raise NotVerified(f"The new index refused {refused} of {len(self.versions)} rows.")
        if held != len(taken):
            raise NotVerified(f"The new index holds {held} rows and was given {len(taken)}.")
        wanted = {key: value for key, value in self.checksums.items() if key in taken}
        differing = [key for key in wanted if checksum(found.get(key)) != wanted[key]]
        if differing:
            raise NotVerified(
                f"{len(differing)} of {len(wanted)} rows looked at differ, e.g. {differing[0]}."
            )


def checksum(document):
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def nothing_later(taken):
    """Rows that changed since they were taken: none."""
    return ()
