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
    OTHER_NAMES_FIELD,
    first_fresh_day,
    text_fields,
)
from search.languages import FIELD_LANGUAGES, fold
from search.query import neighbours

NAMES = ("names", OTHER_NAMES_FIELD)


@cache
def fields_of(language, written_in):
    """The fields, with their weights, where words of this language stand; "" means any of `written_in`.

    The fields of names are always among them: the names of regions are there in English.
    """
    languages = {"en", *(written_in or FIELD_LANGUAGES)}
    return [
        f"{name}^{weight}"
        for name, own, weight in text_fields()
        if name in NAMES or (own in languages and language in ("", own))
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
        own = self.apart(one.parts) if one.is_apart else self.words(one.words, with_prefix=one.may_begin)
        queries = [own]
        for language, words in one.alternatives:
            said = self.sequence(words, language=language)
            queries.append(weighted(said, ranking.share_of_alternative(one.words, words)))
        for facet, value, rarity in one.tags:
            if facet in FACET_FIELDS:
                tagged = {"term": {FACET_FIELDS[facet]: value}}
                queries.append(constant(tagged, ranking.TAG_WEIGHT * rarity))
        return queries[0] if len(queries) == 1 else best_of(queries)

    def words(self, words, with_prefix=False):
        return self.word(words[0], with_prefix) if len(words) == 1 else self.sequence(words)

    def apart(self, parts):
        """Enough of the words anywhere, each as itself or in other words."""
        found = [self.clause(one) for one in parts]
        return {"bool": {"should": found, "minimum_should_match": ranking.words_needed(len(found))}}

    def word(self, word, with_prefix=False):
        """The word in any field of any language, its best field counting most."""
        anywhere = self.in_fields(word)
        beginning = fold(word)
        if not with_prefix or len(beginning) < ranking.SHORTEST_PREFIX:
            return anywhere
        found = [anywhere]
        shown = {"term": {"prefixes": beginning[: ranking.LONGEST_PREFIX]}}
        found.append(constant(shown, ranking.PREFIX_SCORE))
        if len(beginning) >= ranking.SHORTEST_IN_COMPOUND:
            found.append(constant({"prefix": {"words": beginning}}, ranking.COMPOUND_SCORE))
        return best_of(found)

    def in_fields(self, word, language=""):
        return {
            "multi_match": {
                "query": word,
                "type": "best_fields",
                "operator": "and",
                "fields": fields_of(language, self.written_in),
                "tie_breaker": ranking.OTHER_FIELDS_SHARE,
            }
        }

    def sequence(self, words, slop=0, language=""):
        """The words side by side in one field, or at most `slop` places apart from that."""
        if len(words) == 1:
            return self.in_fields(words[0], language)
        return {
            "multi_match": {
                "query": " ".join(words),
                "type": "phrase",
                "slop": slop,
                "fields": fields_of(language, self.written_in),
                "tie_breaker": ranking.OTHER_FIELDS_SHARE,
            }
        }


def best_of(queries):
    return {"dis_max": {"queries": queries, "tie_breaker": ranking.OTHER_FIELDS_SHARE}}


def weighted(query, weight):
    return query if weight == 1 else {"bool": {"must": [query], "boost": weight}}


def constant(query, score):
    """Whatever `query` finds, with one score."""
    return {"constant_score": {"filter": query, "boost": score}}
