"""From longitude and latitude to the place on our maps, in the equal-area projection of Europe's statistics.

Lambert azimuthal equal-area with the parameters of EPSG:3035 (ETRS89-extended / LAEA Europe): GRS 1980
ellipsoid, origin 52° N 10° E, false easting 4 321 000 m, false northing 3 210 000 m. Ellipsoidal formulas:
J. P. Snyder, Map Projections - A Working Manual, US Geological Survey Professional Paper 1395 (1987),
pages 187-188, equations 3-11, 3-12 and 24-17 to 24-19.
"""

from math import asin, cos, log, radians, sin, sqrt

EQUATOR_RADIUS = 6_378_137.0
FLATTENING = 1 / 298.257222101
ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)
ECCENTRICITY = sqrt(ECCENTRICITY_SQUARED)
ORIGIN_LATITUDE, ORIGIN_LONGITUDE = 52.0, 10.0
FALSE_EASTING, FALSE_NORTHING = 4_321_000.0, 3_210_000.0

# The window of our maps of Europe: Iceland to Cyprus, Crete to the North Cape, in metres of the projection.
WEST, SOUTH, SIDE = 2_560_000, 1_380_000, 4_060_000
# Outlines are kept in whole numbers of a square this wide; one step is about 530 m.
UNITS = 7600


def _q(latitude):
    s = sin(latitude)
    return (1 - ECCENTRICITY_SQUARED) * (
        s / (1 - ECCENTRICITY_SQUARED * s * s)
        - log((1 - ECCENTRICITY * s) / (1 + ECCENTRICITY * s)) / (2 * ECCENTRICITY)
    )


_Q_POLE = _q(radians(90))


def _authalic(latitude):
    """Latitude on the sphere of the same area."""
    return asin(max(-1.0, min(1.0, _q(latitude) / _Q_POLE)))


_ORIGIN = _authalic(radians(ORIGIN_LATITUDE))
_AUTHALIC_RADIUS = EQUATOR_RADIUS * sqrt(_Q_POLE / 2)
_STRETCH = (
    EQUATOR_RADIUS
    * cos(radians(ORIGIN_LATITUDE))
    / sqrt(1 - ECCENTRICITY_SQUARED * sin(radians(ORIGIN_LATITUDE)) ** 2)
    / (_AUTHALIC_RADIUS * cos(_ORIGIN))
)


def metres(longitude, latitude):
    """Easting and northing in EPSG:3035."""
    beta = _authalic(radians(latitude))
    turn = radians(longitude - ORIGIN_LONGITUDE)
    # The point opposite the origin has no place on this map; keep it finite.
    spread = max(1e-12, 1 + sin(_ORIGIN) * sin(beta) + cos(_ORIGIN) * cos(beta) * cos(turn))
    b = _AUTHALIC_RADIUS * sqrt(2 / spread)
    easting = b * _STRETCH * cos(beta) * sin(turn)
    northing = b / _STRETCH * (cos(_ORIGIN) * sin(beta) - sin(_ORIGIN) * cos(beta) * cos(turn))
    return FALSE_EASTING + easting, FALSE_NORTHING + northing


def project(longitude, latitude):
    """Place on the map of Europe: x to the right, y downwards, 0 to UNITS inside the window."""
    easting, northing = metres(longitude, latitude)
    return (easting - WEST) * UNITS / SIDE, (SOUTH + SIDE - northing) * UNITS / SIDE
