"""What the search page prints: from a form and its results to finished values for the template."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from regions.choices import Stage
from search.cards import cards
from search.chips import NOTHING_CHOSEN, chips
from search.choices import KINDS, Kind
from search.filters import facets
from search.forms import LIST, MAP, TABLE, views_of
from search.mapped import map_view
from search.narrowing import quoted
from search.query import DEEPEST_HIT
from search.reading import reading
from search.remarks import remarks
from search.showing import number, sorts, views
from search.zero import zero_state

# Section pages: the addresses that show search with the kind fixed.
SECTIONS = {Kind.PRACTICE: "good_practices", Kind.INSTRUMENT: "policy_instruments"}
NEIGHBOURS = 2
HEADLINES = {
    "": ngettext_lazy("%(number)s result", "%(number)s results", "count"),
    Kind.PRACTICE: ngettext_lazy("%(number)s good practice", "%(number)s good practices", "count"),
    Kind.INSTRUMENT: ngettext_lazy("%(number)s policy instrument", "%(number)s policy instruments", "count"),
    Kind.EVENT: ngettext_lazy("%(number)s event", "%(number)s events", "count"),
    Kind.REGION: ngettext_lazy("%(number)s region", "%(number)s regions", "count"),
    Kind.MATERIAL: ngettext_lazy("%(number)s material", "%(number)s materials", "count"),
}


def context(form, results, *, heading, canonical):
    """Everything the templates in templates/search/ print."""
    query = form.query
    filters = list(chips(form))
    shown = cards(form, results)
    return {
        "form": form,
        "query": query,
        "results": results,
        "heading": heading,
        "title": title(form, results, heading),
        "canonical": canonical,
        # Search engines list the section pages, not every combination of filters.
        "is_indexed": not (query.text or filters),
        "reading": reading(form, results),
        "notes": [*form.notes, *page_notes(form, results)],
        "remarks": remarks(form, results),
        "headline": headline(query.kind, results.total),
        "first": number(results.first),
        "last": number(results.last),
        "announcement": announcement(query.kind, results),
        "tabs": tabs(form, results),
        "facets": facets(form, results),
        "chips": filters,
        "clear_url": form.url(**NOTHING_CHOSEN),
        "sorts": sorts(query),
        "views": views(form, results),
        "is_table": form.view == TABLE,
        "map": map_view(form, results) if form.view == MAP and results.total else None,
        "cards": shown,
        "stages": Stage.labels,
        "states_cost": any(card["cost"] for card in shown),
        "states_transfers": any(card["transfers"] for card in shown),
        "can_compare": any(card["reference"] for card in shown),
        "pages": pages(form, results),
        "previous_url": form.url(page=results.page - 1) if results.page > 1 else "",
        "next_url": form.url(page=results.page + 1) if results.page < results.pages else "",
        "zero": zero_state(form, results) if not results.total else None,
        "show_label": show_label(results.total),
    }


def headline(kind, total):
    """How many there are of what: "14 good practices"."""
    return str(HEADLINES[kind] % {"count": total, "number": number(total)})


def announcement(kind, results):
    """What a screen reader says after the results were swapped."""
    if not results.total:
        return _("Nothing was found. Suggestions follow.")
    found = _("%(found)s, page %(page)s of %(pages)s") % {
        "found": headline(kind, results.total),
        "page": number(results.page),
        "pages": number(results.pages),
    }
    if results.understood and results.understood.corrected:
        corrected = _("Showing results for %(text)s.") % {"text": results.understood.corrected}
        return f"{corrected} {found}"
    return found


def show_label(total):
    if not total:
        return _("Apply filters")
    return ngettext("Show %(number)s result", "Show %(number)s results", total) % {"number": number(total)}


def title(form, results, heading):
    text = " ".join(form.query.text.split())
    if not text:
        return heading
    if not results.total:
        return _("No results for %(text)s") % {"text": text}
    return f"{text}: {headline(form.query.kind, results.total)}"


def page_notes(form, results):
    """What to say about words that cannot be looked for, and pages that do not exist or cannot be reached."""
    notes = []
    if form.query.text and not form.query.clauses:
        notes.append(
            _("There is no word in “%(text)s”; it was left out.") % {"text": quoted(form.query.text)}
        )
    if form.asked_page > results.page:
        notes.append(
            _("There is no page %(asked)s; this is the last one, page %(page)s.")
            % {"asked": str(form.asked_page)[:12], "page": number(results.page)}
        )
    if results.total > DEEPEST_HIT and results.page == results.pages:
        notes.append(
            _("Only the first %(number)s results can be paged through. Add a word or a filter.")
            % {"number": number(DEEPEST_HIT)}
        )
    return notes


def tabs(form, results):
    """All kinds and each kind with its count; the kinds that have a section page lead there."""
    search = reverse("search")
    current = form.query.kind

    def tab(kind, label):
        address = reverse(SECTIONS[kind]) if kind in SECTIONS and form.kind_is_fixed else search
        url = form.url(
            address=address,
            kind="" if address != search else kind,
            view=form.view if form.view in views_of(kind) else LIST,
        )
        count = number(results.kinds.get(kind, 0))
        return {"label": label, "url": url, "count": count, "current": kind == current}

    return [tab("", _("All")), *(tab(kind, Kind(kind).label) for kind in KINDS)]


def pages(form, results):
    """The first, the last and the pages around the current one, with gaps between them."""
    near = range(results.page - NEIGHBOURS, results.page + NEIGHBOURS + 1)
    numbers = sorted({1, results.pages, *(n for n in near if 1 <= n <= results.pages)})
    shown, before = [], 0
    for n in numbers:
        if n - before == 2:
            shown.append(page_link(form, results, n - 1))
        elif n - before > 2:
            shown.append({"gap": True})
        shown.append(page_link(form, results, n))
        before = n
    return shown


def page_link(form, results, n):
    return {"number": number(n), "url": form.url(page=n), "current": n == results.page, "gap": False}
