"""Slips of the pen: which known word somebody meant who typed a word that nothing and nobody knows."""

SHORTEST = 4
# Words from this length on may have two slips.
LONG = 8
# Most slips happen further on: words that begin alike are compared, others only tried with one slip.
SAME_BEGINNING = 2
LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъьюя"


def slips_allowed(word):
    return 2 if len(word) >= LONG else 1


def nearest(word, counted, most=None):
    """The word of `counted`, pairs of (word, how many items have it), that looks most like `word`, or "".

    The fewest slips win, then a word with the same first letter, then the word that more items have.
    """
    most = slips_allowed(word) if most is None else most
    best, found, letters = None, "", set(word)
    for other, count in counted:
        if other == word or abs(len(other) - len(word)) > most or not other.isalpha() or len(other) < 3:
            continue
        if len(letters.symmetric_difference(other)) > 2 * most:
            continue
        slips = distance(word, other, most)
        if slips <= most:
            rank = slips, other[0] != word[0], -count, other
            if best is None or rank < best:
                best, found = rank, other
    return found


def distance(one, other, most):
    """How many letters were left out, added, changed or swapped; anything above `most` when it is more."""
    before, row = None, list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, second in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != second))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def one_slip_at_the_beginning(word):
    """Every folded word that is `word` but for one slip of the pen in its first letters."""
    letters = next((a for a in (GREEK, CYRILLIC) if word[:1] in a), LATIN)
    for place in range(SAME_BEGINNING):
        before, after = word[:place], word[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in letters:
            yield before + letter + after
            yield before + letter + after[1:]
