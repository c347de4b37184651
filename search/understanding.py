"""What a question means: names in any language, synonyms, symbols, words that only ask, slips of the pen.

    understand(Query("Rotschlamm in SE33"), lexicon.current()).understood

Names and synonyms are seen where their words follow each other, the longest first. They never replace what
was typed: they are further ways to find the same. Only a word that no item and no name has is read as
another one, and `corrected` says so.
"""

from collections import Counter
from dataclasses import dataclass, replace

from search.engines.answer import EngineFailed
from search.engines.embedded_words import Words
from search.languages import fold
from search.lexicon import Meaning
from search.query import CLAUSE, Sought, Understood, clauses_in, readable
from search.ranking import OTHER_NAME_SHARE, OWN_WORD_SHARE, SHORTEST_IN_COMPOUND, words_needed
from search.spelling import SHORTEST, nearest, slips_allowed
from search.stop_words import ANY_LANGUAGE, STOP_WORDS

# A word of this many letters at most is a symbol only when written as one.
LONGEST_AMBIGUOUS = 2
# So many words and names more are looked for when hardly anything was found.
MOST_MORE = 30
# After a first word like "In", so many more words make a sentence.
SENTENCE = 3


@dataclass
class Piece:
    """Typed words that belong together, and what they mean."""

    words: tuple
    meaning: Meaning
    is_apart: bool = False
    is_typed_together: bool = False


def understand(query, lexicon):
    """The query with what its text means. Never fails, whatever was typed."""
    clauses = clauses_in(query.text)
    if not clauses:
        return query
    has = index_words()
    corrected = correction(query, lexicon, clauses, has) if has and not query.is_exact else ""
    if corrected:
        clauses = clauses_in(corrected)
    free = [one.words for one in clauses if not one.is_phrase and not one.is_excluded]
    languages = languages_of(free, query.language)
    typed = pieces_of(free, lexicon, languages)
    pieces = telling(typed, languages)
    pieces = [part for piece in pieces for part in taken_apart(piece, lexicon, has, languages)]
    # In a sentence every word is whole; a few words may be cut off where one stopped typing.
    is_sentence = len(pieces) < len(typed) or len(pieces) > SENTENCE
    pieces, unknown = known(pieces, has)
    sought = [as_sought(piece, lexicon, has, languages, is_sentence) for piece in pieces]
    needed = words_needed(len(pieces))
    begun = (begin(words, has) for words in unknown)
    sought += [one for one in begun if one]
    sought += [Sought(*one) for one in clauses if one.is_phrase or one.is_excluded]
    left_out = tuple(" ".join(words) for words in unknown)
    understood = Understood(
        tuple(sought), needed, corrected, left_out, written_in=has.written_in() if has else ()
    )
    return replace(query, understood=understood)


def languages_of(free, preferred):
    """The languages the question may be in: those with most of its joining words, else the visitor's."""
    counts = Counter()
    for words in free:
        for word in words:
            folded = fold(word)
            counts.update(language for language, stops in STOP_WORDS.items() if folded in stops)
    if not counts:
        return {preferred, "en"}
    most = max(counts.values())
    return {language for language, count in counts.items() if count == most}


def pieces_of(free, lexicon, languages):
    """The typed words in pieces: names and synonyms as long as they go, else clause by clause."""
    pieces, start = [], 0
    while start < len(free):
        for end in range(min(len(free), start + lexicon.longest), start, -1):
            words = tuple(word for one in free[start:end] for word in one)
            meaning = Meaning()
            if len(words) <= lexicon.longest and may_be_name(words, free, start, languages):
                meaning = lexicon.meaning(words, languages)
            if meaning or end == start + 1:
                pieces.append(
                    Piece(words, meaning, is_apart=end > start + 1, is_typed_together=len(words) > 1)
                )
                start = end
                break
    return pieces


def may_be_name(words, free, start, languages):
    """Whether the words may name something: a joining word does only when it is written as a symbol."""
    if len(words) > 1:
        return True
    word = words[0]
    if not is_stop_word(word, languages):
        return True
    is_first = start == 0 and len(free) > SENTENCE
    return len(word) <= LONGEST_AMBIGUOUS and word[0].isupper() and not is_first


def is_stop_word(word, languages):
    folded = fold(word)
    return any(folded in STOP_WORDS.get(language, ()) for language in {*languages, "en"})


def telling(pieces, languages):
    """The pieces without words that only ask or join, unless nothing else is there."""
    kept = [
        piece
        for piece in pieces
        if piece.meaning or not all(is_stop_word(word, languages) for word in piece.words)
    ]
    return kept or pieces


def taken_apart(piece, lexicon, has, languages):
    """A compound that nobody knows as the known words it is made of, as German, Swedish and Finnish make
    them: "Kalihalden" asks for potash and for spoil heaps."""
    parts = ()
    if has and not piece.meaning and len(piece.words) == 1 and not has.has(piece.words[0]):
        parts = lexicon.parts(piece.words[0], languages)
    return [Piece((part,), lexicon.meaning((part,), languages)) for part in parts] or [piece]


def as_sought(piece, lexicon, has, languages, is_sentence):
    words = piece.words
    if piece.is_apart:
        words = tuple(word for word in words if fold(word) not in ANY_LANGUAGE) or words
    parts = ()
    if piece.is_apart:
        single = (Piece((word,), lexicon.meaning((word,), languages)) for word in words)
        parts = tuple(as_sought(part, lexicon, has, languages, True) for part in single)
    return Sought(
        words,
        is_apart=piece.is_apart,
        parts=parts,
        alternatives=lexicon.alternatives(piece.meaning, piece.words),
        tags=tuple((*tag, has.rarity_of_tag(*tag)) for tag in sorted(piece.meaning.tags)) if has else (),
        may_begin=not is_sentence or len(words[0]) >= SHORTEST_IN_COMPOUND,
    )


def looser(understood, lexicon):
    """The question ever looser, for when hardly anything answers it: any of the words will do; then single
    words of names and compounds, and other names with their words apart."""
    if understood.needed > 1:
        understood = understood._replace(needed=1)
        yield understood
    # What is tagged with a name is all there is to be found of it.
    free = [one for one in understood.sought if one.is_free and not one.tags]
    further = [word for one in free for word in own_words(one, lexicon)]
    further += [name for one in free for name in other_names(one, understood)]
    seen = {one.words for one in understood.sought}
    more = []
    for one in further:
        if one.words not in seen:
            seen.add(one.words)
            more.append(one)
    if more:
        yield understood._replace(sought=(*understood.sought, *more[:MOST_MORE]))


def own_words(one, lexicon):
    """The words of a name, or those that a compound is made of, one by one."""
    parts = one.parts
    if len(one.words) == 1:
        meanings = ((word, lexicon.meaning((word,))) for word in lexicon.parts(one.words[0]))
        parts = [Sought((word,), alternatives=lexicon.alternatives(said, (word,))) for word, said in meanings]
    return [part._replace(share=OWN_WORD_SHARE) for part in parts]


def other_names(one, understood):
    """Its other names of several words in the languages of the texts; the words need not stand together."""
    for language, words in one.alternatives:
        is_read = not language or language in (understood.written_in or ("en",))
        words = tuple(word for word in words if fold(word) not in ANY_LANGUAGE)
        if is_read and len(words) > 1:
            parts = tuple(Sought((word,)) for word in words)
            yield Sought(words, is_apart=True, parts=parts, share=OTHER_NAME_SHARE)


def begin(words, has):
    """An unknown word by its beginning, which many languages share."""
    beginning = has.beginning(words[0]) if len(words) == 1 else ""
    return Sought((beginning,)) if beginning else None


# Words nobody knows


def known(pieces, has):
    """The pieces that something may have, and the words of the others; all of them when none is known."""
    if has is None:
        return pieces, []
    unknown = [
        piece for piece in pieces if not piece.meaning and not any(has.has(word) for word in piece.words)
    ]
    kept = [piece for piece in pieces if piece not in unknown]
    words = [piece.words for piece in unknown]
    return (kept, words) if kept or any(begin(one, has) for one in words) else (pieces, [])


def index_words():
    try:
        return Words()
    except EngineFailed:
        return None


def correction(query, lexicon, clauses, has):
    """The text with its unknown words read as the known ones they look like, or "" where there are none."""
    free = [one.words for one in clauses if not one.is_phrase and not one.is_excluded]
    languages = languages_of(free, query.language)
    understood = {
        word for piece in pieces_of(free, lexicon, languages) if piece.meaning for word in piece.words
    }
    changes = {}
    for word in {word for words in free for word in words}:
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
    words = [word for clause in free for word in clause]
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
