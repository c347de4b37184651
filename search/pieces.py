"""The typed words in pieces that belong together: names and synonyms as long as they go, compounds by their
parts, else word by word."""

from collections import Counter
from dataclasses import dataclass, replace

from search.languages import fold
from search.lexicon import Meaning
from search.stop_words import STOP_WORDS

# A word of this many letters at most is a symbol only when written as one.
LONGEST_AMBIGUOUS = 2
# After a first word like "In", so many more words make a sentence.
SENTENCE = 3


@dataclass
class Piece:
    """Typed words that belong together, and what they mean."""

    words: tuple
    meaning: Meaning
    is_apart: bool = False
    readings: tuple = ()
    is_part: bool = False
    # Of which it is the only known part.
    compound: str = ""


def free_clauses(clauses):
    """The words that were typed without quotes and without a minus."""
    return [one for one in clauses if not one.is_phrase and not one.is_excluded]


def telling_clauses(query):
    """The words and phrases of a question that must be there, without those that only ask or join."""
    free = free_clauses(query.clauses)
    languages = languages_of(free, query.language)
    return [
        clause
        for clause in query.clauses
        if not clause.is_excluded
        and (clause.is_phrase or not all(is_stop_word(word, languages) for word in clause.words))
    ]


def languages_of(free, preferred):
    """The languages the question may be in: those with most of its joining words, else the visitor's."""
    counts = Counter()
    for one in free:
        for word in (*one.words, *one.articles):
            folded = fold(word)
            counts.update(language for language, stops in STOP_WORDS.items() if folded in stops)
    if not counts:
        return {preferred, "en"}
    most = max(counts.values())
    return {language for language, count in counts.items() if count == most}


def pieces_of(free, lexicon, languages, has):
    """The typed words in pieces: names and synonyms as long as they go, else clause by clause."""
    pieces, start = [], 0
    while start < len(free):
        for end in range(min(len(free), start + lexicon.longest), start, -1):
            words = tuple(word for one in free[start:end] for word in one.words)
            meaning = Meaning()
            if len(words) <= lexicon.longest and may_be_name(words, free, start, languages):
                meaning = lexicon.meaning(words, languages)
            # "Material" is written in texts: it is no form of the name of Matera.
            if len(words) == 1 and has and not lexicon.is_written_so(words) and has.is_written(words[0]):
                meaning = meaning.without_places()
            if meaning or end == start + 1:
                piece = Piece(words, meaning, is_apart=end > start + 1)
                pieces.append(piece if piece.is_apart else read_otherwise(piece, free[start], lexicon, has))
                start = end
                break
    return pieces


def read_otherwise(piece, clause, lexicon, has):
    """The piece with what else its one clause may be, as far as anything or any name has that."""
    for words in clause.readings:
        meaning = lexicon.meaning(words)
        if meaning or has is None or all(map(has.has, words)):
            piece = replace(piece, meaning=piece.meaning or meaning, readings=(*piece.readings, words))
    return piece


def may_be_name(words, free, start, languages):
    """Whether the words may name something: a joining word does only when it is written as a symbol or stands
    alone, as a word of another language does that is spelt like it."""
    if len(words) > 1 or len(free) == 1:
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
    word, parts, compound = piece.words[0], (), ""
    if has and not piece.meaning and len(piece.words) == 1 and not has.has(word):
        parts = lexicon.parts(word, languages)
        if not parts and (part := lexicon.part_alone(word, languages)):
            parts, compound = [part], word
    made_of = [
        Piece((part,), lexicon.meaning((part,), languages), is_part=True, compound=compound) for part in parts
    ]
    return made_of or [piece]
