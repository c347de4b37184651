"""What the words of a question become for Elasticsearch: parts of a query that find and score, as ranking.py
says."""

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


def names_of_fields(language=""):
    """The fields where words of this language stand, with their weights; "" means any."""
    return [
        f"{name}^{weight}"
        for name, own, weight in text_fields()
        if not language or own == language or name in ("names", OTHER_NAMES_FIELD)
    ]


FIELDS_OF = {language: names_of_fields(language) for language in ("", *FIELD_LANGUAGES)}


def text_query(sought, needed):
    """What the clauses ask for, as the parts of a bool query."""
    free = [one for one in sought if one.is_free]
    must, should, must_not = [], [], []
    if free:
        found = [clause_query(one) for one in free]
        must.append({"bool": {"should": found, "minimum_should_match": needed}})
    for pair in neighbours(free):
        together = sequence_query(pair, slop=ranking.TOGETHER_SLOP)
        should.append(weighted(together, ranking.TOGETHER_BONUS))
    for one in sought:
        if one.is_excluded:
            must_not.append(words_query(one.words))
        elif one.is_phrase:
            must.append(words_query(one.words))
    if must:
        verified = {"term": {FACET_FIELDS["evidence"]: "verified"}}
        fresh = {"range": {DAY_FIELD: {"gte": first_fresh_day()}}}
        should.append(constant(verified, ranking.VERIFIED_BONUS))
        should.append(constant(fresh, ranking.FRESH_BONUS))
    return {"must": must, "should": should, "must_not": must_not}


def clause_query(one):
    """The clause in its own words, in other words, or as a tag: the best of these counts."""
    own = apart_query(one.parts) if one.is_apart else words_query(one.words, with_prefix=one.may_begin)
    queries = [own]
    for language, words in one.alternatives:
        said = sequence_query(words, language=language)
        queries.append(weighted(said, ranking.ALTERNATIVE_SHARE))
    for facet, value, rarity in one.tags:
        if facet in FACET_FIELDS:
            tagged = {"term": {FACET_FIELDS[facet]: value}}
            queries.append(constant(tagged, ranking.TAG_WEIGHT * rarity))
    return queries[0] if len(queries) == 1 else best_of(queries)


def words_query(words, with_prefix=False):
    return word_query(words[0], with_prefix) if len(words) == 1 else sequence_query(words)


def apart_query(parts):
    """Enough of the words anywhere, each as itself or in other words."""
    found = [clause_query(one) for one in parts]
    return {"bool": {"should": found, "minimum_should_match": ranking.words_needed(len(found))}}


def word_query(word, with_prefix=False):
    """The word in any field of any language, its best field counting most."""
    anywhere = in_fields(word)
    beginning = fold(word)
    if not with_prefix or len(beginning) < ranking.SHORTEST_PREFIX:
        return anywhere
    found = [anywhere]
    shown = {"term": {"prefixes": beginning[: ranking.LONGEST_PREFIX]}}
    found.append(constant(shown, ranking.PREFIX_SCORE))
    if len(beginning) >= ranking.SHORTEST_IN_COMPOUND:
        found.append(constant({"prefix": {"words": beginning}}, ranking.COMPOUND_SCORE))
    return best_of(found)


def in_fields(word, language=""):
    return {
        "multi_match": {
            "query": word,
            "type": "best_fields",
            "operator": "and",
            "fields": FIELDS_OF[language],
            "tie_breaker": ranking.OTHER_FIELDS_SHARE,
        }
    }


def sequence_query(words, slop=0, language=""):
    """The words side by side in one field, or at most `slop` places apart from that."""
    if len(words) == 1:
        return in_fields(words[0], language)
    return {
        "multi_match": {
            "query": " ".join(words),
            "type": "phrase",
            "slop": slop,
            "fields": FIELDS_OF[language],
            "tie_breaker": ranking.OTHER_FIELDS_SHARE,
        }
    }


def best_of(queries):
    return {"dis_max": {"queries": queries, "tie_breaker": ranking.OTHER_FIELDS_SHARE}}


def weighted(query, weight):
    return {"bool": {"must": [query], "boost": weight}}


def constant(query, score):
    """Whatever `query` finds, with one score."""
    return {"constant_score": {"filter": query, "boost": score}}
