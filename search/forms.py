"""What a visitor asks with an address, read once: a Query, the view, sentences about what was left out."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from search.choices import KINDS, Kind
from search.narrowing import NAMES, Narrowing, pairs, quoted, readable
from search.query import BEST_MATCH, MAX_FACET_VALUES, MAX_TEXT_LENGTH, MAX_WORD_LENGTH, SORTS, Query
from search.vocabulary import FILTERS, Vocabulary

LIST, TABLE, MAP = "list", "table", "map"
# What has places, and what can stand in one table.
VIEWS = {
    Kind.PRACTICE: (LIST, TABLE, MAP),
    Kind.INSTRUMENT: (LIST, MAP),
    Kind.EVENT: (LIST, MAP),
}
PAGE_SIZE = 20
# Every parameter that the page knows.
PARAMETERS = {
    *("q", "kind", "sort", "page", "view", "exact", "unfold"),
    *NAMES,
    *(f"find_{facet}" for facet in FILTERS),
}


class SearchForm:
    """The question in an address, made legal: what cannot be used is left out, and `notes` says so.

    query       what to ask search
    view        "list", "table" or "map"
    notes       sentences about what was left out: what is wrong; then, after the last semicolon, what was
                done instead
    vocabulary  the names of the values
    asked_page  the page number asked for, which may not exist
    unfolded    facets and regions of which the page shows all values
    finding     {facet: words looked for in the names of its values}
    kind_is_fixed   whether the address itself names the kind (/good-practices/)
    """

    def __init__(self, data, *, address, kind="", language="en", page_size=PAGE_SIZE, may_be_empty=False):
        self.address = address
        self.kind_is_fixed = bool(kind)
        self.notes = []
        self.vocabulary = Vocabulary()
        text = self.text(data)
        kind = self.kind(data, kind)
        self.asked_page = self.page(data)
        narrowing = Narrowing(data, self.vocabulary, may_be_empty=may_be_empty)
        self.notes += narrowing.notes
        self.query = Query(
            text=text,
            kind=kind,
            **narrowing.asked,
            sort=self.sort(data, text),
            page=self.asked_page,
            page_size=page_size,
            language=language,
            is_exact=data.get("exact") == "1",
        )
        self.view = self.chosen_view(data, kind)
        unfolded = dict.fromkeys(readable(value)[:MAX_WORD_LENGTH] for value in data.getlist("unfold"))
        self.unfolded = tuple(value for value in unfolded if value)[:MAX_FACET_VALUES]
        found = {facet: readable(data.get(f"find_{facet}", ""))[:MAX_WORD_LENGTH] for facet in FILTERS}
        self.finding = {facet: words for facet, words in found.items() if words}

    def text(self, data):
        text = readable(data.get("q", ""))
        if len(text) > MAX_TEXT_LENGTH:
            self.notes.append(
                _("A search takes up to %(number)s characters; the others were left out.")
                % {"number": MAX_TEXT_LENGTH}
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
        if view not in ("", LIST, TABLE, MAP):
            self.notes.append(
                _("There is no view called “%(value)s”; this is the list.") % {"value": quoted(view)}
            )
        elif view == TABLE and view not in views_of(kind):
            self.notes.append(_("Only good practices can be shown as a table; this is the list."))
        elif view == MAP and view not in views_of(kind):
            self.notes.append(_("Choose good practices, instruments or events for a map; this is the list."))
        return view if view in views_of(kind) else LIST

    def url(self, *, address=None, kind=None, without=(), **changes):
        """The address of this search with `changes`, always on its first page unless they name another.

        `without` leaves out single choices, as (facet, value).
        """
        query = self.query
        address = self.address if address is None else address
        asked = [("q", changes.get("text", query.text))]
        kind = (
            (query.kind if address != self.address or not self.kind_is_fixed else "")
            if kind is None
            else kind
        )
        asked += [("kind", kind), *pairs(query, without, **changes)]
        sort = changes.get("sort", query.sort)
        view = changes.get("view", self.view)
        page = changes.get("page", 1)
        asked += [
            ("sort", sort if sort != BEST_MATCH else ""),
            ("view", view if view != LIST else ""),
            # Other words may be corrected again.
            ("exact", "1" if changes.get("exact", query.is_exact and "text" not in changes) else ""),
            ("page", page if page > 1 else ""),
        ]
        written = urlencode([(name, value) for name, value in asked if value])
        return f"{address}?{written}" if written else address


def views_of(kind):
    """The views in which results of this kind can be shown."""
    return VIEWS.get(kind, (LIST,))
