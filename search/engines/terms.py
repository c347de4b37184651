"""The term under which a word stands in an index: folded, and stemmed where its language has a stemmer.

Both engines fold and stem alike, so what one module says of a word holds for either of them.
"""

from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from search.languages import FIELD_LANGUAGES, STEMMERS, fold_letters


def analyzer(language):
    """Fold and stem a text as its language has it; what has no stemmer is only folded."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    if language in STEMMERS:
        builder = builder.filter(Filter.stemmer(STEMMERS[language].lower()))
    return builder.build()


ANALYZERS = {language: analyzer(language) for language in FIELD_LANGUAGES}


@lru_cache(maxsize=200_000)
def term(word, language):
    """The term under which a single word stands in a field of the language."""
    terms = ANALYZERS[language].analyze(fold_letters(word))
    return terms[0] if terms else ""
