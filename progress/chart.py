"""The picture row of a period table: where its bars and lines lie, as plain numbers.

A column is 10 wide, the picture 100 high; the page stretches both, so nothing here is a pixel.
"""

from dataclasses import dataclass

COLUMN, HEIGHT = 10, 100
BAR_LEFT, BAR_WIDTH = 2, 6
# A line on the very edge would be cut in half.
EDGE = 0.6


@dataclass(frozen=True)
class Bar:
    """One period: what was there before, and what it added on top."""

    x: int
    before_y: float
    before_height: float
    new_y: float
    new_height: float


@dataclass(frozen=True)
class Chart:
    """One counter's picture. `top` is the number at its upper edge; an empty path draws nothing."""

    width: int
    top: int
    bars: list
    plan_path: str
    target_y: float | None


def chart_of(counter):
    """The picture of a counter's periods."""
    totals = [column.total or 0 for column in counter.columns]
    top = max([counter.target or 0, 1, *totals, *(column.plan or 0 for column in counter.columns)])
    bars = []
    for index, column in enumerate(counter.columns):
        if column.total is None:
            continue
        before = min(column.total, column.total - column.new)
        new_y, before_y = height(column.total, top), height(before, top)
        bars.append(
            Bar(
                x=index * COLUMN + BAR_LEFT,
                before_y=before_y,
                before_height=round(HEIGHT - before_y, 2),
                new_y=new_y,
                new_height=round(before_y - new_y, 2),
            )
        )
    return Chart(
        width=COLUMN * len(counter.columns),
        top=top,
        bars=bars,
        plan_path=plan_path(counter.columns, top),
        target_y=max(height(counter.target, top), EDGE) if counter.target else None,
    )


def height(value, top):
    """How far from the upper edge a value lies."""
    return round(HEIGHT - HEIGHT * value / top, 2)


def plan_path(columns, top):
    """The stairs of the plan, one step a period."""
    steps = []
    for index, column in enumerate(columns):
        if column.plan is not None:
            y = max(height(column.plan, top), EDGE)
            steps += [f"{index * COLUMN} {y}", f"{(index + 1) * COLUMN} {y}"]
    return "M" + "L".join(steps) if steps else ""
