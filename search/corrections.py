"""Words that no item and no name has, read as the known ones they look like."""

from search.languages import fold
from search.lexicon import SHORTEST_PART_ALONE
from search.pieces import free_clauses, is_stop_word, languages_of, pieces_of
from search.query import CLAUSE, readable
from search.spelling import SHORTEST, distance, nearest, slips_allowed

# Who finds nothing is offered words with a slip for every so many letters.
LETTERS_FOR_A_SLIP = 3


def correction(query, lexicon, clauses, has):
    """The text with its unknown words read as the known ones they look like, or "" where there are none."""
    free = free_clauses(clauses)
    languages = languages_of(free, query.language)
    understood = {
        word
        for piece in pieces_of(free, lexicon, languages, has)
        if piece.meaning or piece.readings
        for word in piece.words
    }
    changes = {}
    for word in {word for one in free for word in one.words}:
        if not may_be_slip(word, languages) or word in understood or is_known(word, has, lexicon):
            continue
        if found := nearest(fold(word), [*has.like(fold(word)), *lexicon.like(fold(word))]):
            changes[word] = found
    changes |= respelled(free, changes, has, lexicon, languages)
    return rewritten(query.text, changes) if changes else ""


def may_be_slip(word, languages):
    return len(word) >= SHORTEST and word.isalpha() and not is_stop_word(word, languages)


def is_known(word, has, lexicon):
    if lexicon.knows(fold(word)) or has.has(word) or lexicon.meaning((word,)):
        return True
    return bool(lexicon.parts(word))


def respelled(free, changes, has, lexicon, languages):
    """Words of another language that an English question misspells: "litium tailings" means lithium."""
    words = [word for clause in free for word in clause.words]
    if len(words) < 2 or not any(word in changes or has.is_english(word) for word in words):
        return {}
    if "en" not in languages:
        return {}
    found = {}
    for word in words:
        folded = fold(word)
        if word in changes or not may_be_slip(word, languages) or has.is_written(folded):
            continue
        meaning = lexicon.meaning((word,), languages)
        same = [
            (other, 0)
            for other in lexicon.spellings(meaning, "en")
            if has.is_written(other) and other[0] == folded[0]
        ]
        if meaning and (other := nearest(folded, same, slips_allowed(folded))):
            found[word] = other
    return found


def rewritten(text, changes):
    """The text with those words changed, phrases and excluded words as they are."""

    def change(match):
        if match["minus"] or match["phrase"] is not None:
            return match[0]
        typed = match[0]
        for word, other in changes.items():
            typed = typed.replace(word, other)
        return typed

    return CLAUSE.sub(change, readable(text)).strip()


def near(word, lexicon, has, most):
    """Known words that somebody may look for who finds nothing by `word`, the most like it first: those that
    look like it, and what it begins or ends with."""
    folded = fold(word)
    allowed = max(len(folded) // LETTERS_FOR_A_SLIP, 1)
    ranked = {}
    for other, count in (*has.like(folded), *lexicon.like(folded)):
        if other != folded and len(other) >= SHORTEST and other.isalpha():
            slips = distance(folded, other, allowed)
            is_begun = len(other) >= SHORTEST_PART_ALONE and folded.startswith(other)
            if slips <= allowed or is_begun:
                ranked[other] = min(ranked.get(other, (len(folded),)), (slips, -count, other))
    if part := lexicon.part_alone(word):
        ranked.setdefault(part, (0, 0, part))
    return sorted(ranked, key=ranked.get)[:most]
