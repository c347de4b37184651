"""What people type and paste, as they meant it.

Mail programs, PDFs and spreadsheets bring marks along that nobody sees: soft hyphens, signs of no width,
changes of direction, marks of the order of bytes. Two texts that look the same must be the same. Passwords,
codes and files never come here.
"""

import re
import unicodedata
from html import unescape

import regex

# Signs that no reader sees and that are not of the category of marks: fillers of scripts, joiners of letters.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufff0-\ufffc\ufffe\uffff]"
)
# How a sign is to be drawn, coloured or plain: it stays in what is read and says nothing in a key.
DRAWN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Controls, marks that format, halves of signs, private use; not the line break and the tab.
UNREAL = regex.compile(r"(?V1)[[\p{Cc}\p{Cf}\p{Cs}\p{Co}]--[\n\t]]+")
# Word's bullets are letters of a private alphabet.
BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc", "•"))
LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# One picture of several signs: a family, a profession; the flag of a part of a country is written with tags.
PART = r"\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]*"
FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
PICTURE = regex.compile(rf"{PART}(?:\u200d{PART})+|{FLAG}")


# The tags of a text with marks, and what stands in it for a sign that could not be typed.
TAG = re.compile(r"(<[/!a-zA-Z][^>]*>)")
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
MARKUP = ("<", ">", "&", '"', "'")


def as_prose(text):
    """A text of several lines: composed, its lines ended alike, without marks that nobody sees and without
    blanks around it. What joins several signs to one picture stays."""
    return without_marks(text).strip()


def as_line(text):
    """A text of one line, such as a title: like prose, with blanks for line breaks and nothing that joins."""
    text = str(text)
    if is_plain(text):
        return text.strip()
    text = LINE_BREAK.sub(" ", text.replace("\t", " ")).translate(BULLETS)
    return unicodedata.normalize("NFC", seen(text)).strip()


def as_key(text):
    """What is compared with others: a code, an id. Like a line, with single plain blanks inside."""
    return " ".join(DRAWN.sub("", as_line(text)).split())


def as_rich_text(html):
    """A text with tags, as the editor makes it: prose between the tags, no unseen mark inside one."""
    html = str(html)
    if is_plain(html) and not REFERENCE.search(html):
        return html
    # What opens no tag here must open none once a mark is gone from it.
    parts = (
        seen(part) if TAG.fullmatch(part) else part if "<" in part else text_between_tags(part)
        for part in TAG.split(html)
    )
    return "".join(parts)


def text_between_tags(text):
    # A mark may stand in a reference, and a reference for a mark.
    return without_marks(with_signs(without_marks(text)))


def without_marks(text):
    """Prose with the blanks that stand around it, as a form sends it."""
    text = str(text)
    if is_plain(text):
        return text
    text = LINE_BREAK.sub("\n", text).translate(BULLETS)
    parts, end = [], 0
    for picture in PICTURE.finditer(text):
        parts += [seen(text[end : picture.start()]), picture[0]]
        end = picture.end()
    return unicodedata.normalize("NFC", "".join([*parts, seen(text[end:])]))


def has_line_break(text):
    """Whether the text has several lines, as no field of one line sends it."""
    return bool(LINE_BREAK.search(str(text)))


def is_plain(text):
    """Whether there is nothing to clean, as in most of what is typed."""
    return text.isascii() and text.isprintable()


def seen(text):
    """The signs that somebody sees, tabs and line breaks among them."""
    return UNREAL.sub("", UNSEEN.sub("", text))


def with_signs(text):
    """The text with the signs that references in it stand for, but for those that would be markup."""
    return REFERENCE.sub(lambda found: sign if (sign := unescape(found[0])) not in MARKUP else found[0], text)
