"""Which words the embedded index has, and which of them look like another one.

The embedded index is always kept up to date, so it answers this for the other engine too, without a round
trip.
"""

from tantivy import Occur
from tantivy import Query as Ask

from search.engines.embedded_index import FIELDS, current_searcher
from search.engines.embedded_text import ALL_FIELDS, Asking, folded, rarity
from search.engines.fields import FACET_FIELDS, NAMED_KINDS, WRITTEN_IN_FIELD
from search.engines.terms import term
from search.languages import FIELD_LANGUAGES
from search.spelling import SAME_BEGINNING, one_slip_at_the_beginning

# Looked at for one unknown word, the most frequent first.
MOST_LOOKED_AT = 3_000
SHORTEST_BEGINNING = 3
# "biodiversidad" begins like "biodiversity".
LONGEST_ENDING, SHORTEST_COGNATE = 4, 5


class Words:
    """The words of the index as it is now."""

    def __init__(self):
        self.searcher = current_searcher()

    def written_in(self):
        """The languages in which there are texts, as their fields are called."""
        return tuple(one for one in FIELD_LANGUAGES if self.searcher.doc_freq(WRITTEN_IN_FIELD, one))

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

    def rarity_of_tag(self, facet, value):
        """How rare the value of the facet is among the items that have texts."""
        if facet not in FACET_FIELDS:
            return 0.0
        tagged = Ask.term_query(FIELDS, FACET_FIELDS[facet], value, "basic")
        named = [(Occur.MustNot, Ask.term_query(FIELDS, "kind", kind, "basic")) for kind in NAMED_KINDS]
        found = self.searcher.search(Ask.boolean_query([(Occur.Must, tagged), *named]), limit=1)
        return rarity(found.count, Asking(self.searcher).pages)

    def beginning(self, word):
        """The beginning of an unknown word with which words of the index begin, or ""."""
        plain = folded(word)
        begun = plain[: max(len(plain) - LONGEST_ENDING, SHORTEST_COGNATE)]
        known = len(plain) > SHORTEST_COGNATE + 1 and self.searcher.terms_with_prefix("words", begun, limit=1)
        return begun if known else ""

    def like(self, word):
        """Words of the index that may be meant by `word`, with how many items have them."""
        near = self.searcher.terms_with_prefix("words", word[:SAME_BEGINNING], limit=MOST_LOOKED_AT)
        yield from near
        for other in one_slip_at_the_beginning(word):
            if count := self.searcher.doc_freq("words", other):
                yield other, count
