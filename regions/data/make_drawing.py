"""Write static/europe.svg, the land that every map shows, from outlines.json.

    python -m regions.data.make_drawing      (from the project's folder, after make_outlines)

Maps take it from there by name, so that browsers fetch it once and no page carries it. It has no colours:
they come from the page that uses it.
"""

from regions import outlines
from regions.data.make_nuts import HERE

TARGET = HERE.parent.parent / "static" / "europe.svg"


def drawing():
    """All land as one SVG: a path for each country and level 2 region, each group of them by its name too."""
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg"><defs>',
            f'<path id="neighbours" d="{outlines.neighbours()}"/>',
            *group("countries", outlines.countries()),
            *group("regions", outlines.regions()),
            "</defs></svg>\n",
        ]
    )


def group(name, paths):
    # Borders are as thin on a small map as on a big one; no group hands that down to its paths.
    fine = 'vector-effect="non-scaling-stroke"'
    return [
        f'<g id="{name}">',
        *(f'<path id="{code}" {fine} d="{path}"/>' for code, path in paths.items()),
        "</g>",
    ]


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
