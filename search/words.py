"""Where words begin and end: the same in questions, names, texts and both engines.

    words_in("Recyclage de l’étain : 2,5Mt")      ["Recyclage", "de", "étain", "2", "5", "Mt"]

An article or possessive joined by an apostrophe is no word: "l'étain" is "étain", "Sweden's" is "Sweden".
What has a capital on both sides is a name and stays whole: "L'Aquila", "D'Arcy". A number and its unit are
two words whether a blank stands between them or not.
"""

import re

# What people and programs write for an apostrophe. Some of them count as letters everywhere else.
LETTER_LIKE = "ʼʻʹ"
APOSTROPHES = f"'’‘´`′＇{LETTER_LIKE}"
# Of French, Italian, Catalan and Irish. "Aujourd'hui" and "presqu'île" are words, O'Neill is a name.
ARTICLES = """b c d j l m n s t v qu jusqu lorsqu puisqu quoiqu dell nell all un sull dall degl negl sugl dagl
agl coll quest quell bell gl""".split()  # noqa: SIM905
# Of mass, length, area, volume, power, energy, pressure, content, radiation and money.
UNITS = """t kt mt gt kg g mg µg μg ng m km dm cm mm µm μm nm ha m2 m3 km2 km3 cm2 cm3 mm2 dm3 m² m³ km² km³
cm² cm³ mm² dm³ l ml cl dl hl w kw mw gw tw wh kwh mwh gwh twh kwp mwp gwp v kv mv kva mva ah mah j kj mj gj
tj pj pa kpa mpa gpa bar mbar ppm ppb k h hz khz mhz ghz db bq kbq mbq sv msv µsv μsv eur usd tpa ktpa
mtpa""".split()  # noqa: SIM905

WORD = re.compile(r"[^\W_]+")
ANY_UNIT = "|".join(sorted(UNITS, key=lambda unit: (-len(unit), unit)))
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
LETTER = rf"[^\W_{LETTER_LIKE}]"
ARTICLE_BEFORE = re.compile(rf"(?<!{LETTER})(?:{'|'.join(ARTICLES)})\Z", re.IGNORECASE)
LONGEST_ARTICLE = max(map(len, ARTICLES))
BEGINS = re.compile(LETTER)
POSSESSIVE = re.compile(rf"[sS](?!{LETTER})")
DIGIT_BEFORE_LETTER = re.compile(r"\d[^\W\d_]|\d[²³]")
NUMBER_WITH_UNIT = re.compile(rf"(?<![^\W_])(\d+)({ANY_UNIT})(?![^\W_])", re.IGNORECASE)
# 2,5 Mt; 10 000 t; 3 m³: what belongs together, with any blanks inside.
NUMBER_AND_UNIT = re.compile(
    rf"(?<![^\W_])\d+(?:[.,\s]\d{{3}})*(?:[.,]\d+)?\s*(?:{ANY_UNIT})(?![^\W_])", re.IGNORECASE
)


def words_in(text):
    """The words of a text, in order."""
    return WORD.findall(spoken(text))


def places_of_words(text):
    """(start, end) of every word of a text, in order."""
    for match in WORD.finditer(without_articles(text)):
        start, end = match.span()
        if amount := NUMBER_WITH_UNIT.fullmatch(match[0]):
            middle = start + len(amount[1])
            yield start, middle
            yield middle, end
        else:
            yield start, end


def spoken(text):
    """The text as words are read from it: without what an apostrophe joins, numbers apart from units."""
    text = without_articles(text)
    return NUMBER_WITH_UNIT.sub(r"\1 \2", text) if DIGIT_BEFORE_LETTER.search(text) else text


def without_articles(text):
    """The text with blanks for articles and possessives, so that every other sign keeps its place."""
    parts, end = [], 0
    for mark in APOSTROPHE.finditer(text):
        start, stop = joined(text, mark)
        if start < stop and start >= end:
            parts += [text[end:start], " " * (stop - start)]
            end = stop
    return "".join([*parts, text[end:]]) if parts else text


def joined(text, mark):
    """From where to where stands what this apostrophe joins to a word: itself and an article before it or the
    possessive after it; nothing where it belongs to a name."""
    place, after = mark.start(), mark.end()
    article = ARTICLE_BEFORE.search(text, max(0, place - LONGEST_ARTICLE), place)
    if article and BEGINS.match(text, after) and not is_name(article[0], text[after : after + 2]):
        return article.start(), after
    if place and BEGINS.match(text, place - 1) and POSSESSIVE.match(text, after):
        return place, after + 1
    return (place, after) if mark[0] in LETTER_LIKE else (place, place)


def is_name(article, beginning):
    """Whether a name begins so: L'Aquila, Dell'Utri; "l'Europe", "L'étain" and "L'ÉTAIN" are none."""
    return article[0].isupper() and article[1:] == article[1:].lower() and beginning.istitle()


def articles_in(text):
    """The articles that are left out of the words of a text, in lower case: they tell its language."""
    found = (ARTICLE_BEFORE.search(text, 0, mark.start()) for mark in APOSTROPHE.finditer(text))
    return tuple(article[0].lower() for article in found if article)


# Hyphens


HYPHENS = "-\u2010\u2011"
HYPHEN = str.maketrans(dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"))
HYPHEN_AT_THE_END = re.compile(rf"[{HYPHENS}][ \t]*[\n\r\u2028]")
SOFT_MARK = re.compile("[\u00ad\u00ac\u0002]")
# Marks where a word may be parted, one of them as mail programs paste it.
SOFT_HYPHEN = re.compile("[\u00ad\u0002]|(?<=[^\\W\\d_])\u00ac(?=\\s*[^\\W\\d_])")
PARTED = re.compile(rf"([^\W_]+)[{HYPHENS}][ \t]*(?:\r\n|[\n\r\u2028])[ \t]*(?=([^\W\d_]+))")
PARTED_SOFTLY = re.compile("(?:\u00ad|\u00ac)[ \t]*(?:\r\n|[\n\r\u2028])[ \t]*(?=[^\\W\\d_])")
# Before these a hyphen at the end of a line is one of the word.
KEEP_THEIR_HYPHEN = frozenset(
    """after anti co cross e eco end energy ex full half high large life long low mid multi near non off on
    one open opt post pre public re self semi short small so sub two well x""".split()  # noqa: SIM905
)


def unbroken(text):
    """The text without what parts words at the ends of lines, as PDFs have it, and without soft hyphens."""
    if SOFT_MARK.search(text):
        text = SOFT_HYPHEN.sub("", PARTED_SOFTLY.sub("", text))
    if not HYPHEN_AT_THE_END.search(text):
        return text

    def mended(match):
        first, second = match[1], match[2]
        is_own = (
            first.lower() in KEEP_THEIR_HYPHEN
            or not second[0].islower()
            or f"{first}-{second}".lower() in text.lower()
        )
        return f"{first}-" if is_own else first

    return PARTED.sub(mended, text)
