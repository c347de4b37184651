"""The box below the results: keep the search, follow it, take its results along."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from search.saved import asked, described, proposed_name
from search.saved_form import SavedSearchForm

ATOM, RSS = "application/atom+xml", "application/rss+xml"


@dataclass
class Keep:
    """What the box prints.

    line       the search in a line
    name       what the search is called unless somebody calls it something else
    is_empty   whether nothing was found, so that one can only wait for something
    is_open    whether the form is unfolded: somebody has just signed in to save
    back       the address of these results, to return to
    """

    line: str
    name: str
    is_empty: bool
    is_open: bool
    save_url: str
    back: str
    sign_in_url: str
    downloads: list
    feeds: list

    @cached_property
    def form(self):
        """The form, for those who have signed in."""
        return SavedSearchForm(initial={"name": self.name})


def keep_box(form, results, *, is_open=False):
    """The box for this search; it asks the database nothing."""
    question = asked(form)
    here = form.url()
    back = f"{here}{'&' if '?' in here else '?'}save=yes#keep"
    return Keep(
        line=described(form),
        name=proposed_name(form),
        is_empty=not results.total,
        is_open=is_open,
        save_url=with_question(reverse("save_search"), question),
        back=form.url(page=results.page),
        sign_in_url=f"{reverse('account_login')}?{urlencode({'next': back})}",
        downloads=downloads(form) if results.total else [],
        feeds=feeds(question),
    )


def with_question(address, question):
    return f"{address}?{question}" if question else address


def downloads(form):
    """All results as a file, in the order in which they are shown."""
    return [
        {
            "label": label,
            "url": form.url(address=reverse("search_export", args=[kind]), kind=form.query.kind, view="list"),
        }
        for kind, label in (("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"))
    ]


def feeds(question):
    """The newest results for a feed reader."""
    named = (("atom", "Atom", ATOM), ("rss", "RSS", RSS))
    return [
        {
            "label": label,
            "type": kind,
            "url": with_question(reverse("search_feed", args=[name]), question),
            "title": _("New results, %(label)s") % {"label": label},
        }
        for name, label, kind in named
    ]
