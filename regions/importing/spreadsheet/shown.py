"""Numbers and dates as a spreadsheet shows them: fifteen digits, the zeros before a code, no day where only
the month is shown."""

import math
import re
from datetime import date, datetime, time
from decimal import Decimal

# Text in quotation marks, one sign taken literally, a blank as wide as a sign, a filler, a colour, any sign.
PART = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|(\[[^\]]*\])|(.)', re.DOTALL)
# Signs that a format shows as they are, without quotation marks.
PLAIN = set("-+/():. ")
DIGITS = 15
TOO_LONG = 10**DIGITS


def number(value, number_format=""):
    """The digits of a number, never with an exponent; None for what is no number."""
    if not math.isfinite(value):
        return None
    text = plain(value)
    sections = sections_of(number_format)
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    sign = "-" if value < 0 and len(sections) == 1 else ""
    if value == int(value) and (code := as_code(abs(int(value)), section)):
        return sign + code
    if any(part == "%" and not is_literal for part, is_literal in section):
        return f"{plain(value * 100)}%"
    if decimals := decimals_of(section):
        whole, _point, after = text.partition(".")
        return f"{whole}.{after.ljust(decimals, '0')}"
    return text


def plain(value):
    text = format(Decimal(f"{value:.{DIGITS}g}"), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def sections_of(number_format):
    """A format in its parts for numbers above and below nothing, each [(sign, is it literal)]."""
    sections = [[]]
    for quoted, escaped, _blank, _filler, bracket, sign in PART.findall(number_format or ""):
        if bracket or not (quoted or escaped or sign):
            continue
        if sign == ";":
            sections.append([])
        else:
            sections[-1].append((quoted or escaped or sign, not sign))
    return sections


def as_code(digits, section):
    """The digits with the zeros and signs of a format such as 000 or "GP"000-00; None where it is no such."""
    places = sum(part == "0" and not is_literal for part, is_literal in section)
    if places < 2 or any(
        part not in PLAIN - {"."} and part != "0" for part, is_literal in section if not is_literal
    ):
        return None
    digits, shown = str(digits).zfill(places), []
    for part, is_literal in reversed(section):
        if is_literal or part != "0":
            shown.append(part)
        elif places == 1:
            shown.append(digits)
        else:
            digits, last, places = digits[:-1], digits[-1], places - 1
            shown.append(last)
    return "".join(reversed(shown))


def decimals_of(section):
    """How many digits a plain format such as 0.00 shows after the point at least."""
    found = re.fullmatch(r"[#,0?]*\.(0+)", "".join(part for part, is_literal in section if not is_literal))
    return len(found[1]) if found and not any(is_literal for _part, is_literal in section) else 0


def moment(value, number_format=""):
    """A date as exact as its cell shows it; a time, or a length of time, in hours and minutes."""
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if not isinstance(value, date):
        minutes, seconds = divmod(abs(round(value.total_seconds())), 60)
        sign = "-" if value.total_seconds() < 0 else ""
        return f"{sign}{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    letters = "".join(part for part, is_literal in sections_of(number_format)[0] if not is_literal).lower()
    if "d" not in letters and "y" not in letters and "h" in letters and isinstance(value, datetime):
        return moment(value.time())
    if letters and "d" not in letters and ("y" in letters or "m" in letters):
        return value.isoformat()[: 7 if "m" in letters else 4]
    return value.isoformat()[:10]
