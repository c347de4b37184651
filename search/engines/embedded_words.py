"""Which words the embedded index has, and which of them look like another one.

The embedded index is always kept up to date, so it answers this for the other engine too, without a round
trip.
"""

from search.engines.embedded_index import current_searcher
from search.engines.embedded_text import ALL_FIELDS, folded, term

# Looked at for one unknown word, the most frequent first.
MOST_LOOKED_AT = 3_000
SAME_BEGINNING = 2
SHORTEST_BEGINNING = 3
LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъьюя"


class Words:
    """The words of the index as it is now."""

    def __init__(self):
        self.searcher = current_searcher()

    def has(self, word):
        """Whether any item has the word, in any form, or a longer one that begins so."""
        plain = folded(word)
        if self.searcher.doc_freq("words", plain) or self.searcher.doc_freq("prefixes", plain):
            return True
        if any(self.searcher.doc_freq(name, term(word, language)) for name, language, _ in ALL_FIELDS):
            return True
        longer = len(plain) >= SHORTEST_BEGINNING and self.searcher.terms_with_prefix("words", plain, limit=1)
        return bool(longer)

    def is_written(self, word):
        """Whether a text has the word exactly so, but for accents and case."""
        return bool(self.searcher.doc_freq("words", folded(word)))

    def is_english(self, word):
        fields = ("title_en", "summary_en", "body_en")
        return any(self.searcher.doc_freq(name, term(word, "en")) for name in fields)

    def like(self, word):
        """Words of the index that may be meant by `word`, with how many items have them."""
        near = self.searcher.terms_with_prefix("words", word[:SAME_BEGINNING], limit=MOST_LOOKED_AT)
        yield from near
        for other in other_beginnings(word):
            if count := self.searcher.doc_freq("words", other):
                yield other, count


def other_beginnings(word):
    """The word with one slip of the pen in its first letters."""
    letters = next((a for a in (GREEK, CYRILLIC) if word[0] in a), LATIN)
    for place in range(SAME_BEGINNING):
        before, after = word[:place], word[place:]
        yield before + after[1:]
        yield before + after[1] + after[0] + after[2:]
        for letter in letters:
            yield before + letter + after
            yield before + letter + after[1:]
