"""Progress bars for commands: drawn when a person watches, never in a log."""

import sys

from tqdm import tqdm


def bar(unit):
    """A function that draws how items go by: `bar(" rows")(rows, total)`."""

    def watched(items, total):
        return tqdm(items, total=total, unit=unit, disable=not sys.stderr.isatty(), leave=False)

    return watched
