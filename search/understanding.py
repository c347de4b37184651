"""What a question means: names in any language, synonyms, symbols, words that only ask, slips of the pen.

    understand(Query("Rotschlamm in SE33"), lexicon.current()).understood

Names and synonyms are seen where their words follow each other, the longest first. They never replace what
was typed: they are further ways to find the same. Only a word that no item and no name has is read as
another one, and `corrected` says so.
"""

from dataclasses import replace

from regions.countries import nuts_country
from search.corrections import correction, is_known, near
from search.engines.answer import EngineFailed
from search.engines.embedded_words import Words
from search.languages import fold
from search.pieces import SENTENCE, Piece, free_clauses, languages_of, pieces_of, taken_apart, telling
from search.query import Sought, Understood, as_typed, clauses_in
from search.ranking import OTHER_NAME_SHARE, OWN_WORD_SHARE, SHORTEST_IN_COMPOUND, words_needed
from search.stop_words import ANY_LANGUAGE

# So many words and names more are looked for when hardly anything was found.
MOST_MORE = 30


def understand(query, lexicon):
    """The query with what its text means. Never fails, whatever was typed."""
    clauses = clauses_in(query.text)
    if not clauses:
        return query
    has = index_words()
    corrected = correction(query, lexicon, clauses, has) if has and not query.is_exact else ""
    if corrected:
        clauses = clauses_in(corrected)
    free = free_clauses(clauses)
    languages = languages_of(free, query.language)
    typed = pieces_of(free, lexicon, languages, has)
    pieces = telling(typed, languages)
    pieces = [part for piece in pieces for part in taken_apart(piece, lexicon, has, languages)]
    # In a sentence every word is whole; a few words may be cut off where one stopped typing.
    is_sentence = len(pieces) < len(typed) or len(pieces) > SENTENCE
    pieces, unknown = known(pieces, has)
    sought = [as_sought(piece, lexicon, has, languages, is_sentence) for piece in pieces]
    sought = [
        one._replace(may_be_place=may_be_place(piece, is_alone=len(pieces) == 1))
        for one, piece in zip(sought, pieces, strict=True)
    ]
    needed = words_needed(len(pieces))
    begun = (begin(words, has) for words in unknown)
    sought += [one for one in begun if one]
    sought += [as_typed(one) for one in clauses if one.is_phrase or one.is_excluded]
    left_out = [" ".join(words) for words in unknown] + [piece.compound for piece in pieces]
    understood = Understood(
        tuple(sought),
        needed,
        corrected,
        tuple(filter(None, left_out)),
        written_in=has.written_in() if has else (),
    )
    return replace(query, understood=understood)


def as_sought(piece, lexicon, has, languages, is_sentence):
    words = piece.words
    if piece.is_apart:
        words = tuple(word for word in words if fold(word) not in ANY_LANGUAGE) or words
    parts, tags = (), sorted(piece.meaning.tags)
    if piece.is_apart:
        meanings = [lexicon.meaning((word,), languages) for word in words]
        if not is_place(piece):
            meanings = [meaning.without_places() for meaning in meanings]
        single = map(Piece, ((word,) for word in words), meanings)
        parts = tuple(as_sought(part, lexicon, has, languages, True) for part in single)
        if not is_place(piece):
            parts = tuple(part._replace(may_be_place=False) for part in parts)
    return Sought(
        words,
        is_apart=piece.is_apart,
        parts=parts,
        alternatives=lexicon.alternatives(piece.meaning, piece.words)
        + tuple(("", words) for words in piece.readings),
        tags=tuple((*tag, has.rarity_of_tag(*tag)) for tag in tags) if has else (),
        may_begin=(not is_sentence or len(words[0]) >= SHORTEST_IN_COMPOUND) and words not in lexicon.symbols,
        is_code=bool(has) and len(words) == 1 and ("region", nuts_country(words[0].upper())) in tags,
    )


def may_be_place(piece, is_alone):
    """Whether names of places may have it: neither a part of a compound nor a word of everyday language that
    stands alone means one."""
    return is_place(piece) or not (piece.is_part or (is_alone and piece.meaning.sets))


def is_place(piece):
    return any(facet == "region" for facet, _ in piece.meaning.tags)


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
    return [part._replace(share=OWN_WORD_SHARE, may_be_place=one.is_place) for part in parts]


def other_names(one, understood):
    """Its other names of several words in the languages of the texts; the words need not stand together."""
    for language, words in one.alternatives:
        is_read = not language or language in (understood.written_in or ("en",))
        words = tuple(word for word in words if fold(word) not in ANY_LANGUAGE)
        if is_read and len(words) > 1:
            parts = tuple(Sought((word,), may_begin=False, may_be_place=False) for word in words)
            yield Sought(words, is_apart=True, parts=parts, share=OTHER_NAME_SHARE, may_be_place=False)


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


def words_near(word, lexicon, most):
    """Known words that somebody may look for who types one that nobody knows."""
    has = index_words()
    return near(word, lexicon, has, most) if has and not is_known(word, has, lexicon) else []


def index_words():
    try:
        return Words()
    except EngineFailed:
        return None
