"""What both engines hold of an item: the same fields with the same values, by the same names."""

from search import ranking
from search.facets import BANDS, FACETS, STAGE_WEIGHTS
from search.languages import FIELD_LANGUAGES, field_language
from search.prefixes import beginnings

TEXT_FIELDS = tuple(ranking.FIELD_WEIGHTS)
FACET_FIELDS = {name: f"facet_{name}" for name in FACETS}
# The stages once more, by how much an item is about them.
STAGE_FIELDS = {weight: f"facet_stage_{weight}" for weight in STAGE_WEIGHTS}
NUMBER_FIELDS = {name: f"number_{name}" for name in BANDS}
# Values that are compared whole.
VALUE_FIELDS = ("kind", "by_title", "by_newest", *FACET_FIELDS.values(), *STAGE_FIELDS.values())


def text_fields():
    """(field, language, weight) of every field that words are looked for in."""
    yield "names", "other", ranking.NAMES_WEIGHT
    for language in FIELD_LANGUAGES:
        for name, weight in ranking.FIELD_WEIGHTS.items():
            yield f"{name}_{language}", language, weight


def texts_of(row):
    """(field, text) of a row's texts: its languages in fields of their own."""
    for language, parts in row.texts.items():
        for name in TEXT_FIELDS:
            if text := parts.get(name):
                yield f"{name}_{field_language(language)}", text
    for names in row.texts.get("", {}).values():
        yield "names", names


def words_of(row):
    """Every text of a row: the field "words" holds its words as they are written, but for accents and
    case."""
    for language, parts in row.texts.items():
        if language:
            yield from parts.values()


def values_of(row):
    """(field, value) of everything that is compared whole: for filters, counts, sorting and beginnings."""
    yield "kind", row.kind
    # The key makes places in the order unique, so that no page shows an item twice.
    yield "by_title", f"{row.title_key}\t{row.key}"
    yield "by_newest", f"{row.newest + 10**11:013d}\t{row.key}"
    for prefix in beginnings(row.texts):
        yield "prefixes", prefix
    for name, field in FACET_FIELDS.items():
        for value in row.facets.get(name, ()):
            yield field, value
    for weight, field in STAGE_FIELDS.items():
        for value in row.facets.get(f"stage_{weight}", ()):
            yield field, value


def numbers_of(row):
    """(field, whole number) of everything that is asked for from one number up to another."""
    for name, field in NUMBER_FIELDS.items():
        if name in row.numbers:
            yield field, row.numbers[name]


def facet_fields(query):
    """{facet: the field it filters and counts by}: the stages depend on the weight asked for."""
    return FACET_FIELDS | ({"stage": STAGE_FIELDS[query.stage_weight]} if query.stage_weight else {})
