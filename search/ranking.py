"""How hits are ranked: one idea, written here, used by both engines.

A word scores where it is said best (BM25 of its best field, a little for the others): a title says more
than a summary, a summary more than the text, and the names of the regions and materials an item is linked
to say much. Rare words count more, as BM25 has it. Words that stand together as typed earn a bonus. Without
words, the newest comes first.
"""

FIELD_WEIGHTS = {"title": 6.0, "summary": 2.5, "body": 1.0}
NAMES_WEIGHT = 3.0
# A title or place has a word that begins so: the same for all, so that a whole word always beats a beginning.
PREFIX_SCORE = 2.0
SHORTEST_PREFIX, SHORTEST_PLACE_PREFIX, LONGEST_PREFIX = 2, 4, 20
# What the fields that are not the best one add.
OTHER_FIELDS_SHARE = 0.2
TOGETHER_BONUS = 1.5
TOGETHER_SLOP = 2


def words_needed(count):
    """How many of `count` words an item must have: both of two, two of three, then three in five.

    What has all of them comes first, so a word that nobody uses spoils no question.
    """
    return -(-count * 3 // 5)
