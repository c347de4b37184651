"""How references such as GP-0033 are written, and how people write them: GP33, gp 033, GP–33."""

import re

DIGITS = 4
WRITTEN = re.compile(r"([A-Za-z]{1,8})[\s_\u2010-\u2015-]*([0-9]{1,9})", re.ASCII)


def reference_in(typed):
    """The reference that is meant, as it is written here; what is none stays as it is."""
    found = WRITTEN.fullmatch(typed.strip())
    return f"{found[1].upper()}-{int(found[2]):0{DIGITS}}" if found else typed


def spellings(code):
    """The code in the ways in which people write it: with fewer zeros or more, with a hyphen or without.

    They are for words that are looked up; what is no letters with a number behind them has only itself.
    """
    found = WRITTEN.fullmatch(code.strip())
    if not found:
        return [code] if code else []
    letters, number = found[1].upper(), int(found[2])
    numbers = dict.fromkeys(f"{number:0{width}}" for width in range(1, DIGITS + 1))
    return [code, *(f"{letters}{between}{written}" for written in numbers for between in ("-", ""))]
