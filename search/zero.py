"""What to offer when nothing was found: one thing to loosen, something near, and the ways on."""

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from regions.models import RawMaterial
from search.chips import NOTHING_CHOSEN, band_in_words
from search.choices import KINDS, Kind
from search.pieces import telling_clauses
from search.queries import total
from search.showing import number
from search.understanding import words_near
from search.vocabulary import facet_name

# Each of these costs one more search.
MOST_LOOSENED, MOST_WORDS = 4, 3
NAMED = 2


@dataclass
class ZeroState:
    """A search that found nothing, and where to go from there: lists of {strong, label, url, count}.

    text     the words that were looked for, corrected where they had to be
    unknown  those of the typed words that no item has
    """

    heading: str
    text: str
    filter_count: int
    unknown: str = ""
    loosen: list = field(default_factory=list)
    nearby: list = field(default_factory=list)
    browse: list = field(default_factory=list)


def zero_state(form, results):
    query = form.query
    filter_count = sum(len(values) for values in query.facets.values()) + len(query.bands)
    return ZeroState(
        heading=heading(query),
        text=" ".join((results.corrected or query.text).split()),
        filter_count=filter_count,
        unknown="”, “".join(results.understood.unknown) if results.understood else "",
        loosen=loosened(form) if filter_count else [],
        nearby=[*broader(form), *other_kinds(form, results), *single_words(form)],
        browse=browse(form),
    )


def heading(query):
    asked = query.text or query.facets or query.bands
    return {
        "": _("Nothing matches all of this") if asked else _("There is nothing here yet"),
        Kind.PRACTICE: _("No good practice matches all of this") if asked else _("No good practice yet"),
        Kind.INSTRUMENT: _("No policy instrument matches all of this")
        if asked
        else _("No policy instrument yet"),
        Kind.EVENT: _("No event matches all of this") if asked else _("No event yet"),
        Kind.REGION: _("No region matches all of this") if asked else _("No region yet"),
        Kind.MATERIAL: _("No material matches all of this") if asked else _("No material yet"),
    }[query.kind]


def loosened(form):
    """The search without each of the first filters, and without them all or without its words."""
    query = form.query
    ways = [(named(form, facet), {"facets": without(query.facets, facet)}) for facet in query.facets]
    ways = ways[:MOST_LOOSENED]
    ways += [
        (f"{facet_name(band)}: {band_in_words(band, *ends)}", {"bands": without(query.bands, band)})
        for band, ends in query.bands.items()
    ]
    if query.facets and len(ways) > 1:
        ways.append((_("any filter"), NOTHING_CHOSEN))
    if query.text:
        ways.append((_("the words"), {"text": ""}))
    links = [
        link(_("Without"), strong, form.url(**changes), count(form, **changes)) for strong, changes in ways
    ]
    return found(links)


def broader(form):
    """The search in the larger region, and with what the material belongs to."""
    links = []
    wider = {"region": larger_region(form.query), "material": larger_material(form.query)}
    for facet, value in wider.items():
        if value:
            changes = {"facets": form.query.facets | {facet: (value,)}}
            name = form.vocabulary.name(facet, value)
            label = _("In all of") if facet == "region" else _("Any of")
            links.append(link(label, name, form.url(**changes), count(form, **changes)))
    return found(links)


def larger_region(query):
    """What the chosen region lies in, where one is chosen that is smaller than a country."""
    codes = query.facets.get("region", ())
    return codes[0][:-1] if len(codes) == 1 and len(codes[0]) > 2 else ""


def larger_material(query):
    """What the chosen material belongs to, where one is chosen that belongs to something."""
    codes = query.facets.get("material", ())
    if len(codes) != 1:
        return ""
    material = RawMaterial.objects.filter(code=codes[0]).values_list("parent__code", "group").first()
    return (material[0] or material[1]) if material else ""


def without(facets, facet):
    return {name: values for name, values in facets.items() if name != facet}


def named(form, facet):
    """A filter in words: "Evidence: Evidence verified"."""
    values = form.query.facets[facet]
    names = [form.vocabulary.name(facet, value) for value in values[:NAMED]]
    if len(values) > NAMED:
        names.append(_("%(number)s more") % {"number": len(values) - NAMED})
    return f"{facet_name(facet)}: {', '.join(names)}"


def other_kinds(form, results):
    """The same search among the other kinds; these counts are known already."""
    if not form.query.kind:
        return []
    links = [
        link(
            _("The same among"),
            Kind(kind).label,
            form.url(address=reverse("search"), kind=kind, view="list"),
            results.kinds.get(kind, 0),
        )
        for kind in KINDS
        if kind != form.query.kind
    ]
    return found(links)


def single_words(form):
    """Each telling word or phrase alone, in all kinds and without filters; where the only word leads nowhere,
    known words like it."""
    clauses = telling_clauses(form.query)
    links = []
    if len(clauses) > 1 or form.query.kind:
        links = everywhere(form, [" ".join(clause.words) for clause in clauses[:MOST_WORDS]])
    if not links and len(clauses) == 1 and not clauses[0].is_phrase:
        links = everywhere(form, words_near(clauses[0].words[0], form.vocabulary.lexicon, MOST_WORDS))
    return links


def everywhere(form, texts):
    """The links to these words or phrases, as far as they lead to something."""
    links = []
    for text in texts:
        changes = {"text": f'"{text}"' if " " in text else text, "kind": "", **NOTHING_CHOSEN}
        url = form.url(address=reverse("search"), view="list", **changes)
        links.append(link(_("Everywhere:"), text, url, count(form, **changes)))
    return found(links)


def browse(form):
    """The ways on that always lead somewhere."""
    search_url = reverse("search")
    return [
        link(_("All"), str(Kind(kind).label).lower(), f"{search_url}?kind={kind}", None) for kind in KINDS
    ]


def count(form, **changes):
    return total(replace(form.query, **changes), form.vocabulary.lexicon)


def link(label, strong, url, total):
    return {"label": label, "strong": strong, "url": url, "total": total}


def found(links):
    """The links that lead to something, the fewest results first: that is the smallest step."""
    kept = sorted((one for one in links if one["total"]), key=lambda one: one["total"])
    return [one | {"count": number(one["total"])} for one in kept]
