"""What both engines hold of an item: the same fields with the same values, by the same names."""

import time

from regions.choices import Stage
from search import ranking
from search.facets import BANDS, FACETS, MAIN, STAGE_WEIGHTS, TOUCHED
from search.languages import FIELD_LANGUAGES, field_language
from search.prefixes import beginnings
from search.query import BEST_MATCH, CHEAPEST, TITLE, TRANSFERRED
from search.words import spoken

TEXT_FIELDS = tuple(ranking.FIELD_WEIGHTS)
# Thousands of regions have names and no texts. Their names have fields of their own, or every word of a title
# would be rare.
NAMED_KINDS = ("region", "material")
NAME_FIELD, OTHER_NAMES_FIELD = "title_name", "other_names"
# The places an item is about: only who names a place asks for them.
PLACES_FIELD = "places"
PLACE_KIND = "region"
FACET_FIELDS = {name: f"facet_{name}" for name in FACETS}
# The stages once more, by how much an item is about them.
STAGE_FIELDS = {weight: f"facet_stage_{weight}" for weight in STAGE_WEIGHTS}
NUMBER_FIELDS = {name: f"number_{name}" for name in BANDS}
# The day it was published or begins, in days since 1970.
DAY_FIELD = "newest_day"
SECONDS_IN_A_DAY = 86_400
# Values that are compared whole.
ORDER_FIELDS = ("by_title", "by_newest", "by_transferred", "by_cost")
# The languages whose fields hold a text of the item.
WRITTEN_IN_FIELD = "written_in"
# What has all of these is about the whole value chain, and about no stage more than about another.
WHOLE_CHAIN = tuple((STAGE_FIELDS[TOUCHED], stage) for stage in Stage.values)
VALUE_FIELDS = ("kind", WRITTEN_IN_FIELD, *ORDER_FIELDS, *FACET_FIELDS.values(), *STAGE_FIELDS.values())

# More seconds than any item is new, and what stands after every number.
HIGHEST, NOT_STATED = 10**12, "~"


def text_fields():
    """(field, language, weight) of every field that words are looked for in."""
    yield "names", "other", ranking.NAMES_WEIGHT
    yield PLACES_FIELD, "other", ranking.NAMES_WEIGHT
    yield OTHER_NAMES_FIELD, "other", ranking.NAMES_WEIGHT
    yield NAME_FIELD, "en", ranking.FIELD_WEIGHTS["title"]
    for language in FIELD_LANGUAGES:
        for name, weight in ranking.FIELD_WEIGHTS.items():
            yield f"{name}_{language}", language, weight


def texts_of(row):
    """(field, text) of a row's texts, written as words are read from them: its languages in fields of their
    own."""
    for language, parts in row.texts.items():
        for name in TEXT_FIELDS:
            if text := parts.get(name):
                is_name = name == "title" and row.kind in NAMED_KINDS
                yield NAME_FIELD if is_name else f"{name}_{field_language(language)}", spoken(text)
    for name, text in row.texts.get("", {}).items():
        field = OTHER_NAMES_FIELD if row.kind in NAMED_KINDS else name
        yield field, spoken(text)


def words_of(row):
    """Every text of a row: the field "words" holds its words as they are written, but for accents and
    case."""
    for language, parts in row.texts.items():
        if language:
            yield from map(spoken, parts.values())


def values_of(row):
    """(field, value) of everything that is compared whole: for filters, counts, sorting and beginnings."""
    yield "kind", row.kind
    for language in sorted({field_language(language) for language in row.texts if language}):
        yield WRITTEN_IN_FIELD, language
    yield from places_in_orders(row)
    for prefix in beginnings(row.texts):
        yield "prefixes", prefix
    for name, field in FACET_FIELDS.items():
        for value in row.facets.get(name, ()):
            yield field, value
    for weight, field in STAGE_FIELDS.items():
        for value in row.facets.get(f"stage_{weight}", ()):
            yield field, value


def places_in_orders(row):
    """Where the item stands in each order. The key makes places unique, so that no page shows an item
    twice; its number is written so that of two published in one second the later made is the newer one."""
    prefix, _, number = row.key.rpartition(":")
    age = f"{HIGHEST - row.newest:013d}\t{row.key}"
    transfers, cost = row.numbers.get("transferred", 0), row.numbers.get("cost")
    yield "by_title", f"{row.title_key}\t{row.key}"
    yield "by_newest", f"{row.newest + 10**11:013d}\t{prefix}:{number:>20}"
    # Of two that are alike the newer one comes first.
    yield "by_transferred", f"{max(10**6 - transfers, 0):07d}\t{age}"
    yield "by_cost", f"{NOT_STATED if cost is None else f'{cost:017d}'}\t{age}"


def numbers_of(row):
    """(field, whole number) of everything that is asked for from one number up to another."""
    yield DAY_FIELD, row.newest // SECONDS_IN_A_DAY
    for name, field in NUMBER_FIELDS.items():
        if name in row.numbers:
            yield field, row.numbers[name]


def first_fresh_day():
    """From which day on an item is fresh. A whole day, so that the same question is the same all day long."""
    return int(time.time()) // SECONDS_IN_A_DAY - ranking.FRESH_DAYS


def rising_field(query):
    """The field whose values rise in this order of results, or nothing where the order is another one."""
    return {TITLE: "by_title", TRANSFERRED: "by_transferred", CHEAPEST: "by_cost"}.get(query.sort)


def is_ranked(query):
    """Whether anything is looked for that could match better or worse: leaving words out ranks nothing."""
    return any(not one.is_excluded for one in query.sought)


def puts_whole_chain_last(query):
    """Whether what is about all stages alike follows what is about the chosen ones."""
    return query.sort == BEST_MATCH and query.stage_weight != MAIN and "stage" in query.facets


def facet_fields(query):
    """{facet: the field it filters and counts by}: the stages depend on the weight asked for."""
    return FACET_FIELDS | ({"stage": STAGE_FIELDS[query.stage_weight]} if query.stage_weight else {})
