"""What a visitor asks with an address, read once: a Query, the view, sentences about what was left out."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from search.choices import KINDS, Kind
from search.documents import UNREADABLE
from search.query import BEST_MATCH, MAX_FACET_VALUES, MAX_TEXT_LENGTH, SORTS, Query
from search.vocabulary import FILTERS, Vocabulary, facet_name, thing

LIST, TABLE = "list", "table"
QUOTED = 40
PAGE_SIZE = 20


class SearchForm:
    """The question in an address, made legal: what cannot be used is left out, and `notes` says so.

    query       what to ask search
    view        "list" or "table"
    notes       sentences about what was left out
    vocabulary  the names of the values
    asked_page  the page number asked for, which may not exist
    kind_is_fixed   whether the address itself names the kind (/good-practices/)
    """

    def __init__(self, data, *, address, kind="", language="en", page_size=PAGE_SIZE):
        self.address = address
        self.kind_is_fixed = bool(kind)
        self.notes = []
        self.vocabulary = Vocabulary()
        text = self.text(data)
        kind = self.kind(data, kind)
        self.asked_page = self.page(data)
        self.query = Query(
            text=text,
            kind=kind,
            facets=self.facets(data),
            sort=self.sort(data, text),
            page=self.asked_page,
            page_size=page_size,
            language=language,
        )
        self.view = self.chosen_view(data, kind)

    def text(self, data):
        text = readable(data.get("q", ""))
        if len(text) > MAX_TEXT_LENGTH:
            self.notes.append(
                _("Only the first %(number)s characters were looked for.") % {"number": MAX_TEXT_LENGTH}
            )
        return text[:MAX_TEXT_LENGTH]

    def kind(self, data, fixed):
        kind = readable(data.get("kind", "")).lower()
        if fixed and kind in ("", fixed):
            return fixed
        if fixed:
            self.notes.append(_("This list shows one kind only: %(kind)s.") % {"kind": Kind(fixed).label})
            return fixed
        if kind and kind not in KINDS:
            self.notes.append(
                _("There is no kind of result called “%(value)s”; all kinds are shown.")
                % {"value": quoted(kind)}
            )
            return ""
        return kind

    def facets(self, data):
        asked = {facet: self.values(facet, data.getlist(facet)) for facet in FILTERS}
        if asked["region"]:
            self.vocabulary.learn_regions(asked["region"])
        return {facet: self.known(facet, values) for facet, values in asked.items() if values}

    def values(self, facet, typed):
        """The values as they are written, each once, no more than can be asked for."""
        fold = str.upper if facet == "region" else str.lower
        values = list(dict.fromkeys(fold(readable(value)) for value in typed if readable(value)))
        if len(values) > MAX_FACET_VALUES:
            self.notes.append(
                _("Only the first %(number)s choices of “%(facet)s” were used.")
                % {"number": MAX_FACET_VALUES, "facet": facet_name(facet)}
            )
        return values[:MAX_FACET_VALUES]

    def known(self, facet, values):
        unknown = [value for value in values if not self.vocabulary.knows(facet, value)]
        if len(unknown) == 1:
            self.notes.append(
                _("There is no %(facet)s “%(value)s”; it was left out.")
                % {"facet": thing(facet), "value": quoted(unknown[0])}
            )
        elif unknown:
            self.notes.append(
                _("%(number)s choices of “%(facet)s” do not exist and were left out, among them “%(value)s”.")
                % {"number": len(unknown), "facet": facet_name(facet), "value": quoted(unknown[0])}
            )
        return tuple(value for value in values if value not in unknown)

    def sort(self, data, text):
        sort = readable(data.get("sort", "")).lower()
        if sort and sort not in SORTS:
            self.notes.append(
                _("Results cannot be sorted by “%(value)s”; this is their usual order.")
                % {"value": quoted(sort)}
            )
        return sort if sort in SORTS else BEST_MATCH

    def page(self, data):
        typed = readable(data.get("page", ""))
        if not typed:
            return 1
        try:
            page = int(typed)
        except ValueError:
            page = 0
        if page < 1:
            self.notes.append(
                _("“%(value)s” is not a page number; this is page 1.") % {"value": quoted(typed)}
            )
        return max(page, 1)

    def chosen_view(self, data, kind):
        view = readable(data.get("view", "")).lower()
        if view not in ("", LIST, TABLE):
            self.notes.append(
                _("There is no view called “%(value)s”; this is the list.") % {"value": quoted(view)}
            )
        if view == TABLE and kind != Kind.PRACTICE:
            self.notes.append(_("Only good practices can be compared; this is the list."))
            return LIST
        return TABLE if view == TABLE else LIST

    def url(self, *, address=None, kind=None, without=(), **changes):
        """The address of this search with `changes`, always on its first page unless they name another.

        `without` leaves out single choices, as (facet, value).
        """
        query = self.query
        address = self.address if address is None else address
        facets = changes.get("facets", query.facets)
        pairs = [("q", changes.get("text", query.text))]
        kind = (
            (query.kind if address != self.address or not self.kind_is_fixed else "")
            if kind is None
            else kind
        )
        pairs.append(("kind", kind))
        for facet in FILTERS:
            pairs += [(facet, v) for v in facets.get(facet, ()) if (facet, v) not in without]
        sort = changes.get("sort", query.sort)
        view = changes.get("view", self.view)
        page = changes.get("page", 1)
        pairs += [
            ("sort", sort if sort != BEST_MATCH else ""),
            ("view", view if view != LIST else ""),
            ("page", page if page > 1 else ""),
        ]
        asked = urlencode([(name, value) for name, value in pairs if value])
        return f"{address}?{asked}" if asked else address


def readable(value):
    """`value` without what no page can show, and without white space around it."""
    return UNREADABLE.sub(" ", value).strip()


def quoted(value):
    """As much of what was typed as fits in a sentence."""
    return value if len(value) <= QUOTED else value[:QUOTED] + "…"
