"""What the results do not show by themselves: what a filter leaves out because it says nothing, and what fits
any filter of its kind."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.choices import Kind
from search.facets import MAIN, whole_chain
from search.queries import TITLES, total, totals
from search.query import BEST_MATCH
from search.showing import number

# What is filtered by and may not be stated: each with the kinds that could state it.
OFTEN_UNSTATED = {"year": (Kind.PRACTICE, Kind.INSTRUMENT), "cost": (Kind.PRACTICE,)}


def remarks(form, results):
    """Sentences about these results, each with a link that leads on: {text, label, url}.

    A filter by year or cost costs two more questions to an engine, one by stage costs one.
    """
    if results.engine == TITLES:
        # Nothing was counted.
        return []
    query = replace(form.query, understood=results.understood, may_loosen=False)
    found = [unstated(form, query, name) for name in OFTEN_UNSTATED]
    return [one for one in (*found, about_all_stages(form, query, results)) if one]


def unstated(form, query, name):
    """How many more would be here if they stated what is filtered by."""
    if name not in query.facets and name not in query.bands:
        return None
    others = replace(
        query,
        facets={facet: values for facet, values in query.facets.items() if facet != name},
        bands={band: ends for band, ends in query.bands.items() if band != name},
    )
    stated = replace(others, bands=others.bands | {name: (0, None)})
    all_of_them, those = (totals(one, form.vocabulary.lexicon) for one in (others, stated))
    kinds = [kind for kind in OFTEN_UNSTATED[name] if query.kind in ("", kind)]
    missing = sum(all_of_them.get(kind, 0) - those.get(kind, 0) for kind in kinds)
    if missing <= 0:
        return None
    sentence = {
        "year": ngettext(
            "%(number)s more result fits otherwise and states no year, so it is not listed.",
            "%(number)s more results fit otherwise and state no year, so they are not listed.",
            missing,
        ),
        "cost": ngettext(
            "%(number)s more result fits otherwise and states no cost, so it is not listed.",
            "%(number)s more results fit otherwise and state no cost, so they are not listed.",
            missing,
        ),
    }[name]
    label = {"year": _("Without the year"), "cost": _("Without the cost")}[name]
    url = form.url(facets=others.facets, bands=others.bands)
    return {"text": sentence % {"number": number(missing)}, "label": label, "url": url}


def about_all_stages(form, query, results):
    """How many of the results are here because they touch every stage."""
    if "stage" not in query.facets or query.stage_weight == MAIN or not results.total:
        return None
    whole = total(whole_chain(query), form.vocabulary.lexicon)
    if not whole:
        return None
    sentence = ngettext(
        "%(number)s of them touches every stage of the value chain, and has none as its main stage.",
        "%(number)s of them touch every stage of the value chain, and have none as their main stage.",
        whole,
    ) % {"number": number(whole)}
    if query.sort == BEST_MATCH and whole < results.total:
        sentence += " " + ngettext("It comes last.", "They come last.", whole)
    return {"text": sentence, "label": _("Main stage only"), "url": form.url(stage_weight=MAIN)}
