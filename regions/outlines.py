"""The outlines the site ships: path data of countries and level 2 regions, in steps of the projection."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "outlines.json"
_RING = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Box:
    """A rectangle on the map, in steps."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self):
        return self.right - self.left

    @property
    def height(self):
        return self.bottom - self.top

    def meets(self, other):
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def contains(self, x, y):
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@cache
def _drawing():
    return json.loads(FILE.read_text(encoding="utf-8"))


def countries():
    """Code -> path data."""
    return _drawing()["countries"]


def regions():
    """Code -> path data of level 2 regions; a code without an outline is not there."""
    return _drawing()["regions"]


def neighbours():
    """Path data of the land around that has no regions of ours."""
    return _drawing()["neighbours"]


def outlines(code):
    """Codes of everything drawn for a region: its own, or the regions a NUTS 1 region is made of.

    Empty where no outline can be made, and for level 3, which has none.
    """
    if len(code) == 3:
        return [member for member in regions() if member.startswith(code)]
    return [code] if code in countries() or code in regions() else []


def box_of(codes):
    """The rectangle around some outlines; None around nothing."""
    boxes = [_box(code) for code in codes]
    if not boxes:
        return None
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


@cache
def _box(code):
    path = countries().get(code) or regions()[code]
    xs, ys = [], []
    for left, top, steps in _RING.findall(path):
        x, y = int(left), int(top)
        xs.append(x)
        ys.append(y)
        numbers = [int(number) for number in _NUMBER.findall(steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return Box(min(xs), min(ys), max(xs), max(ys))
