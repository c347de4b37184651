"""What is asked of search and what it answers, as plain values: no request, no settings, no engine.

Words, "phrases" and -words (or -"phrases") mean something; everything else is text, so no input is an error.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from language.typed import as_line
from search.facets import BANDS, MANY_VALUED, STAGE_WEIGHTS
from search.ranking import words_needed
from search.words import HYPHEN, NUMBER_AND_UNIT, articles_in, unbroken, words_in

MAX_TEXT_LENGTH = 400
MAX_CLAUSES = 24
MAX_WORDS_IN_PHRASE = 16
MAX_WORD_LENGTH = 60
MAX_FACET_VALUES = 100
MAX_PAGE_SIZE = 100
DEEPEST_HIT = 10_000

BEST_MATCH, NEWEST, TITLE = "best", "newest", "title"
TRANSFERRED, CHEAPEST, DATE = "transferred", "cost", "date"
SORTS = (BEST_MATCH, NEWEST, TITLE, TRANSFERRED, CHEAPEST, DATE)

# Words that ask or join and never tell one item from another; a phrase keeps them.
STOP_WORDS = frozenset(
    """a an and are as at be been by can could do does for from had has have how i in into is it its made of
    on or our should that the their there these they this those to was we were what when where which who why
    will with would you your""".split()  # noqa: SIM905
)
EPOCH, MICROSECOND = dt.datetime.fromtimestamp(0, dt.UTC), dt.timedelta(microseconds=1)
SYMBOLS = frozenset({"As", "Be", "I", "In"})
CLAUSE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
# Typed with one hyphen, and no capital after it: pasted from the end of a line, it may be one word.
PARTED = re.compile(r"([^\W\d_]+)-([^\W\d_]+)")
CURLY_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"')) | HYPHEN
# Stands for a letter that somebody's program could not read.
LOST = "\ufffd"


class Clause(NamedTuple):
    """One thing to look for: a word, or words that stand side by side ("post-mining" is typed as one word).

    A phrase was typed in quotes: it must be there as it stands, while of many words some may be missing.

    readings   what the words may be besides: "Europe" for "L'Europe", "Rotschlamm" for "Rot-schlamm"
    articles   what an apostrophe joined to the words and is none of them
    """

    words: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False
    readings: tuple[tuple[str, ...], ...] = ()
    articles: tuple[str, ...] = ()


class Sought(NamedTuple):
    """A clause as it is understood: found by its words, by other words for the same, or by tags.

    words         what was typed, corrected where it had to be
    is_apart      typed as several words that make one name: they need not stand together
    parts         these words one by one, each with what it means by itself
    alternatives  other words for the same, as (language or "" for any, words)
    tags          values of facets that it names, as (facet, value, how rare it is)
    may_begin     a longer word that begins so is meant too
    share         how much of its score counts: less for what is looked for besides
    is_code       the code of a place: its letters are no word, only what it stands for is looked for
    may_be_place  names of places may have it; a synonym and an everyday word never mean one
    """

    words: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False
    is_apart: bool = False
    alternatives: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tags: tuple[tuple[str, str, float], ...] = ()
    may_begin: bool = True
    parts: tuple = ()
    share: float = 1.0
    is_code: bool = False
    may_be_place: bool = True

    @property
    def is_free(self):
        """Whether it may be missing where enough others are there."""
        return not self.is_phrase and not self.is_excluded

    @property
    def is_place(self):
        """Whether it names a place, so that its other words do too."""
        return any(facet == "region" for facet, *_ in self.tags)


class Understood(NamedTuple):
    """What a question asks for once names, synonyms and slips of the pen are seen.

    needed     how many of the free clauses an item must have
    corrected  the text that was looked for instead of the one typed, or ""
    unknown    typed words that no item and no name has; they are not looked for
    is_loose   hardly anything has enough of the words: what has any of them was found besides
    written_in  the languages in which there are texts at all, none where that is not known
    """

    sought: tuple[Sought, ...]
    needed: int
    corrected: str = ""
    unknown: tuple[str, ...] = ()
    is_loose: bool = False
    written_in: tuple[str, ...] = ()


class Part(NamedTuple):
    """A piece of a highlighted text: `hit` is true where the words looked for stand."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Query:
    """One question to search. Every value is legal; what cannot be used is brought within bounds.

    text       what the visitor typed, as typed
    kind       one of choices.KINDS, or "" for all
    facets     {facet name: values}, names from facets.FACETS; inside a facet any value, between facets all
    match_all  names of facets of which an item must have all chosen values
    stage_weight  "main" or "touched": how much it is about the chosen stages; "" for either
    bands      {name from facets.BANDS: (from, to)}, half-open, None where open: euro, year, datetime.date
    modified_since  only what reads differently since this moment, None for whatever there is
    sort       one of SORTS, anything else means "best". "transferred": taken over most often first; "cost":
               the lowest cost first, without a stated cost last; "date": what is still to come first, the
               next day first, then what is over, the latest day first
    page       from 1; beyond the end means the last page
    page_size  1 to 100
    language   the visitor's language: highlights prefer it where an item has several
    is_exact   look for the words as typed, whatever they look like
    has_counts  whether the facets are counted too, which takes an engine longer than the hits
    may_loosen  where hardly anything has enough of the words, take what has any of them
    understood what search made of the text; search fills it in itself
    """

    text: str = ""
    kind: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = BEST_MATCH
    page: int = 1
    page_size: int = 20
    language: str = "en"
    match_all: tuple[str, ...] = ()
    stage_weight: str = ""
    bands: dict[str, tuple] = field(default_factory=dict)
    modified_since: dt.datetime | None = None
    is_exact: bool = False
    has_counts: bool = True
    may_loosen: bool = True
    understood: Understood | None = field(default=None, compare=False, repr=False)

    def __post_init__(self):
        put = object.__setattr__
        put(self, "text", self.text[:MAX_TEXT_LENGTH])
        facets = {name: usable(values) for name, values in self.facets.items()}
        put(self, "facets", {name: values for name, values in facets.items() if values})
        put(self, "match_all", tuple(name for name in MANY_VALUED if name in self.match_all))
        put(self, "stage_weight", self.stage_weight if self.stage_weight in STAGE_WEIGHTS else "")
        bands = {name: self.bands[name] for name in BANDS if name in self.bands}
        put(self, "bands", {name: ends for name, ends in bands.items() if ends != (None, None)})
        put(self, "sort", self.sort if self.sort in SORTS else BEST_MATCH)
        put(self, "page_size", min(max(self.page_size, 1), MAX_PAGE_SIZE))
        put(self, "page", min(max(self.page, 1), max(DEEPEST_HIT // self.page_size, 1)))

    @property
    def clauses(self):
        return parse(self.text)

    @property
    def sought(self):
        """What to look for: as understood, or else word by word."""
        return self.understood.sought if self.understood else tuple(map(as_typed, self.clauses))

    @property
    def needed(self):
        """How many of the free clauses an item must have."""
        if self.understood:
            return self.understood.needed
        return words_needed(sum(one.is_free for one in self.sought))

    @property
    def written_in(self):
        """The languages in which there are texts, none where that is not known."""
        return self.understood.written_in if self.understood else ()

    @property
    def offset(self):
        return (self.page - 1) * self.page_size

    @property
    def is_narrowed(self):
        """Whether anything but words and the kind narrows it."""
        return bool(self.facets or self.bands or self.modified_since)

    @property
    def least_version(self):
        """The lowest version of a row that reads differently since the moment asked for."""
        return max((self.modified_since - EPOCH) // MICROSECOND, 0)


@dataclass(frozen=True)
class Hit:
    """One item found.

    key         "page:12", "region:7", "material:3"
    kind        one of choices.KINDS
    display     everything a result card prints (see documents.display)
    highlights  {"title": [Part, ...], "text": [Part, ...]}; a name is missing where nothing was hit.
                "title" is the whole title, "text" an excerpt around the words found
    """

    key: str
    kind: str
    display: dict
    highlights: dict[str, list[Part]] = field(default_factory=dict)
    score: float = 0.0

    @property
    def title_parts(self):
        """The title in parts to print, marked where it was hit."""
        return self.highlights.get("title") or [Part(self.display.get("title", ""), False)]

    @property
    def text_parts(self):
        """The excerpt in parts to print, or the summary where no text was hit."""
        return self.highlights.get("text") or [Part(self.display.get("summary", ""), False)]


@dataclass(frozen=True)
class Results:
    """What search answers.

    total    how many items match, exactly
    hits     the items of this page
    facets   {facet name: [(value, count), ...]} for every facet; every value with a count, the highest
             count first, and the chosen values even when their count is 0. What a count is, says
             search/facets.py
    kinds    {kind: count} without the chosen kind, and "" for all of them together
    page     the page these hits are of; pages how many there are (at least 1), page_size how many fit on one
    engine   "embedded" or "elasticsearch": who answered
    took_ms  how long the engine took
    understood  what search made of the text, None without text
    """

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
    page_size: int = 20
    engine: str = ""
    took_ms: float = 0.0
    understood: Understood | None = None

    @property
    def corrected(self):
        """The text that was looked for instead of the one typed, or ""."""
        return self.understood.corrected if self.understood else ""

    @property
    def first(self):
        """The number of the first hit shown, for "showing 21-40"."""
        return (self.page - 1) * self.page_size + 1 if self.hits else 0

    @property
    def last(self):
        return self.first + len(self.hits) - 1 if self.hits else 0


def usable(values):
    """The values once each, without those that no item can have."""
    readable = (value for value in values if len(value) <= MAX_WORD_LENGTH and value == as_line(value))
    return tuple(dict.fromkeys(readable))[:MAX_FACET_VALUES]


def parse(text):
    """The clauses in `text`, in order, without the words that only ask or join (unless nothing else is
    there)."""
    clauses = clauses_in(text)
    telling = [c for c in clauses if c.is_phrase or c.is_excluded or not all(map(is_stop_word, c.words))]
    return tuple(telling if any(not c.is_excluded for c in telling) else clauses)


def clauses_in(text):
    """Every clause in `text`, in order, each once."""
    text = NUMBER_AND_UNIT.sub(lambda amount: "_".join(amount[0].split()), readable(text))
    clauses = []
    for match in CLAUSE.finditer(text):
        typed = match["phrase"] if match["phrase"] is not None else match["word"]
        if words := shortened(words_in(typed)):
            is_phrase = match["phrase"] is not None
            other = () if is_phrase else readings(typed, words)
            clauses.append(Clause(words, is_phrase, bool(match["minus"]), other, articles_in(typed)))
    return list(dict.fromkeys(clauses))[:MAX_CLAUSES]


def shortened(words):
    return tuple(word[:MAX_WORD_LENGTH] for word in words[:MAX_WORDS_IN_PHRASE])


def readings(typed, words):
    """What else the word may be: without the article that a capital joins to it, without its one hyphen."""
    others = [shortened(words_in(typed.lower()))]
    if (parts := PARTED.fullmatch(typed)) and parts[2][0].islower():
        others.append(shortened(["".join(parts.groups())]))
    return tuple(other for other in others if other and len(other) < len(words))


def as_typed(clause):
    """What to look for where nothing is known of words."""
    return Sought(*clause[:3])


def readable(text):
    """As much of `text` as is looked at: one line as it was meant, with straight quotes and hyphens."""
    line = as_line(unbroken(as_written(text[:MAX_TEXT_LENGTH])))
    return line.replace(LOST, "").translate(CURLY_QUOTES)


def as_written(text):
    """The text as it was before a program took its bytes for another encoding: "étain" for "Ã©tain"."""
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return text


def neighbours(free):
    """The pairs of words that were typed beside each other, in clauses that need not stand together."""
    typed = [one for one in free if one.share == 1]
    words = [(word, place, one) for place, one in enumerate(typed) for word in one.words]
    return [
        (first, second)
        for (first, place, one), (second, other_place, _) in pairwise(words)
        if place != other_place or one.is_apart
    ]


def is_stop_word(word):
    """Whether the word only asks or joins; arsenic, indium and iodine do not when written as symbols."""
    return word.lower() in STOP_WORDS and word not in SYMBOLS
