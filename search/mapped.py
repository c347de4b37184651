"""Results on a map: how many there are in each country, and inside the chosen region in each of its parts.

The list beside the map says the same. Every number leads to exactly the results that it counts.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regions import map as maps
from regions.models import Region
from regions.queries import place_of
from search.facets import code_with_ancestors
from search.queries import total
from search.showing import number

# From Europe to countries, then to level 2, then to level 3: outlines are drawn for level 2.
NEXT_LEVEL = {0: 2, 2: 4, 3: 4, 4: 5, 5: 5}
WIDTH = 480


@dataclass(frozen=True)
class MapView:
    """A map of results and the list beside it.

    map      the drawing, None where there is none of the chosen region
    entries  [{code, name, count, url}] of what is counted on it, most first
    chosen   {name, code, count, up_name, up_url} of what is zoomed into, None for all of Europe
    remarks  sentences about what no number on the map counts
    """

    map: maps.Map | None
    entries: list
    chosen: dict | None
    remarks: list


def map_view(form, results):
    """The results of `form` on a map. One query, and one more question to search for all of Europe."""
    chosen = form.query.facets.get("region", ())
    counts = dict(results.facets.get("region", ()))
    focus = focus_of(chosen)
    codes = codes_inside(focus, counts, chosen)
    regions = {region.code: region for region in Region.objects.filter(code__in=[*codes, *chosen, focus])}

    def link(code):
        values = (*chosen, code) if "region" in form.query.match_all else (code,)
        return form.url(facets=form.query.facets | {"region": values})

    def place(code):
        drawn = place_of(regions[code], counts.get(code, 0), is_chosen=code in chosen)
        return replace(drawn, url=link(code))

    places = [place(code) for code in codes if code in regions]
    if focus in regions:
        drawing = maps.close_up(focus, place_of(regions[focus]), places)
    else:
        drawing = maps.europe_map(places, width=WIDTH)
    entries = [
        {
            "code": code,
            "name": form.vocabulary.name("region", code),
            "count": number(counts.get(code, 0)),
            "url": link(code),
        }
        for code in sorted(codes, key=lambda code: (-counts.get(code, 0), code))
        if code not in chosen
    ]
    return MapView(
        map=drawing,
        entries=entries,
        chosen=zoomed(form, results, focus) if chosen else None,
        remarks=list(remarks(form, results, codes, chosen)),
    )


def focus_of(chosen):
    """The code of the smallest region that holds all chosen ones and is worth a map; "" for all of Europe."""
    lineages = [set(code_with_ancestors(code)) for code in chosen]
    shared = set.intersection(*lineages) if lineages else set()
    return max(shared, key=len, default="")[:4]


def codes_inside(focus, counts, chosen):
    """The regions to count inside `focus`: those of the next level, larger ones where no part is named."""
    level = NEXT_LEVEL[len(focus)]
    inside = {
        code
        for code in {*(code for code, count in counts.items() if count), *chosen}
        if code.startswith(focus) and len(focus) < len(code) <= level
    }
    return [
        code
        for code in sorted(inside)
        if len(code) == level or code in chosen or not any(c != code and c.startswith(code) for c in inside)
    ]


def zoomed(form, results, focus):
    """What the map shows, and the way back out of it."""
    chosen, facets = form.query.facets["region"], form.query.facets
    name = form.vocabulary.name
    up = chosen[0][:-1] if len(chosen) == 1 and len(chosen[0]) > 2 else ""
    # Level 1 has no map of its own: from level 2 the way leads to the country.
    up = up[:2] if len(up) == 3 else up
    others = {facet: values for facet, values in facets.items() if facet != "region"}
    return {
        "name": ", ".join(name("region", code) for code in chosen[:3]) + (", …" if len(chosen) > 3 else ""),
        "code": chosen[0] if len(chosen) == 1 else "",
        "count": number(results.total),
        "up_name": name("region", up) if up else _("all of Europe"),
        "up_url": form.url(facets=others | ({"region": (up,)} if up else {})),
    }


def remarks(form, results, codes, chosen):
    if not chosen:
        missing = results.total - placed(form, results, codes)
        if missing > 0:
            yield ngettext(
                "%(number)s result names no region and is not on the map; it is in the list.",
                "%(number)s results name no region and are not on the map; they are in the list.",
                missing,
            ) % {"number": number(missing)}
    elif not set(codes) - set(chosen):
        yield _("No smaller region is named by any of these results.")


def placed(form, results, countries):
    """How many of the results are in any country; some are in several."""
    if not countries:
        return 0
    facets = form.query.facets | {"region": tuple(countries)}
    # Whatever was asked before about all of several regions, here any of them counts.
    match_all = tuple(name for name in form.query.match_all if name != "region")
    return total(replace(form.query, facets=facets, match_all=match_all, understood=results.understood))
