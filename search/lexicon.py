"""The words that search understands beyond what texts say: names in all languages, and synonyms.

Each process remembers them. One small query per search tells whether they still hold, so what an editor
changes works on the next search, in every process, without touching an index.
"""

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from language.typed import as_line
from regions.queries import names_in_all_languages
from search.engines.terms import term
from search.languages import OTHER, STEMMERS, field_language, fold
from search.models import LexiconVersion, SynonymTerm
from search.query import WORD
from search.spelling import SAME_BEGINNING, one_slip_at_the_beginning

MAX_WORDS_IN_NAME = 8
# Names without a stemmer of their own are filed under their first letters.
FILED_UNDER = 4
# So many letters at the end of a word may be an ending: "odpady", "odpadów"; "горно", "горните".
LONGEST_ENDING = 3
SHORTEST_TO_BEND = 5
# "kali" in "Kalihalden": shorter parts are found in any word.
SHORTEST_PART = 4
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
            self.add(name.language, name.text, name.is_symbol, Meaning(tags={tag}))
            # Other words for a material are often something made of it; for the rest they say the same.
            if is_english(name) and not (name.facet == "material" and self.english[tag]):
                self.english[tag].append(("en", words_of(name.text)))
        for key, language, text, is_symbol in terms:
            if self.add(language, text, is_symbol, Meaning(sets={key})):
                self.members[key].append((language, words_of(text)))
        self.tags_of_sets = {key: self.shared_tags(members) for key, members in self.members.items()}

    def add(self, language, text, is_symbol, meaning):
        words = words_of(text)
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

    def bent_meaning(self, words, folded, languages):
        by_language = {}
        for language in STEMMERS:
            stemmed = stems(words, language)
            is_telling = max(map(len, stemmed)) >= SHORTEST_STEM
            if is_telling and (meaning := self.stems.get((language, stemmed))):
                by_language[language] = meaning
        for name, meaning in self.bent.get((len(folded), folded[0][:FILED_UNDER]), ()):
            if all(map(is_bent, name, folded)):
                by_language.setdefault(OTHER, Meaning()).add(meaning)
        believed = [by_language[language] for language in by_language if language in languages]
        found = Meaning()
        for meaning in believed or by_language.values():
            found.add(meaning)
        return found

    def parts(self, word, languages=()):
        """The known words a compound is made of, folded: "gruv" and "fordon" in "gruvfordon"; else ()."""
        folded = fold(word)
        for end in range(len(folded) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            first, rest = folded[:end], folded[end:]
            if self.meaning((first,), languages):
                if self.meaning((rest,), languages):
                    return first, rest
                if others := self.parts(rest, languages):
                    return first, *others
        return ()

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


def words_of(text):
    return tuple(WORD.findall(as_line(text)))


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
    """The lexicon as it is now. One query while nothing changed."""
    version = LexiconVersion.current()
    with Remembered.lock:
        if Remembered.lexicon is None or Remembered.version != version:
            Remembered.lexicon, Remembered.version = load(), version
        return Remembered.lexicon


def load():
    terms = SynonymTerm.objects.filter(synonyms__is_active=True).order_by("synonyms", "pk")
    return Lexicon(
        names_in_all_languages(), terms.values_list("synonyms_id", "language", "text", "is_symbol")
    )
