"""The beginnings by which a word that is not yet typed to its end, or not to its last letters, is found.

Of titles every beginning counts, of places only longer ones: "Norrbotten" means what lies in Norrbottens län.
"""

from search.languages import fold
from search.ranking import LONGEST_PREFIX, SHORTEST_PLACE_PREFIX, SHORTEST_PREFIX
from search.words import words_in


def beginnings(texts):
    """Every beginning of the words of an item's titles and places, folded."""
    titles = (parts.get("title", "") for parts in texts.values())
    places = [texts.get("", {}).get("places", "")]
    return sorted({*cut(titles, SHORTEST_PREFIX), *cut(places, SHORTEST_PLACE_PREFIX)})


def cut(lines, shortest):
    for word in {fold(word) for line in lines for word in words_in(line)}:
        for length in range(shortest, min(len(word), LONGEST_PREFIX) + 1):
            yield word[:length]
