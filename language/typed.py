"""What people type and paste, as they meant it.

Mail programs, PDFs and spreadsheets bring marks along that nobody sees: soft hyphens, signs of no width,
changes of direction, marks of the order of bytes. Two texts that look the same must be the same. Passwords,
codes and files never come here.
"""

import re
import unicodedata

import regex

# Signs that no reader sees and that are not of the category of marks: fillers of scripts, joiners of letters.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufff0-\ufffc\ufffe\uffff]"
)
# How a sign is to be drawn, coloured or plain: it stays in what is read and says nothing in a key.
DRAWN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Controls, marks that format, halves of signs, private use.
UNREAL = ("Cc", "Cf", "Cs", "Co")
# Word's bullets are letters of a private alphabet.
BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc", "•"))
LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# One picture of several signs: a family, a profession, the flag of a part of a country.
PART = r"\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]*"
PICTURE = regex.compile(rf"{PART}(?:\u200d{PART})+")


def as_prose(text):
    """A text of several lines: composed, its lines ended alike, without marks that nobody sees and without
    blanks around it. What joins several signs to one picture stays."""
    text = LINE_BREAK.sub("\n", str(text)).translate(BULLETS)
    parts, end = [], 0
    for picture in PICTURE.finditer(text):
        parts += [seen(text[end : picture.start()]), picture[0]]
        end = picture.end()
    return unicodedata.normalize("NFC", "".join([*parts, seen(text[end:])])).strip()


def as_line(text):
    """A text of one line, such as a title: like prose, with blanks for line breaks and nothing that joins."""
    text = LINE_BREAK.sub(" ", str(text).replace("\t", " ")).translate(BULLETS)
    return unicodedata.normalize("NFC", seen(text)).strip()


def as_key(text):
    """What is compared with others: a code, an id. Like a line, with single plain blanks inside."""
    return " ".join(DRAWN.sub("", as_line(text)).split())


def has_line_break(text):
    """Whether the text has several lines, as no field of one line sends it."""
    return bool(LINE_BREAK.search(str(text)))


def seen(text):
    """The signs that somebody sees, tabs and line breaks among them."""
    text = UNSEEN.sub("", text)
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in UNREAL)
