"""Every page as an anonymous reader gets it, compared with the same page drawn afresh."""

import re
from collections import Counter
from dataclasses import dataclass

from django.conf import settings as site_settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.test import RequestFactory
from django.test.client import ClientHandler

from home.kept_pages import kept_pages
from network import kept
from network.models import ContentVersion

MEGABYTES = 64
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@dataclass(frozen=True)
class Seen:
    """What a reader got: the status, where it leads, each byte."""

    status: int
    leads_to: str
    content: bytes


class Comparison:
    """The pages by name, what each reader got of them last, and what was found to be out of date."""

    def __init__(self, settings, addresses):
        self.addresses = addresses
        # Without a browser of tests, which notes what every template was given.
        self.site = ClientHandler()
        self.last = {}
        self.stale = []
        self.unshown = []
        self.unraised = []
        self.needless = []
        self.secrets = []
        self.count = Counter()
        settings.KEPT_PAGES_MB = MEGABYTES

    def ask(self, name):
        """The page as the site answers, from memory or drawn."""
        response = self.site(RequestFactory().get(self.addresses[name]).environ)
        content = response.content
        if "ETag" in response.headers and TOKEN.search(content):
            self.secrets.append(name)
        # Forms that are never kept hold a new secret each time.
        content = TOKEN.sub(b"", content)
        return Seen(response.status_code, response.headers.get("Location", ""), content)

    def warm(self, names):
        """Have every page in memory under the present number."""
        self.last |= {name: self.ask(name) for name in names}

    def afresh(self, names):
        """The same pages drawn by a process that remembers nothing. What this one keeps stays as it is."""
        remembered = dict(kept.memory)
        forget_everything()
        # Past the fixture, which lays one more set of settings on the others each time.
        site_settings.KEPT_PAGES_MB = 0
        try:
            return {name: self.ask(name) for name in names}
        finally:
            site_settings.KEPT_PAGES_MB = MEGABYTES
            kept.forget()
            kept.memory.update(remembered)

    def compare(self, what, names, *, must_show=True):
        """Ask for these pages after a change and note which of them are not what they would be afresh.

        They must have been warm before it. Where the change `must_show`, one of them has to differ from
        before.
        """
        self.count["changes"] += 1
        before = {name: self.last[name] for name in names}
        hits = kept_pages.hits
        self.warm(names)
        self.count["kept"] += kept_pages.hits - hits
        for name, page in self.afresh(names).items():
            self.count["comparisons"] += 1
            if self.last[name] != page:
                self.stale.append((what, name, difference(self.last[name], page)))
        if must_show and all(self.last[name] == page for name, page in before.items()):
            self.unshown.append(what)

    def numbers(self):
        """All numbers as committed now."""
        return dict(ContentVersion.objects.values_list("name", "number"))

    def note_needless(self, what, before):
        """Note when a number rose although no page shows what was done: nothing was compared from memory."""
        if self.numbers() != before:
            self.needless.append(what)

    def result(self):
        """What was found, as the test prints it and compares it with nothing at all."""
        return {
            "stale": self.stale,
            "shown nowhere": self.unshown,
            "no number rose": self.unraised,
            "a number rose for nothing": self.needless,
            "secret of a form kept": self.secrets,
        }

    def told(self):
        """One line of figures."""
        return (
            f"{self.count['changes']} changes, {len(self.addresses)} pages, "
            f"{self.count['comparisons']} comparisons, {self.count['kept']} of them from memory, "
            f"{self.count['left for another day']} things left for another day,"
        )


def forget_everything():
    """Forget what this process remembers, in whatever cache it has of its own."""
    kept.forget()
    for cache in caches.all():
        if isinstance(cache, LocMemCache):
            cache.clear()


def difference(one, other):
    """Where two answers part, in a few words of each."""
    if (one.status, one.leads_to) != (other.status, other.leads_to):
        return f"{one.status} {one.leads_to} instead of {other.status} {other.leads_to}"
    at = next(
        (at for at, pair in enumerate(zip(one.content, other.content, strict=False)) if len(set(pair)) > 1),
        min(len(one.content), len(other.content)),
    )
    said, wanted = (page.content[max(0, at - 30) : at + 50].decode(errors="replace") for page in (one, other))
    return f"{said!r} instead of {wanted!r}"
