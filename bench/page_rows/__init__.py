"""Whole practices, instruments and events in bulk, with all that their pages show.

The n-th of each kind is the same whatever the size, so the same address shows the same item on a small site
and on a large one. Practices are those of bench/corpus.py, as in the stock site that is compared.
"""

from django.db import transaction

from bench.page_rows.events import write_events
from bench.page_rows.instruments import write_instruments
from bench.page_rows.practices import write_practices
from bench.page_rows.surroundings import Surroundings

BATCH = 500
FEWEST = 20


@transaction.atomic
def write_rows(count):
    """Write `count` practices, a twentieth as many instruments and a fiftieth as many events."""
    around = Surroundings()
    for start in range(0, count, BATCH):
        write_practices(around, range(start, min(count, start + BATCH)))
    write_instruments(around, range(max(FEWEST, count // 20)))
    write_events(around, range(max(FEWEST, count // 50)))
