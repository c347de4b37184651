"""What somebody may mean who is still typing: pages, materials, regions, what others often look for.

A comfort, never an error: where an engine does not answer, names are still suggested.
"""

import logging
import threading
import time
from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from regions.queries import names_in_all_languages
from search import engines
from search.choices import Kind
from search.engines.answer import EngineFailed
from search.frequent import frequent_searches
from search.languages import fold
from search.models import LexiconVersion, SearchDocument
from search.query import STOP_WORDS, readable
from search.ranking import LONGEST_PREFIX, SHORTEST_PREFIX
from search.words import words_in

SHORTEST, LONGEST = 2, 100
PAGES_SHOWN, NAMES_SHOWN = 5, 4
# Looked at before the best of them are shown.
MOST_PAGES, MOST_NAMES, MOST_WORDS = 12, 2_000, 8
FREQUENT_SHOWN, MOST_FREQUENT, FREQUENT_SECONDS = 3, 1_000, 60
# A material's symbol is suggested when it is typed as it is written.
LONGEST_SYMBOL = 3
PAGES = (Kind.PRACTICE, Kind.INSTRUMENT, Kind.EVENT)

logger = logging.getLogger(__name__)


class Suggestion(NamedTuple):
    """One line: what it says, a word to tell it by, and where it leads."""

    label: str
    note: str
    url: str


class Name(NamedTuple):
    """A name of a material or region, as somebody may type it."""

    value: str
    language: str
    text: str
    folded: str
    is_symbol: bool


def suggestions(text, language="en"):
    """[(group's name, [Suggestion])] for what was typed so far; groups with nothing in them are left out."""
    typed = " ".join(readable(text[:LONGEST]).split())
    words = [fold(word) for word in words_in(typed)][:MOST_WORDS]
    if len("".join(words)) < SHORTEST:
        return []
    names = Remembered.now()
    groups = [
        (_("Pages"), pages(words)),
        (_("Raw materials"), names["material"].suggested(typed, words, language)),
        (_("Regions"), names["region"].suggested(typed, words, language)),
        (_("Often looked for"), Frequent.suggested(" ".join(words))),
    ]
    return [group for group in groups if group[1]]


# Pages


def pages(words):
    """Pages whose titles have words that begin so, the newest first; those that begin as typed before all."""
    last = len(words) - 1
    beginnings = [
        word[:LONGEST_PREFIX]
        for place, word in enumerate(words)
        if len(word) >= SHORTEST_PREFIX and (place == last or word not in STOP_WORDS)
    ]
    if not beginnings:
        return []
    try:
        keys = engines.begun(beginnings, PAGES, MOST_PAGES)
    except EngineFailed as error:
        logger.warning("Pages cannot be suggested now: %s", error)
        return []
    place = {key: number for number, key in enumerate(keys)}
    rows = SearchDocument.objects.public().filter(key__in=keys).values_list("key", "title_key", "display")
    typed = " ".join(words)
    ranked = sorted(rows, key=lambda row: (not row[1].startswith(typed), place[row[0]]))
    return [Suggestion(item["title"], item["kind_label"], item["url"]) for _, _, item in ranked[:PAGES_SHOWN]]


# Names


class Names:
    """The names of one facet's values in all languages, by the beginnings of their words."""

    def __init__(self, facet, names):
        self.facet = facet
        self.labels = {}
        entries = set()
        for one in names:
            words = [fold(word) for word in words_in(one.text)]
            is_symbol = one.is_symbol and facet == "material" and len(one.text) <= LONGEST_SYMBOL
            name = Name(one.value, one.language, one.text, " ".join(words), is_symbol)
            if not is_symbol:
                self.labels.setdefault(one.value, one.text)
            entries.update((" ".join(words[start:]), name) for start in range(len(words)))
        self.entries = sorted(entries)

    def suggested(self, typed, words, language):
        """Names that begin so, or one of whose words does; whole ones first, in known languages first."""
        beginning = " ".join(words)

        def rank(name):
            return (
                name.folded != beginning,
                not name.folded.startswith(beginning),
                name.language not in (language, "en", ""),
                # Countries before what lies in them.
                len(name.value) if self.facet == "region" else 0,
                len(name.text),
                name.text,
            )

        found = {}
        for name in sorted(self.begun(beginning), key=rank):
            if not name.is_symbol or name.text == typed:
                found.setdefault(name.value, name)
        return [self.suggestion(name) for name in islice(found.values(), NAMES_SHOWN)]

    def begun(self, beginning):
        start = bisect_left(self.entries, (beginning,))
        for said, name in self.entries[start : start + MOST_NAMES]:
            if not said.startswith(beginning):
                return
            yield name

    def suggestion(self, name):
        label = self.labels.get(name.value, name.text)
        code = name.value if self.facet == "region" else ""
        said = "" if name.text == code or name.folded in fold(label) else name.text
        url = f"{reverse('search')}?{urlencode({self.facet: name.value})}"
        return Suggestion(label, " · ".join(filter(None, [said, code])), url)


class Remembered:
    """The names of this process and the state of the vocabulary that they are of."""

    lock = threading.Lock()
    version = names = None

    @classmethod
    def now(cls):
        """{facet: its names} as they are now. One query while nothing changed."""
        version = LexiconVersion.current()
        with cls.lock:
            if cls.names is None or cls.version != version:
                every = list(names_in_all_languages())
                cls.names = {
                    facet: Names(facet, [name for name in every if name.facet == facet])
                    for facet in ("material", "region")
                }
                cls.version = version
            return cls.names


# What others look for


class Frequent:
    """What many looked for, as this process learnt it within the last minute."""

    lock = threading.Lock()
    until, texts = 0, []

    @classmethod
    def suggested(cls, beginning):
        """Texts with a word that begins so, the most frequent first."""
        with cls.lock:
            if time.monotonic() > cls.until:
                cls.texts = [(f" {fold(text)}", text) for text in frequent_searches(most=MOST_FREQUENT)]
                cls.until = time.monotonic() + FREQUENT_SECONDS
            texts = cls.texts
        same = (text for folded, text in texts if f" {beginning}" in folded)
        return [
            Suggestion(text, "", f"{reverse('search')}?{urlencode({'q': text})}")
            for text in islice(same, FREQUENT_SHOWN)
        ]
