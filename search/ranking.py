"""How hits are ranked: one idea, written here, used by both engines.

1. Every clause of the question scores by itself, and the scores are added.
2. A clause scores where it is said best, with a little for the other places (OTHER_FIELDS_SHARE): in a title
   more than in a summary, in a summary more than in the text (FIELD_WEIGHTS). Rare words count more, and a
   word in a short text more than in a long one, as BM25 has it. Both engines use one scale: a word that one
   in ten items has counts 2.3 in a text of the usual length, twice that in a summary, three times in a title.
3. The same said in other words, a synonym or its name in another language, counts ALTERNATIVE_SHARE of that,
   and where they are more words no more than one of them: what was typed comes before its synonyms.
4. An item that is tagged with what was named (material, stage, focus area, region) counts TAG_WEIGHT, the
   rarer the tag the more, whether its text says so or not: somebody said that this is what it is about. One
   that is tagged and says so comes first.
5. The beginning of a word counts the same wherever it stands, less than a whole word.
6. Words typed beside each other that stand beside each other earn a bonus.
7. Fresh and verified items earn a small bonus (FRESH_BONUS, VERIFIED_BONUS), both together less than any
   word that tells items apart: one that a quarter of them have counts 1.4.
   Fresh is what was published or begins within the last FRESH_DAYS. What is still to come is fresh too: an
   event that one can still go to is worth no less than one that is over. What says no day is never fresh.
8. Where a stage is chosen, what touches every stage and has none as its main stage comes last: it is about
   that stage no more than about any other. It scores LAST_SHARE of what it would.

Without words, the newest comes first.
"""

FIELD_WEIGHTS = {"title": 3.0, "summary": 2.0, "body": 1.0}
NAMES_WEIGHT = 1.0
TAG_WEIGHT = 10
ALTERNATIVE_SHARE = 0.8
# A title or place has a word that begins so: the same for all, so that a whole word always beats a beginning.
PREFIX_SCORE = 15
SHORTEST_PREFIX, SHORTEST_PLACE_PREFIX, LONGEST_PREFIX = 2, 4, 20
# A text has a word that begins so ("Grubenwasser" for "Gruben"): only for beginnings that say something.
COMPOUND_SCORE = 12
SHORTEST_IN_COMPOUND = 5
# What the fields that are not the best one add.
OTHER_FIELDS_SHARE = 0.5
TOGETHER_BONUS = 0.6
TOGETHER_SLOP = 1
# The same for all, however many they are; in days of UTC.
FRESH_BONUS, FRESH_DAYS = 0.3, 365
VERIFIED_BONUS = 0.5
# So little that nothing else scores less.
LAST_SHARE = 0.0001
# Where fewer items than this have enough of the words, those that have any of them follow.
FEW = 5
# Where these are still few, single words of what was typed as one name follow, and its other names with their
# words apart; they count less, so that what has the whole name stays first.
OWN_WORD_SHARE, OTHER_NAME_SHARE = 0.4, 0.1


def words_needed(count):
    """How many of `count` words an item must have: both of two, two of three, then three in five.

    What has all of them comes first, so a word that nobody uses spoils no question.
    """
    return -(-count * 3 // 5)


def share_of_alternative(words, others):
    """How much of its score the same in `others`, more words or fewer, counts beside `words`. A sequence
    scores the sum of its words, so a longer one is brought back to what a word of it scores."""
    return ALTERNATIVE_SHARE * min(1, len(words) / len(others))
