"""What the words of a question become for tantivy: one query that finds and scores, as ranking.py says.

Only fields that have a word at all are asked for it, so that other words for the same cost little.
"""

import math
import re

from tantivy import FieldType, Occur
from tantivy import Query as Ask

from search import ranking
from search.engines.embedded_index import FIELDS
from search.engines.fields import (
    DAY_FIELD,
    FACET_FIELDS,
    NAME_FIELD,
    NAMED_KINDS,
    OTHER_NAMES_FIELD,
    PLACE_KIND,
    PLACES_FIELD,
    first_fresh_day,
    text_fields,
)
from search.engines.terms import term
from search.languages import OTHER, fold
from search.query import neighbours

ALL_FIELDS = tuple(text_fields())
NAMES = (NAME_FIELD, OTHER_NAMES_FIELD)
# Of BM25, as both engines have it.
K1, B = 1.2, 0.75
WITHOUT_PLACES = tuple(field for field in ALL_FIELDS if field[0] != PLACES_FIELD)


def fields_of(language):
    """The fields where words of this language stand; "" means any."""
    return tuple(field for field in ALL_FIELDS if language in ("", field[1]) or field[0] in ("names", *NAMES))


FIELDS_OF = {language: fields_of(language) for language in ("", *{field[1] for field in ALL_FIELDS})}
# What places and materials are called is left out: a synonym that nobody typed names none of them.
TEXTS_OF = {
    language: tuple(field for field in fields if field[0] not in (*NAMES, PLACES_FIELD))
    for language, fields in FIELDS_OF.items()
}


class Asking:
    """The query for one question to one state of the index."""

    def __init__(self, searcher):
        self.searcher = searcher
        self.held = {}
        self.all = searcher.num_docs
        self.pages = self.all - sum(self.count("kind", kind) for kind in NAMED_KINDS)

    def text(self, sought, needed):
        """What the clauses ask for, or None when they ask for nothing."""
        free = [one for one in sought if one.is_free]
        parts = []
        if free:
            found = [(Occur.Should, weighted(self.clause(one), one.share)) for one in free]
            parts.append((Occur.Must, Ask.boolean_query(found, needed)))
        for pair in neighbours(free):
            if together := self.sequence(pair, slop=ranking.TOGETHER_SLOP, or_none=True):
                parts.append((Occur.Should, weighted(together, ranking.TOGETHER_BONUS)))
        for one in sought:
            if one.is_excluded:
                parts.append((Occur.MustNot, self.words(one.words)))
            elif one.is_phrase:
                parts.append((Occur.Must, self.words(one.words)))
        if not parts:
            return None
        if all(occur == Occur.MustNot for occur, _ in parts):
            parts.append((Occur.Must, Ask.const_score_query(Ask.all_query(), 0.0)))
        verified = Ask.term_query(FIELDS, FACET_FIELDS["evidence"], "verified", "basic")
        # An open side has to be called inclusive.
        fresh = Ask.range_query(FIELDS, DAY_FIELD, FieldType.Integer, first_fresh_day(), None, True, True)
        parts.append((Occur.Should, Ask.const_score_query(verified, ranking.VERIFIED_BONUS)))
        parts.append((Occur.Should, Ask.const_score_query(fresh, ranking.FRESH_BONUS)))
        return Ask.boolean_query(parts)

    def clause(self, one):
        """The clause in its own words, in other words, or as a tag: the best of these counts."""
        queries = [] if one.is_code else [self.own(one)]
        fields = FIELDS_OF if one.is_place else TEXTS_OF
        for language, words in one.alternatives:
            if said := self.sequence(words, fields=fields[language or ""], or_none=True):
                queries.append(weighted(said, ranking.share_of_alternative(one.words, words)))
        for facet, value, rarity in one.tags:
            if facet in FACET_FIELDS:
                tagged = Ask.term_query(FIELDS, FACET_FIELDS[facet], value, "basic")
                queries.append(Ask.const_score_query(tagged, ranking.TAG_WEIGHT * rarity))
        return best_of(queries)

    def own(self, one):
        """The words of the clause themselves; where they mean no place, not in what is one or lies there."""
        if one.is_apart:
            found = self.apart(one.parts)
        else:
            fields = ALL_FIELDS if one.may_be_place else WITHOUT_PLACES
            found = self.words(one.words, with_prefix=one.may_begin, fields=fields)
        return found if one.may_be_place else no_place(found)

    def words(self, words, with_prefix=False, fields=ALL_FIELDS):
        return (
            self.word(words[0], with_prefix, fields) if len(words) == 1 else self.sequence(words, 0, fields)
        )

    def apart(self, parts):
        """Enough of the words anywhere, each as itself or in other words."""
        found = [(Occur.Should, self.clause(one)) for one in parts]
        return Ask.boolean_query(found, ranking.words_needed(len(found)))

    def word(self, word, with_prefix=False, fields=ALL_FIELDS):
        """The word in any field of any language, its best field counting most."""
        queries = self.in_fields(word, fields)
        if with_prefix:
            queries += beginnings(word)
        return best_of(queries)

    def in_fields(self, word, fields):
        found = []
        for name, language, weight in fields:
            stem = term(word, language)
            if stem and (count := self.count(name, stem)):
                found.append((name, stem, weight, count))
        # How rare a word is, is counted by the field that has it most: one stray word in a language that few
        # write is no rarity. And it is counted among the items that have texts.
        most = max((count for name, *_, count in found if name not in NAMES), default=0)
        queries = []
        for name, stem, weight, count in found:
            asked = Ask.term_query(FIELDS, name, stem)
            weight *= self.lost_by_length(name)
            if name not in NAMES:
                weight *= rarity(most, self.pages) / rarity(count, self.all)
            queries.append(weighted(asked, weight))
        return queries

    def sequence(self, words, slop=0, fields=ALL_FIELDS, or_none=False):
        """The words side by side in one field, or at most `slop` places apart from that."""
        if len(words) == 1:
            queries = self.in_fields(words[0], fields)
        else:
            queries = []
            for name, language, weight in fields:
                terms = [term(word, language) for word in words]
                if all(terms) and all(self.count(name, one) for one in terms):
                    weight *= self.lost_by_length(name)
                    queries.append(weighted(Ask.phrase_query(FIELDS, name, terms, slop), weight))
        return None if or_none and not queries else best_of(queries)

    def lost_by_length(self, name):
        """How many times less a word of the field counts than it should. tantivy's mean length counts the
        items without the field too, so where few have it every text seems long."""
        have = self.all - self.pages if name in NAMES else self.pages
        return (1 + K1 * (1 - B + B * self.all / max(have, 1))) / (1 + K1)

    def count(self, field, value):
        """How many items have the term in the field."""
        key = field, value
        if key not in self.held:
            self.held[key] = self.searcher.doc_freq(field, value)
        return self.held[key]


def rarity(count, among):
    """BM25's measure of how rare something is that `count` of so many items have."""
    count = min(count, among)
    return math.log(1 + (among - count + 0.5) / (count + 0.5))


def beginnings(word):
    """The word as the beginning of a longer one: in titles and places, then in any text."""
    beginning = fold(word)
    if len(beginning) >= ranking.SHORTEST_PREFIX:
        found = Ask.term_query(FIELDS, "prefixes", beginning[: ranking.LONGEST_PREFIX], "basic")
        yield Ask.const_score_query(found, ranking.PREFIX_SCORE)
    if len(beginning) >= ranking.SHORTEST_IN_COMPOUND and beginning.isalnum():
        found = Ask.regex_query(FIELDS, "words", re.escape(beginning) + ".*")
        yield Ask.const_score_query(found, ranking.COMPOUND_SCORE)


def no_place(query):
    """The same, but not in what is a place."""
    is_place = Ask.term_query(FIELDS, "kind", PLACE_KIND, "basic")
    return Ask.boolean_query([(Occur.Must, query), (Occur.MustNot, is_place)])


def best_of(queries):
    if len(queries) == 1:
        return queries[0]
    return Ask.disjunction_max_query(queries, ranking.OTHER_FIELDS_SHARE) if queries else Ask.empty_query()


def weighted(query, weight):
    return query if weight == 1 else Ask.boost_query(query, weight)


def folded(word):
    """The word as it stands in the field of words as they are written."""
    return term(word, OTHER)
