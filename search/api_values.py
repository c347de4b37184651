"""Whether what stands in an address is what a schema of OpenAPI says, to the letter."""

import datetime as dt
import re
from decimal import Decimal

# As JSON writes them; longer ones are beyond every bound.
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,40})", re.ASCII)
NUMBER = re.compile(rf"{INTEGER.pattern}(\.[0-9]{{1,40}})?(e[+-]?[0-9]{{1,2}})?", re.ASCII | re.IGNORECASE)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def fits(schema, value):
    """Whether the text, or the list of texts where the schema is an array, is what the schema allows."""
    return TYPES[schema["type"]](schema, value)


def is_list(schema, values):
    return len(values) <= schema["maxItems"] and all(fits(schema["items"], value) for value in values)


def is_text(schema, text):
    return (
        len(text) <= schema.get("maxLength", len(text))
        and text in schema.get("enum", (text,))
        and bool(re.search(schema.get("pattern", ""), text))
        and (schema.get("format") != "date" or is_day(text))
    )


def is_integer(schema, text):
    return bool(INTEGER.fullmatch(text)) and is_within(schema, Decimal(text))


def is_number(schema, text):
    return bool(NUMBER.fullmatch(text)) and is_within(schema, Decimal(text))


def is_within(schema, number):
    if not schema.get("minimum", number) <= number <= schema.get("maximum", number):
        return False
    return "multipleOf" not in schema or number % Decimal(str(schema["multipleOf"])) == 0


def is_day(text):
    try:
        return bool(DAY.fullmatch(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False


TYPES = {"array": is_list, "string": is_text, "integer": is_integer, "number": is_number}
