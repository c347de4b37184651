"""Where the words looked for stand in a text: marked titles and excerpts, as parts to print."""

from search.languages import field_language, fold
from search.query import Part
from search.ranking import SHORTEST_PREFIX
from search.words import places_of_words, words_in

EXCERPT_LENGTH = 220
LONGEST_READ = 40_000
GAP = "\u2026"


def highlights(texts, query, term):
    """The title marked, and an excerpt of the first text that shows what was looked for.

    `term(word, language)` gives the term under which a word is indexed. The title is the one that the visitor
    reads; the excerpt may come from another language.
    """
    wanted = [one for one in query.sought if not one.is_excluded]
    clauses = [
        words
        for one in wanted
        if not one.is_code
        for words in (([word] for word in one.words) if one.is_apart else [one.words])
    ]
    begun = tuple(
        fold(one.words[0])
        for one in wanted
        if one.may_begin and not one.is_code and len(one.words) == 1 and len(one.words[0]) >= SHORTEST_PREFIX
    )
    shown = {}
    for place, language in enumerate(languages_in_order(texts, query.language)):
        field = field_language(language)
        sequences = {tuple(term(word, field) for word in words) for words in clauses}
        sequences |= {
            tuple(term(word, field) for word in words)
            for one in wanted
            for said in (one, *one.parts)
            for other, words in said.alternatives
            if not other or field_language(other) == field
        }

        def word_term(word, field=field):
            return term(word, field)

        title = texts[language].get("title", "") if place == 0 else ""
        if found := marks(title, sequences, word_term, lambda word: fold(word).startswith(begun)):
            shown["title"] = marked(title, found)
        for name in ("summary", "body"):
            text = texts[language].get(name, "")[:LONGEST_READ]
            if "text" not in shown and (found := marks(text, sequences, word_term)):
                shown["text"] = excerpt(text, found)
    return shown


def marks(text, sequences, term, is_beginning=None):
    """The places (start, end, sequence) in `text` of any of `sequences` of terms.

    `term(word)` gives a word's term; a word for which `is_beginning` holds is found whatever its term.
    """
    by_first = {}
    for sequence in sequences:
        by_first.setdefault(sequence[0], []).append(sequence)
    terms = {word: term(word) for word in set(words_in(text))}
    begun = {word for word in terms if is_beginning and is_beginning(word)}
    # Most texts have none of the words: then their places need not be looked at.
    if not begun and by_first.keys().isdisjoint(terms.values()):
        return []
    places = list(places_of_words(text))
    words = [text[start:end] for start, end in places]
    said = [terms[word] for word in words]
    found = {}
    for place, first in enumerate(said):
        for sequence in by_first.get(first, ()):
            if tuple(said[place : place + len(sequence)]) == sequence:
                found.update((index, sequence) for index in range(place, place + len(sequence)))
        if place not in found and words[place] in begun:
            found[place] = (first,)
    return [(*places[index], found[index]) for index in sorted(found)]


def marked(text, found, start=0, end=None):
    """`text` from start to end in parts, the found places marked."""
    end = len(text) if end is None else end
    parts, place = [], start
    for first, last, _ in found:
        if start <= first and last <= end:
            if first > place:
                parts.append(Part(text[place:first], False))
            parts.append(Part(text[first:last], True))
            place = last
    if place < end:
        parts.append(Part(text[place:end], False))
    return parts


def excerpt(text, found, length=EXCERPT_LENGTH):
    """About `length` signs of `text` around the place that shows most of what was looked for."""
    if len(text) <= length:
        return marked(text, found)
    best = max(range(len(found)), key=lambda i: (worth(found, i, length), -i))
    start = max(found[best][0] - length // 4, 0)
    end = min(start + length, len(text))
    start = max(min(start, end - length), 0)
    if start:
        start = next((i + 1 for i in range(start, found[best][0]) if text[i].isspace()), start)
    if end < len(text):
        end = next((i for i in range(end, found[best][1], -1) if text[i].isspace()), end)
    parts = marked(text, found, start, end)
    before = [Part(GAP + " ", False)] if start else []
    after = [Part(" " + GAP, False)] if end < len(text) else []
    return before + parts + after


def worth(found, first, length):
    """How many different things, then how many at all, are found within `length` from the first."""
    near = [
        sequence
        for start, _, sequence in found[first : first + 40]
        if start - found[first][0] < length * 3 // 4
    ]
    return len(set(near)), len(near)


def languages_in_order(texts, preferred):
    """The languages of an item, the visitor's first, then English."""
    return sorted((lang for lang in texts if lang), key=lambda lang: (lang != preferred, lang != "en", lang))
