"""Three hundred oddities as people paste them, each with what was meant: the same ones every time.

    python -m tests.language.oddities      prints how many there are of each kind and for which kind of field

What was meant is put together from clean pieces, never worked out with the code that is tested.
"""

import random
import sys
import unicodedata
from collections import Counter
from typing import NamedTuple

SEED, NUMBER = 9, 300
LATIN = ["Bergwerk", "Örebro", "żelazo", "étain", "ľudia", "Škoda", "ruda", "hõbe", "çelik", "mína", "rézérc"]
GREEK = ["ορυχείο", "λίθιο", "Στερεά", "βωξίτης", "μετάλλευμα", "νερό"]
CYRILLIC = ["рудник", "Перник", "мед", "оловна", "шлака", "въглища", "йод"]
ELIDED = ["L’étain", "d'Europe", "dell’acqua", "l'eau", "Europe’s", "miners'", "d’Amposta", "O’Brien"]
MEASURES = [
    "2,5\u00a0Mt",
    "1\u202f250\u202ft",
    "38\u2009%",
    "20\u00a0µm",
    "5\u00a0m³",
    "250 000 €",
    "4\u202f°C",
]
CODES = ["FI1D7", "SE332", "EL64", "GP-0033", "EV-0102", "CCI 2021DE16", "NdFeB", "Li2CO3"]
WALES = "🏴" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbwls\x7f")
PICTURES = ["👩🏽\u200d🔬", "⛏️", "👨\u200d👩\u200d👧", WALES, "🧑🏿\u200d🚒"]
PLAIN_PICTURES = ["👩🏽🔬", "⛏️", "👨👩👧", "🏴", "🧑🏿🚒"]
SOFT = "\u00ad"
NO_WIDTH = "\u200b\u200c\u200d\u2060"
TURNS = "\u200e\u200f\u202a\u202c\u202e\u2066\u2069\u061c"
ORDER = "\ufeff"
CONTROLS = "\x00\x07\x1b\x7f\x9d"
OTHERS = "\ue000\u034f\u3164\ufff9\U000f0000"


class Oddity(NamedTuple):
    """One thing that somebody typed into one kind of field."""

    kind: str
    field: str
    typed: str
    meant: str


def strewn(chance, text, marks):
    """The text with marks at its ends and somewhere inside it."""
    for _ in range(chance.randint(1, 3)):
        place = chance.randint(0, len(text))
        text = text[:place] + chance.choice(marks) + text[place:]
    return chance.choice(marks) + text


def some(chance, words, number=3):
    return " ".join(chance.sample(words, number))


# Each gives what is typed, and what it means on one line and as prose.


def soft_hyphens(chance):
    text = some(chance, LATIN)
    return strewn(chance, text, SOFT), text, text


def no_width_in_greek(chance):
    text = some(chance, GREEK)
    return strewn(chance, text, NO_WIDTH), text, text


def turns_in_cyrillic(chance):
    text = some(chance, CYRILLIC)
    return strewn(chance, text, TURNS), text, text


def marks_of_the_order_of_bytes(chance):
    text = some(chance, LATIN + GREEK)
    return f"{ORDER}{ORDER}{strewn(chance, text, ORDER)}{ORDER}", text, text


def blanks_that_do_not_break(chance):
    text = "\u00a0".join(chance.sample(LATIN, 2))
    return f"\u00a0\u2003{text}\u202f\u3000 ", text, text


def accents_apart(chance):
    text = some(chance, LATIN + GREEK + CYRILLIC)
    return unicodedata.normalize("NFD", text), text, text


def bullets_of_word(chance):
    text = some(chance, LATIN)
    return chance.choice("\uf0b7\uf0a7\uf0d8") + f" {text}", f"• {text}", f"• {text}"


def pictures_of_several_signs(chance):
    number, text = chance.randrange(len(PICTURES)), some(chance, LATIN, 2)
    drawn = f"{text} {PICTURES[number]}"
    return drawn, f"{text} {PLAIN_PICTURES[number]}", drawn


def elisions(chance):
    text = f"{some(chance, ELIDED, 2)} {chance.choice(LATIN)}"
    return strewn(chance, text, SOFT + NO_WIDTH), text, text


def codes(chance):
    text = f"{chance.choice(CODES)} {chance.choice(LATIN)}"
    return strewn(chance, text, NO_WIDTH + TURNS + ORDER), text, text


def numbers_with_units(chance):
    text = f"{chance.choice(MEASURES)} {chance.choice(LATIN + CYRILLIC)}"
    return strewn(chance, text, SOFT + TURNS), text, text


def control_characters(chance):
    text = some(chance, LATIN + CYRILLIC)
    return strewn(chance, text, CONTROLS), text, text


def line_breaks(chance):
    first, second = chance.sample(LATIN, 2)
    end = chance.choice(["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b"])
    return f"{first}{end}{second}{end}", f"{first} {second}", f"{first}\n{second}"


def what_programs_keep_for_themselves(chance):
    text = some(chance, GREEK + CYRILLIC)
    return strewn(chance, text, OTHERS), text, text


KINDS = (
    soft_hyphens,
    no_width_in_greek,
    turns_in_cyrillic,
    marks_of_the_order_of_bytes,
    blanks_that_do_not_break,
    accents_apart,
    bullets_of_word,
    pictures_of_several_signs,
    elisions,
    codes,
    numbers_with_units,
    control_characters,
    line_breaks,
    what_programs_keep_for_themselves,
)


def address_of_a_mailbox(chance):
    meant = f"{chance.choice(['aino', 'o.brien', 'carla+mining'])}{chance.randrange(10**6)}@example.org"
    typed = strewn(chance, meant, SOFT + NO_WIDTH + TURNS + ORDER)
    return chance.choice([typed, typed.upper(), f"\u00a0{typed}\u202f"]), meant


def address_of_a_page(chance):
    meant = f"https://example.org/{chance.randrange(10**6)}?q=a%20b#c"
    return f" {strewn(chance, meant, SOFT + NO_WIDTH + TURNS + ORDER)}\u00a0", meant


def key(line):
    """A line with single blanks and pictures without their way of drawing."""
    return " ".join(line.replace("\ufe0f", "").split())


def of_a_text(chance, make, field):
    if make is line_breaks and field in ("name", "rich"):
        make = accents_apart  # a name of two lines is refused, and the editor makes paragraphs of lines
    typed, line, prose = make(chance)
    meant = {"line": line, "name": line, "key": key(line), "prose": prose, "rich": prose}[field]
    return Oddity(make.__name__, field, typed, meant)


def oddities(field, number):
    """So many oddities for a kind of field: line, key, prose, rich, name, mailbox, web."""
    chance = random.Random(f"{SEED} {field}")
    if field in ("mailbox", "web"):
        make = {"mailbox": address_of_a_mailbox, "web": address_of_a_page}[field]
        return [Oddity(make.__name__, field, *make(chance)) for _ in range(number)]
    return [of_a_text(chance, KINDS[place % len(KINDS)], field) for place in range(number)]


# How many go into the fields of each kind, so that every kind of oddity is in every kind of field.
SHARES = {"line": 84, "key": 42, "prose": 56, "rich": 42, "name": 42, "mailbox": 20, "web": 14}


def all_oddities():
    return [one for field, number in SHARES.items() for one in oddities(field, number)]


def table():
    """The kinds with how many there are, and in which kinds of field."""
    counts = Counter((one.kind, one.field) for one in all_oddities())
    kinds = dict.fromkeys(kind for kind, _field in counts)
    lines = ["| kind | " + " | ".join(SHARES) + " | all |", "| --- " * (len(SHARES) + 2) + "|"]
    for kind in kinds:
        row = [counts[kind, field] for field in SHARES]
        lines.append(f"| {kind.replace('_', ' ')} | " + " | ".join(map(str, row)) + f" | {sum(row)} |")
    totals = [sum(counts[kind, field] for kind in kinds) for field in SHARES]
    lines.append("| all | " + " | ".join(map(str, totals)) + f" | {sum(totals)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
