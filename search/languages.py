"""The languages of texts: which have a field and a stemmer of their own, and how letters fold.

No stemmer exists in the embedded engine for pl bg cs sk sl hr et lv lt ga mt; their texts share the field
"other", where folding and prefixes serve. Both engines use the Snowball stemmers, so a word has the same
stem in both.
"""

import unicodedata

STEMMERS = {
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hu": "Hungarian",
    "it": "Italian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pt": "Portuguese",
    "ro": "Romanian",
    "sv": "Swedish",
}
OTHER = "other"
FIELD_LANGUAGES = (*STEMMERS, OTHER)

# Letters that no decomposition takes apart.
SINGLE = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "ħ": "h", "Ħ": "H"}
SINGLE |= {"ŧ": "t", "Ŧ": "T", "ı": "i", "ς": "σ"}
DOUBLE = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH"}


def without_mark(letter):
    """The letter that stands under its accents."""
    taken_apart = unicodedata.normalize("NFD", letter)
    return taken_apart[0] if all(unicodedata.combining(mark) for mark in taken_apart[1:]) else letter


# From Latin-1 to Cyrillic, and the Latin and Greek extensions.
LETTERS = [chr(code) for code in (*range(0xC0, 0x530), *range(0x1E00, 0x2000)) if chr(code).isalpha()]
MARKED = {letter: without_mark(letter) for letter in LETTERS if without_mark(letter) != letter} | SINGLE
SAME_LENGTH = str.maketrans(MARKED)
ANY_LENGTH = str.maketrans(DOUBLE)


def field_language(language):
    """The language whose fields hold a text of `language`."""
    return language if language in STEMMERS else OTHER


def fold_letters(text):
    """`text` without accents, letter for letter: every place in it is the same place in `text`."""
    return text if text.isascii() else text.translate(SAME_LENGTH)


def fold(text):
    """`text` for comparison: composed, without accents, in lower case."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).translate(SAME_LENGTH).translate(ANY_LENGTH)
    return folded.lower().translate(SAME_LENGTH)
