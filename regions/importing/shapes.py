"""A point inside a GeoJSON shape, without a geometry library."""

from itertools import pairwise


def point_inside(geometry):
    """Longitude and latitude inside the biggest part of a (multi)polygon, or None where there is none.

    Half-way between its northern and southern end if that line is widest, else a little above or below.
    """
    if not geometry or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    biggest = max((polygon for polygon in polygons if polygon), key=lambda p: abs(area(p[0])), default=None)
    if not biggest or len(biggest[0]) < 4:
        return None
    south = min(point[1] for point in biggest[0])
    north = max(point[1] for point in biggest[0])
    spans = [
        span
        for share in (0.5, 0.4, 0.6, 0.3, 0.7)
        for span in crossing(biggest, south + (north - south) * share)
    ]
    if not spans:
        return None
    west, east, latitude = max(spans, key=lambda span: span[1] - span[0])
    return (west + east) / 2, latitude


def area(ring):
    """Twice the signed area of a ring, in square degrees."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def crossing(polygon, latitude):
    """The parts of a line of latitude that lie inside, as (west, east, latitude); holes are left out."""
    cuts = sorted(
        a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in polygon
        for a, b in pairwise(ring)
        if (a[1] <= latitude) != (b[1] <= latitude)
    )
    return [(west, east, latitude) for west, east in zip(cuts[::2], cuts[1::2], strict=False)]
