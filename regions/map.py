"""Maps as finished values: a template only prints them. No models here; callers bring the places.

A picture is about as many units wide as it is shown in pixels. Outlines keep their own steps and are moved by
`transform`; discs are placed in units of the picture, so they have the same size on every map. The land is
in static/europe.svg (regions/data/make_drawing.py), where browsers fetch it once: a map only names it.
"""

from dataclasses import dataclass, replace
from math import cos, pi, sin

from regions import outlines
from regions.outlines import Box
from regions.projection import UNITS, project

__all__ = ["CREDIT", "VIEW_BOX", "Map", "Place", "close_up", "europe_map", "project"]

CREDIT = "© EuroGeographics for the administrative boundaries"
WIDTH = 760
CLOSE_UP_WIDTH = 560
VIEW_BOX = f"0 0 {WIDTH} {WIDTH}"
WHOLE = Box(0, 0, UNITS, UNITS)
RADIUS = 13  # 24 to 26 px where the picture is shown at its width
# Groups of static/europe.svg, with the codes in each.
COUNTRIES, REGIONS = {"countries": outlines.countries}, {"regions": outlines.regions}
# More discs than these lie on each other where a map stands beside other things.
MANY = 60
# On a phone a picture is so wide, and a finger needs so much: both in pixels.
PHONE, FINGER = 350, 24


@dataclass(frozen=True)
class Place:
    """One region to show, with the number it is shown for."""

    code: str
    name: str
    longitude: float | None
    latitude: float | None
    number: int | None = None
    url: str = ""
    is_chosen: bool = False
    is_exact: bool = True  # False: only the country's place is known

    @property
    def short(self):
        """Its number as a disc has room for it: 950, 12k."""
        return f"{self.number // 1000}k" if self.number is not None and self.number >= 1000 else self.number


@dataclass(frozen=True)
class Shape:
    code: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Disc:
    x: int
    y: int
    radius: int
    place: Place


@dataclass(frozen=True)
class Entry:
    """One line of the map's list.

    `remark` is "" for what needs no word, "dot" where no outline could be made, "country" for a dot at the
    country's place, "outside" for what is not on this map.
    """

    place: Place
    remark: str = ""


@dataclass(frozen=True)
class Map:
    """A finished map. `entries` say the same in words; `land` names the groups of outlines behind it.

    `left_out` is how many places with smaller numbers there are besides.
    """

    view_box: str
    transform: str
    has_neighbours: bool
    land: tuple[str, ...]
    regions: tuple[Shape, ...]
    discs: tuple[Disc, ...]
    entries: tuple[Entry, ...]
    left_out: int = 0
    credit: str = CREDIT

    @property
    def dots(self):
        """Places without an outline in today's borders, drawn as a dot."""
        return self._places("dot")

    @property
    def at_their_country(self):
        """Places drawn as a dot at their country's place."""
        return self._places("country")

    @property
    def outside(self):
        """Places that are not on this map."""
        return self._places("outside")

    def _places(self, remark):
        return [entry.place for entry in self.entries if entry.remark == remark]


def europe_map(places, *, most=None, crop=None, radius=RADIUS, width=WIDTH):
    """The map of Europe with the regions of `places` filled and a disc at each.

    `most` leaves out all but so many, those with the highest numbers. `crop="places"` shows only the part of
    Europe around them; `width` is about how wide the picture is shown.
    """
    every = sorted(places, key=_by_number)
    places = every[:most]
    window = _around(places) if crop == "places" else WHOLE
    shapes = [
        Shape(code, place.is_chosen)
        for place in sorted(places, key=lambda place: place.is_chosen)
        # A whole country filled would drown its regions; it gets its disc only.
        if len(place.code) > 2
        for code in outlines.outlines(place.code)
    ]
    drawn = _drawn(window, places, shapes, COUNTRIES, radius, width)
    return replace(drawn, left_out=len(every) - len(places))


def _by_number(place):
    return -(place.number or 0), place.name, place.code


def close_up(code, place=None, places=(), *, radius=RADIUS, width=CLOSE_UP_WIDTH):
    """One region among its neighbours, or None where it lies outside our maps.

    `place` is the region itself (it is marked with a dot when it has no outline), `places` are regions inside
    it that get a numbered disc.
    """
    own = outlines.outlines(code) or (outlines.outlines(code[:4]) if len(code) == 5 else [])
    marked = list(places)
    if own:
        window = _fitted(outlines.box_of(own), margin=0.12, smallest=110)
    elif place is not None and place.longitude is not None:
        country = outlines.box_of(outlines.outlines(code[:2]))
        x, y = project(place.longitude, place.latitude)
        # Beside a country we have, its surroundings are enough; elsewhere look as far as the next one.
        reach = min(max(country.width, country.height) / 2, 500) if country else 1300
        window = _fitted(Box(x - reach, y - reach, x + reach, y + reach), margin=0, smallest=110)
    else:
        return None
    if place is not None and (not own or len(code) == 5):
        marked.append(place)
    land = COUNTRIES | REGIONS if len(code) > 2 else COUNTRIES
    drawn = _drawn(window, marked, [Shape(member) for member in own], land, radius, width)
    return drawn if drawn.land else None


def _fitted(box, *, margin, smallest, flattest=0.72, tallest=1.14):
    """The box with air around it, not too small, not too flat, not too tall."""
    width = max(box.width * (1 + 2 * margin), smallest)
    height = max(box.height * (1 + 2 * margin), smallest * flattest)
    width, height = max(width, height / tallest), max(height, width * flattest)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _around(places):
    """The part of Europe that holds these places, at least a third of it."""
    dots = [project(p.longitude, p.latitude) for p in places if p.longitude is not None]
    dots = [(x, y) for x, y in dots if WHOLE.contains(x, y)]
    if not dots:
        return WHOLE
    xs, ys = zip(*dots, strict=True)
    box = Box(min(xs) - 200, min(ys) - 200, max(xs) + 200, max(ys) + 200)
    box = _fitted(box, margin=0.1, smallest=UNITS / 3, flattest=0.66, tallest=1)
    # Do not look beyond the edge where there is land to see on the other side.
    x = min(max(box.left, 0), max(UNITS - box.width, 0))
    y = min(max(box.top, 0), max(UNITS - box.height, 0))
    return Box(x, y, x + box.width, y + box.height)


def _drawn(window, places, shapes, land, radius, width):
    scale = width / window.width
    height = round(window.height * scale)
    # A picture made for a wide page is too crowded on a phone for fingers, whatever is moved.
    apart = 1.6 * radius if width > CLOSE_UP_WIDTH else max(1.6 * radius, FINGER * width / PHONE)
    is_land = any(outlines.box_of([code]).meets(window) for codes in land.values() for code in codes())
    discs, entries = [], []
    for place in sorted(places, key=_by_number):
        if place.longitude is None:
            entries.append(Entry(place, "outside"))
            continue
        x, y = project(place.longitude, place.latitude)
        if not window.contains(x, y):
            entries.append(Entry(place, "outside"))
            continue
        spot = ((x - window.left) * scale, (y - window.top) * scale)
        discs.append(
            _beside(Disc(round(spot[0]), round(spot[1]), radius, place), discs, width, height, apart)
        )
        entries.append(Entry(place, _remark(place)))
    return Map(
        view_box=f"0 0 {width} {height}",
        transform=f"scale({scale:.4f}) translate({-window.left:.1f} {-window.top:.1f})",
        has_neighbours=window.meets(WHOLE),
        land=tuple(land) if is_land else (),
        regions=tuple(shape for shape in shapes if outlines.box_of([shape.code]).meets(window)),
        # The biggest number is drawn last, on top; a chosen one above all.
        discs=tuple(sorted(discs, key=lambda disc: (disc.place.is_chosen, disc.place.number or 0))),
        entries=tuple(entries),
    )


def _remark(place):
    if not place.is_exact:
        return "country"
    return "dot" if len(place.code) in (3, 4) and not outlines.outlines(place.code) else ""


def _beside(disc, others, width, height, apart):
    """The disc where it belongs, or, where another one is nearer than `apart`, as near as it can be seen."""
    for step in range(60):
        distance = disc.radius * 0.3 * step
        turn = step * pi * 0.76
        spot = replace(disc, x=round(disc.x + distance * cos(turn)), y=round(disc.y + distance * sin(turn)))
        inside = (
            disc.radius <= spot.x <= width - disc.radius and disc.radius <= spot.y <= height - disc.radius
        )
        free = all((spot.x - o.x) ** 2 + (spot.y - o.y) ** 2 >= apart**2 for o in others)
        if free and (inside or step == 0):
            return spot
    return disc
