"""The words that search understands beyond what texts say: names in all languages, and synonyms.

Each process remembers them. One small query per search tells whether they still hold, so what an editor
changes works on the next search, in every process, without touching an index.
"""

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from language.typed import as_line
from network import kept
from regions.queries import names_in_all_languages
from search.engines.terms import term
from search.languages import OTHER, STEMMERS, field_language, fold
from search.models import LexiconVersion, SynonymTerm
from search.spelling import SAME_BEGINNING, one_slip_at_the_beginning
from search.stop_words import ANY_LANGUAGE
from search.words import APOSTROPHE, WORD, words_in

MAX_WORDS_IN_NAME = 8
COUNTRY_CODE = 2
# Names without a stemmer of their own are filed under their first letters.
FILED_UNDER = 4
# So many letters at the end of a word may be an ending: "odpady", "odpadów"; "горно", "горните".
LONGEST_ENDING = 3
SHORTEST_TO_BEND = 5
# "kali" in "Kalihalden": shorter parts are found in any word.
SHORTEST_PART = 4
# Where the rest of a compound is unknown, a part of it says something from this length on.
SHORTEST_PART_ALONE = 5
MAKE_COMPOUNDS = ("da", "de", "fi", "hu", "nl", "no", "sv")
# What a stemmer leaves of "old" in Hungarian is also what it leaves of the word for lead.
SHORTEST_STEM = 3
# So many words of a set of synonyms have to name a value before the whole set stands for it.
NAMED_BY = 2


@dataclass
class Meaning:
    """What a name or a synonym stands for: values of facets, and sets of words that say the same."""

    tags: set = field(default_factory=set)
    sets: set = field(default_factory=set)

    def add(self, other):
        self.tags |= other.tags
        self.sets |= other.sets

    def without_places(self):
        return Meaning({tag for tag in self.tags if tag[0] != "region"}, set(self.sets))

    def __bool__(self):
        return bool(self.tags or self.sets)


class Lexicon:
    """Every name and synonym of one state of the vocabulary, by the ways people write them.

    names   {facet: {value: its English or only name}}, for whoever prints values
    """

    def __init__(self, names=(), terms=()):
        self.names = defaultdict(dict)
        # By the exact spelling, by the folded words, by language and stems, and by the first letters.
        self.symbols, self.folded, self.stems = (defaultdict(Meaning) for _ in range(3))
        self.bent = defaultdict(list)
        self.members, self.english = defaultdict(list), defaultdict(list)
        # {(language, tag or set): single words for it}
        self.said = defaultdict(set)
        self.words, self.longest = set(), 1
        for name in names:
            self.names[name.facet].setdefault(name.value, name.text)
            tag = name.facet, name.value
            is_symbol = name.is_symbol and not is_typed_small(name)
            self.add(name.language, name.text, is_symbol, Meaning(tags={tag}))
            # Other words for a material are often something made of it; for the rest they say the same.
            if is_english(name) and not (name.facet == "material" and self.english[tag]):
                self.english[tag].append(("en", tuple(words_in(name.text))))
        for key, language, text, is_symbol, is_narrower in terms:
            # What is narrower is found with the others and does not stand for them.
            if self.add(language, text, is_symbol, Meaning(sets=set() if is_narrower else {key})):
                self.members[key].append((language, tuple(words_in(text))))
        self.tags_of_sets = {key: self.shared_tags(members) for key, members in self.members.items()}

    def add(self, language, text, is_symbol, meaning):
        """File a name under its words, and under those that are left when an article is none of them."""
        filed = [self.file(language, words, is_symbol, meaning) for words in spellings(text)]
        return any(filed)

    def file(self, language, words, is_symbol, meaning):
        if not words or len(words) > MAX_WORDS_IN_NAME:
            return False
        self.longest = max(self.longest, len(words))
        if is_symbol:
            self.symbols[words].add(meaning)
            return True
        folded = tuple(fold(word) for word in words)
        self.words.update(word for word in folded if word.isalpha())
        self.folded[folded].add(meaning)
        if len(folded) == 1:
            for one in (*meaning.tags, *meaning.sets):
                self.said[language, one].add(folded[0])
        stemmed = field_language(language)
        if stemmed != OTHER:
            self.stems[stemmed, stems(words, stemmed)].add(meaning)
        else:
            self.bent[len(folded), folded[0][:FILED_UNDER]].append((folded, meaning))
        return True

    def shared_tags(self, members):
        """The stages and focus areas that several words of a set name: then the whole set means them."""
        counts = Counter()
        for _language, words in members:
            named = self.folded.get(tuple(fold(word) for word in words), Meaning()).tags
            counts.update(tag for tag in named if tag[0] in ("stage", "focus"))
        return {tag for tag, count in counts.items() if count >= NAMED_BY}

    def meaning(self, words, languages=()):
        """What these words mean together: as a symbol, as written, or by their stems in any language.

        Where several languages know a stem, those of `languages` are believed.
        """
        found = Meaning()
        found.add(self.symbols.get(words, Meaning()))
        folded = tuple(fold(word) for word in words)
        found.add(self.folded.get(folded, Meaning()))
        found = found or self.bent_meaning(words, folded, languages)
        return Meaning(found.tags.union(*(self.tags_of_sets[key] for key in found.sets)), found.sets)

    def is_written_so(self, words):
        """Whether a name or synonym is these very words, so that no ending has to be guessed."""
        return words in self.symbols or tuple(fold(word) for word in words) in self.folded

    def bent_meaning(self, words, folded, languages):
        found = self.by_stem(words)
        for name, meaning in self.bent.get((len(folded), folded[0][:FILED_UNDER]), ()):
            if all(map(is_bent, name, folded)):
                found.setdefault(OTHER, Meaning()).add(meaning)
        return believed(found, languages)

    def by_stem(self, words, spoken=tuple(STEMMERS), shortest=SHORTEST_STEM):
        """{language: what the words mean by their stems in it}"""
        found = {}
        for language in spoken:
            stemmed = stems(words, language)
            is_telling = max(map(len, stemmed)) >= shortest
            if is_telling and (meaning := self.stems.get((language, stemmed))):
                found[language] = meaning
        return found

    def parts(self, word, languages=()):
        """The known words a compound is made of, folded: "gruv" and "fordon" in "gruvfordon"; else ()."""
        folded = fold(word)
        for end in range(len(folded) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            first, rest = folded[:end], folded[end:]
            if self.is_part(first, languages):
                if self.is_part(rest, languages):
                    return first, rest
                if others := self.parts(rest, languages):
                    return first, *others
        return ()

    def part_alone(self, word, languages=()):
        """The longest known word that an unknown compound begins or ends with, folded: "rotschlamm" in
        "Rotschlammdepot"; else "" where nothing is."""
        folded = fold(word)
        for length in range(len(folded) - SHORTEST_PART + 1, SHORTEST_PART_ALONE - 1, -1):
            for part in (folded[:length], folded[-length:]):
                if self.is_part(part, languages):
                    return part
        return ""

    def is_part(self, part, languages):
        """Whether compounds are made of it: places have names of their own, and no ending is guessed."""
        found = self.folded.get((part,)) or believed(
            self.by_stem((part,), MAKE_COMPOUNDS, SHORTEST_PART), languages
        )
        return bool(found.sets) or any(facet != "region" for facet, _ in found.tags)

    @cached_property
    def by_beginning(self):
        words = defaultdict(list)
        for word in self.words:
            words[word[:SAME_BEGINNING]].append(word)
        return words

    def alternatives(self, meaning, words):
        """The other words that say the same as `words`: [(language, words)], each once."""
        folded = tuple(fold(word) for word in words)
        found = {}
        said = [one for key in sorted(meaning.sets) for one in self.members[key]]
        said += [one for tag in sorted(meaning.tags) for one in self.english[tag]]
        for language, other in said:
            others = tuple(fold(word) for word in other)
            if others != folded:
                found.setdefault((field_language(language) if language else "", others), other)
        return tuple((language, other) for (language, _), other in found.items())

    def spellings(self, meaning, language):
        """The single words of a language that mean the same, folded."""
        wanted = {(language, tag) for tag in meaning.tags} | {(language, key) for key in meaning.sets}
        return sorted({word for one in wanted for word in self.said.get(one, ())})

    def like(self, word):
        """Words of names and synonyms that may be meant by the folded `word`; no item need have them."""
        others = (other for other in one_slip_at_the_beginning(word) if other in self.words)
        return [(other, 0) for other in (*self.by_beginning[word[:SAME_BEGINNING]], *others)]

    def knows(self, word):
        """Whether a name or synonym has this folded word."""
        return word in self.words


def is_english(name):
    return name.language == "en" and not name.is_symbol and "," not in name.text


def believed(by_language, languages):
    """What several languages mean by the same: those that the question may be in are believed."""
    told = [by_language[language] for language in by_language if language in languages]
    found = Meaning()
    for meaning in told or by_language.values():
        found.add(meaning)
    return found


def is_typed_small(name):
    """Whether the code of a country is one in small letters too: "uk" is, "se" and "no" are words."""
    return name.facet == "region" and len(name.text) == COUNTRY_CODE and fold(name.text) not in ANY_LANGUAGE


def spellings(text):
    """The words of a name as they are typed, with the article that begins it and without."""
    line = as_line(text)
    typed = tuple(WORD.findall(line))
    if not APOSTROPHE.search(line):
        bare = tuple(words_in(line))
        return [typed] if typed == bare else [typed, bare]
    # Without an article small letters are no other spelling.
    bare = tuple(words_in(line))
    found = {typed, bare, tuple(words_in(line.lower()))}
    return [words for words in found if words == bare or len(words) != len(bare)]


def stems(words, language):
    return tuple(term(word, language) for word in words)


def is_bent(name, word):
    """Whether `word` is `name` with another ending, as far as letters tell."""
    if name == word:
        return True
    shorter, longer = sorted((len(name), len(word)))
    if shorter < SHORTEST_TO_BEND:
        return False
    same = next((i for i in range(shorter) if name[i] != word[i]), shorter)
    return same >= max(longer - LONGEST_ENDING, FILED_UNDER)


class Remembered:
    """The lexicon of this process and the version it is of."""

    lock = threading.Lock()
    version = lexicon = None


def current():
    """The lexicon as it is now. One query while nothing changed, none while no content did."""
    version = kept.remembered("version of the lexicon", LexiconVersion.current)
    with Remembered.lock:
        if Remembered.lexicon is None or Remembered.version != version:
            Remembered.lexicon, Remembered.version = load(), version
        return Remembered.lexicon


def load():
    terms = SynonymTerm.objects.filter(synonyms__is_active=True).order_by("synonyms", "pk")
    return Lexicon(
        names_in_all_languages(),
        terms.values_list("synonyms_id", "language", "text", "is_symbol", "is_narrower"),
    )
