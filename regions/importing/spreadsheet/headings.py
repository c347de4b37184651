"""Headings as they are compared, and the row of a table that holds them."""

from language.typed import as_key

# Above the headings may stand a title, a date, a remark.
SEARCHED = 10


def heading(text):
    """A heading for comparison: small letters, underscores, no star."""
    return "_".join(as_key(text).rstrip("*").strip().lower().split())


def known_in(cells, known):
    """How many different known headings a row holds."""
    return len({heading(cell) for cell in cells if isinstance(cell, str)}.intersection(known))


def heading_row(rows, known):
    """Which of the first rows of a table holds its headings: the first, unless at most one of its cells is
    known and more are in one below it."""
    counted = [known_in(cells, known) for cells in rows[:SEARCHED]]
    best = counted.index(max(counted))
    return best if counted[0] < 2 <= counted[best] else 0
