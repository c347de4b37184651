"""In which orders and views the results of each kind can be shown, and how numbers are written."""

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from search.choices import Kind
from search.forms import LIST, MAP, TABLE, views_of
from search.query import BEST_MATCH, CHEAPEST, DATE, NEWEST, TITLE, TRANSFERRED


def sorts(query):
    """The orders to choose from, as {value, label, current}."""
    names = {
        BEST_MATCH: _("Best match"),
        NEWEST: _("Newest"),
        TITLE: _("Title"),
        TRANSFERRED: _("Most transferred"),
        CHEAPEST: _("Lowest cost"),
        DATE: _("Event date, next first"),
    }
    offered = [BEST_MATCH, NEWEST, TITLE]
    offered += {Kind.PRACTICE: [TRANSFERRED, CHEAPEST], Kind.EVENT: [DATE]}.get(query.kind, [])
    current = query.sort
    if not query.text:
        # Without words nothing matches better than anything else: the newest come first. Whoever types words
        # later gets their best match, for nobody has chosen an order yet.
        offered.remove(NEWEST)
        names[BEST_MATCH] = names[NEWEST]
        current = BEST_MATCH if current == NEWEST else current
    # An order of another kind stays what it is until another one is chosen.
    offered += [] if current in offered else [current]
    return [{"value": value, "label": names[value], "current": value == current} for value in offered]


def views(form, results):
    """The switch between list, table and map, where there is more than the list.

    All kinds together are a list only; there it leads to the table and the map of the good practices.
    """
    named = {
        LIST: (_("List"), "list"),
        TABLE: (_("Table"), "table"),
        MAP: (_("Map"), "map"),
    }
    changes = {}
    if not form.query.kind and results.kinds.get(Kind.PRACTICE):
        changes = {"kind": Kind.PRACTICE.value, "address": reverse("search")}
        named[TABLE] = (_("Table of good practices"), "table")
        named[MAP] = (_("Map of good practices"), "map")
    offered = views_of(Kind.PRACTICE if changes else form.query.kind)
    if len(offered) < 2:
        return []
    return [
        {
            "label": named[view][0],
            "icon": named[view][1],
            "url": form.url(view=view, **(changes if view != LIST else {})),
            "current": form.view == view,
        }
        for view in offered
    ]


def number(count):
    """A whole number as the reader's language writes it, in groups of three."""
    # Small numbers are written alike everywhere, and a page has many.
    return str(count) if 0 <= count < 1000 else number_format(count, force_grouping=True)
