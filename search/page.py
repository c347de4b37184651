"""What the search page prints: from a form and its results to finished values for the template."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.choices import EvidenceState, Origin
from regions.choices import Stage
from search.chips import NOTHING_CHOSEN, chips
from search.choices import KINDS, Kind
from search.filters import facets
from search.forms import LIST, MAP, TABLE, views_of
from search.found_by import found_by
from search.mapped import map_view
from search.narrowing import quoted
from search.query import DEEPEST_HIT, Hit
from search.reading import reading
from search.showing import sorts, views
from search.zero import zero_state

# Section pages: the addresses that show search with the kind fixed.
SECTIONS = {Kind.PRACTICE: "good_practices", Kind.INSTRUMENT: "policy_instruments"}
NEIGHBOURS = 2


@dataclass(frozen=True)
class Card:
    """One result as it is printed."""

    hit: Hit
    kind_label: str
    meta: list
    facts: list
    tags: list
    found_by: str = ""

    @property
    def reference(self):
        """What it is called in a comparison; nothing where it cannot be compared."""
        return self.item.get("reference", "") if self.hit.kind == Kind.PRACTICE else ""

    @property
    def item(self):
        return self.hit.display

    @property
    def excerpt(self):
        """The parts of its excerpt or summary, none where there is no text."""
        parts = self.hit.text_parts
        return parts if parts[0].text else ()

    @property
    def stages(self):
        """The seven stages, or none where it is about no stage at all."""
        stages = self.item.get("stages", ())
        return stages if any(stage["weight"] for stage in stages) else ()

    @property
    def is_collected(self):
        """Whether nothing but a public source speaks for it: the same that the facet "evidence" counts."""
        state = self.item.get("evidence", {}).get("state")
        is_proved = state in (EvidenceState.VERIFIED, EvidenceState.IN_REVIEW)
        return self.item.get("origin") == Origin.COLLECTED and not is_proved

    @property
    def has_sidelines(self):
        """Whether anything stands in the column of facts."""
        return bool(self.is_collected or self.facts or self.tags or self.item.get("evidence"))

    @property
    def cost(self):
        return next((fact["value"] for fact in self.facts if fact.get("key") == "cost"), "")


def context(form, results, *, heading, canonical):
    """Everything the templates in templates/search/ print."""
    query = form.query
    filters = list(chips(form))
    cards = [card(hit, query.kind, found_by(hit, form, results)) for hit in results.hits]
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
        "headline": headline(query.kind, results.total),
        "first": number(results.first),
        "last": number(results.last),
        "announcement": announcement(query.kind, results),
        "tabs": tabs(form, results),
        "facets": facets(form, results),
        "chips": filters,
        "clear_url": form.url(**NOTHING_CHOSEN),
        "sorts": sorts(query),
        "views": views(form),
        "is_table": form.view == TABLE,
        "map": map_view(form, results) if form.view == MAP and results.total else None,
        "cards": cards,
        "stages": Stage.labels,
        "states_cost": any(card.cost for card in cards),
        "states_transfers": any(card.item.get("transfers") for card in cards),
        "can_compare": any(card.reference for card in cards),
        "pages": pages(form, results),
        "previous_url": form.url(page=results.page - 1) if results.page > 1 else "",
        "next_url": form.url(page=results.page + 1) if results.page < results.pages else "",
        "zero": zero_state(form, results) if not results.total else None,
        "show_label": show_label(results.total),
    }


def number(value):
    return number_format(value, force_grouping=True)


def headline(kind, total):
    """How many there are of what: "14 good practices"."""
    words = {
        "": ngettext("%(number)s result", "%(number)s results", total),
        Kind.PRACTICE: ngettext("%(number)s good practice", "%(number)s good practices", total),
        Kind.INSTRUMENT: ngettext("%(number)s policy instrument", "%(number)s policy instruments", total),
        Kind.EVENT: ngettext("%(number)s event", "%(number)s events", total),
        Kind.REGION: ngettext("%(number)s region", "%(number)s regions", total),
        Kind.MATERIAL: ngettext("%(number)s material", "%(number)s materials", total),
    }
    return words[kind] % {"number": number(total)}


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


def card(hit, kind, found_by=""):
    """The hit as a card; where kinds are mixed it says which it is."""
    item = hit.display
    facts = {"materials": _("Materials"), "cost": _("Cost")}
    return Card(
        hit=hit,
        kind_label="" if kind else capfirst(item.get("kind_label", "")),
        meta=[line for line in meta(hit.kind, item) if line],
        facts=[
            *(fact | {"label": facts.get(fact.get("key"), fact["label"])} for fact in item.get("facts", ())),
            *transfers(item),
        ],
        tags=tags(item),
        found_by=found_by,
    )


def transfers(item):
    """In how many validated changes of policy a practice lives on, where there are any."""
    if count := item.get("transfers", 0):
        value = ngettext("in %(number)s policy change", "in %(number)s policy changes", count)
        yield {"key": "transfers", "label": _("Used"), "value": value % {"number": number(count)}}


def meta(kind, item):
    """Where and when, in short pieces."""
    yield day(item.get("date", ""))
    if kind == Kind.REGION:
        yield " ".join(filter(None, [item.get("level_label"), item.get("reference")]))
    if kind == Kind.MATERIAL:
        yield item.get("reference")
        yield item.get("group_label")
    yield item.get("place")
    yield item.get("years")


def tags(item):
    """What the EU calls a material."""
    named = [
        ("is_strategic", _("Strategic raw material"), True),
        ("is_critical", _("Critical raw material"), False),
    ]
    return [{"label": label, "is_solid": is_solid} for key, label, is_solid in named if item.get(key)]


def day(iso):
    """The day in words; what is no day stays as it is."""
    try:
        return date_format(dt.date.fromisoformat(str(iso)[:10]))
    except ValueError:
        return str(iso or "")


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
