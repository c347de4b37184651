"""The beginnings of the words of a title, by which a word that is not yet typed to its end finds it."""

from search.languages import fold
from search.query import WORD
from search.ranking import LONGEST_PREFIX, SHORTEST_PREFIX


def title_prefixes(texts):
    """Every beginning of every word of the item's titles, folded."""
    words = {word for parts in texts.values() for word in WORD.findall(fold(parts.get("title", "")))}
    return sorted(
        {
            word[:length]
            for word in words
            for length in range(SHORTEST_PREFIX, min(len(word), LONGEST_PREFIX) + 1)
        }
    )
