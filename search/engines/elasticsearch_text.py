"""What the words of a question become for Elasticsearch: parts of a query that find and score, as ranking.py
says.

Only the fields of languages in which there are texts are asked, so that a question costs no more than the
languages of the site.
"""

from functools import cache

from search import ranking
from search.engines.fields import (
    DAY_FIELD,
    FACET_FIELDS,
    NAME_FIELD,
    OTHER_NAMES_FIELD,
    PLACE_KIND,
    PLACES_FIELD,
    first_fresh_day,
    text_fields,
)
from search.languages import FIELD_LANGUAGES, fold
from search.query import neighbours

NAMES = ("names", PLACES_FIELD, OTHER_NAMES_FIELD)
PLACES = (PLACES_FIELD,)
# What places and materials are called: a synonym that nobody typed names none of them.
NAMES_OF_OTHERS = (NAME_FIELD, OTHER_NAMES_FIELD, PLACES_FIELD)


@cache
def fields_of(language, written_in, left_out=()):
    """The fields, with their weights, where words of this language stand; "" means any of `written_in`.

    The fields of names are among them, unless they are `left_out`: the names of regions are there in English.
    """
    languages = {"en", *(written_in or FIELD_LANGUAGES)}
    return [
        f"{name}^{weight}"
        for name, own, weight in text_fields()
        if (name in NAMES or (own in languages and language in ("", own))) and name not in left_out
    ]


class Asking:
    """The query for one question to an index whose texts are in these languages, or any if none is given."""

    def __init__(self, written_in=()):
        self.written_in = written_in

    def text(self, sought, needed):
        """What the clauses ask for, as the parts of a bool query."""
        free = [one for one in sought if one.is_free]
        must, should, must_not = [], [], []
        if free:
            found = [weighted(self.clause(one), one.share) for one in free]
            must.append({"bool": {"should": found, "minimum_should_match": needed}})
        for pair in neighbours(free):
            together = self.sequence(pair, slop=ranking.TOGETHER_SLOP)
            should.append(weighted(together, ranking.TOGETHER_BONUS))
        for one in sought:
            if one.is_excluded:
                must_not.append(self.words(one.words))
            elif one.is_phrase:
                must.append(self.words(one.words))
        if must:
            verified = {"term": {FACET_FIELDS["evidence"]: "verified"}}
            fresh = {"range": {DAY_FIELD: {"gte": first_fresh_day()}}}
            should.append(constant(verified, ranking.VERIFIED_BONUS))
            should.append(constant(fresh, ranking.FRESH_BONUS))
        return {"must": must, "should": should, "must_not": must_not}

    def clause(self, one):
        """The clause in its own words, in other words, or as a tag: the best of these counts."""
        queries = [] if one.is_code else [self.own(one)]
        for language, words in one.alternatives:
            said = self.sequence(words, language=language, left_out=() if one.is_place else NAMES_OF_OTHERS)
            queries.append(weighted(said, ranking.share_of_alternative(one.words, words)))
        for facet, value, rarity in one.tags:
            if facet in FACET_FIELDS:
                tagged = {"term": {FACET_FIELDS[facet]: value}}
                queries.append(constant(tagged, ranking.TAG_WEIGHT * rarity))
        return best_of(queries)

    def own(self, one):
        """The words of the clause themselves; where they mean no place, not in what is one or lies there."""
        if one.is_apart:
            found = self.apart(one.parts)
        else:
            found = self.words(
                one.words, with_prefix=one.may_begin, left_out=() if one.may_be_place else PLACES
            )
        return found if one.may_be_place else no_place(found)

    def words(self, words, with_prefix=False, left_out=()):
        if len(words) == 1:
            return self.word(words[0], with_prefix, left_out)
        return self.sequence(words, left_out=left_out)

    def apart(self, parts):
        """Enough of the words anywhere, each as itself or in other words."""
        found = [self.clause(one) for one in parts]
        return {"bool": {"should": found, "minimum_should_match": ranking.words_needed(len(found))}}

    def word(self, word, with_prefix=False, left_out=()):
        """The word in any field of any language, its best field counting most."""
        anywhere = self.in_fields(word, left_out=left_out)
        beginning = fold(word)
        if not with_prefix or len(beginning) < ranking.SHORTEST_PREFIX:
            return anywhere
        found = [anywhere]
        shown = {"term": {"prefixes": beginning[: ranking.LONGEST_PREFIX]}}
        found.append(constant(shown, ranking.PREFIX_SCORE))
        if len(beginning) >= ranking.SHORTEST_IN_COMPOUND:
            found.append(constant({"prefix": {"words": beginning}}, ranking.COMPOUND_SCORE))
        return best_of(found)

    def in_fields(self, word, language="", left_out=()):
        return {
            "multi_match": {
                "query": word,
                "type": "best_fields",
                "operator": "and",
                "fields": fields_of(language, self.written_in, left_out),
                "tie_breaker": ranking.OTHER_FIELDS_SHARE,
            }
        }

    def sequence(self, words, slop=0, language="", left_out=()):
        """The words side by side in one field, or at most `slop` places apart from that."""
        if len(words) == 1:
            return self.in_fields(words[0], language, left_out)
        return {
            "multi_match": {
                "query": " ".join(words),
                "type": "phrase",
                "slop": slop,
                "fields": fields_of(language, self.written_in, left_out),
                "tie_breaker": ranking.OTHER_FIELDS_SHARE,
            }
        }


def no_place(query):
    """The same, but not in what is a place."""
    return {"bool": {"must": [query], "must_not": [{"term": {"kind": PLACE_KIND}}]}}


def best_of(queries):
    if len(queries) == 1:
        return queries[0]
    return {"dis_max": {"queries": queries, "tie_breaker": ranking.OTHER_FIELDS_SHARE}}


def weighted(query, weight):
    return query if weight == 1 else {"bool": {"must": [query], "boost": weight}}


def constant(query, score):
    """Whatever `query` finds, with one score."""
    return {"constant_score": {"filter": query, "boost": score}}
