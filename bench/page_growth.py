"""How much longer a page takes to draw on a site ten times as large: the same page of both, in turn.

Twice: as it is drawn again and again, and as it is drawn first after a change, when the process has forgotten
what it remembered.
"""

import statistics
from contextlib import ExitStack

from bench.page_process import Process
from bench.page_site import addresses

DRAWN = {"KEPT_PAGES_MB": "0"}
VISITS = 6
AGAIN, AFTER_A_CHANGE = False, True


def report(environments, rounds):
    """Print for each page its time on both sites and how it grew, the median of so many rounds."""
    pages = addresses()
    small, large = sorted(environments)
    with ExitStack() as running:
        sites = {
            rows: running.enter_context(Process(environment | DRAWN))
            for rows, environment in environments.items()
        }
        for site in sites.values():
            for path in pages.values():
                site.visit(path)
        drawn = {(name, way): [] for name in pages for way in (AGAIN, AFTER_A_CHANGE)}
        for number in range(rounds):
            for name, way in drawn:
                # Who is first in a round is second in the next.
                order = (small, large) if number % 2 else (large, small)
                drawn[name, way].append(
                    {rows: sites[rows].visit(pages[name], VISITS, forgetting=way) for rows in order}
                )
    print(f"| page | drawn, {small:,}; {large:,} | growth (processor) | queries ", end="")
    print(f"| first after a change, {small:,}; {large:,} | growth (processor) | queries |")
    print(f"| --- {'| --- ' * 6}|")
    for name in pages:
        cells = [*grown(drawn[name, AGAIN], small, large), *grown(drawn[name, AFTER_A_CHANGE], small, large)]
        print(f"| {name} | {' | '.join(cells)} |")


def grown(measured, small, large):
    """Three cells: its times, how they grew, and the queries."""
    times = "; ".join(
        f"{statistics.median(middles(measured, 'milliseconds', rows)):.1f}" for rows in (small, large)
    )
    growth, of_processor = (
        statistics.median(
            of_large / of_small
            for of_small, of_large in zip(
                middles(measured, part, small), middles(measured, part, large), strict=True
            )
        )
        for part in ("milliseconds", "processor")
    )
    queries = "; ".join(str(measured[-1][rows]["queries"]) for rows in (small, large))
    return f"{times} ms", f"{growth:.2f} ({of_processor:.2f}) x", queries


def middles(measured, part, rows):
    """The median of each round."""
    return [statistics.median(one[rows][part]) for one in measured]
