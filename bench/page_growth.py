"""How much longer a page takes to draw on a site ten times as large: the same page of both, in turn."""

import statistics
from contextlib import ExitStack

from bench.page_process import Process
from bench.page_site import addresses

DRAWN = {"KEPT_PAGES_MB": "0"}
VISITS = 8


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
        drawn = {name: [] for name in pages}
        for number in range(rounds):
            for name, path in pages.items():
                # Who is first in a round is second in the next.
                order = (small, large) if number % 2 else (large, small)
                drawn[name].append({rows: sites[rows].visit(path, VISITS) for rows in order})
    print(f"| page | {small:,} | {large:,} | growth | growth of processor | queries |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, measured in drawn.items():
        print(row(name, measured, small, large))


def row(name, measured, small, large):
    def middle(part, rows):
        return [statistics.median(one[rows][part]) for one in measured]

    cells = [name]
    cells += [f"{statistics.median(middle('milliseconds', rows)):.1f} ms" for rows in (small, large)]
    for part in ("milliseconds", "processor"):
        ratios = [b / a for a, b in zip(middle(part, small), middle(part, large), strict=True)]
        cells.append(f"{statistics.median(ratios):.2f} x")
    cells.append("; ".join(str(measured[-1][rows]["queries"]) for rows in (small, large)))
    return f"| {' | '.join(cells)} |"
