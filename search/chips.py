"""Everything that narrows a search, as chips that remove themselves."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from search.facets import COUNTED, MAIN
from search.narrowing import last_of
from search.vocabulary import facet_name

NOTHING_CHOSEN = {"facets": {}, "bands": {}, "match_all": (), "stage_weight": ""}


def chips(form):
    """One chip for each choice, switch and band: {label, value, remove_url}."""
    query = form.query
    for facet, values in query.facets.items():
        for value in values:
            yield chip(form, facet, value_name(form, facet, value), without=[(facet, value)])
    for facet in query.match_all:
        if len(query.facets.get(facet, ())) > 1:
            others = [name for name in query.match_all if name != facet]
            yield chip(form, facet, _("all of these"), match_all=others)
    if query.stage_weight:
        words = _("main stage only") if query.stage_weight == MAIN else _("touched only")
        yield chip(form, "stage", words, stage_weight="")
    for band, ends in query.bands.items():
        others = {name: other for name, other in query.bands.items() if name != band}
        yield chip(form, band, band_in_words(band, *ends), bands=others)


def chip(form, facet, value, **changes):
    short = {"stage": _("Stage"), "material": _("Material"), "organisation_type": _("Organisation")}
    short |= {"crma": _("CRMA"), "rex": _("Loop"), "mode": _("Event"), "date": _("Begins")}
    return {"label": short.get(facet, facet_name(facet)), "value": value, "remove_url": form.url(**changes)}


def value_name(form, facet, value):
    name = form.vocabulary.name(facet, value)
    return f"{name} ({value})" if facet == "region" and len(value) > 2 else name


def band_in_words(band, start, end):
    """ "from 2019, up to 2023", the last year counted in."""
    words = {
        "cost": (_("from €%(end)s"), _("below €%(end)s")),
        "year": (_("from %(end)s"), _("up to %(end)s")),
        "date": (_("from %(end)s"), _("up to %(end)s")),
    }[band]
    end = last_of(band, end) if band in COUNTED else end
    written = {
        "cost": lambda euro: number_format(euro, force_grouping=True),
        "date": date_format,
        "year": str,
    }
    parts = [
        sentence % {"end": written[band](value)}
        for sentence, value in zip(words, (start, end), strict=True)
        if value is not None
    ]
    return ", ".join(parts)
