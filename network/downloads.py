"""How files are called that leave the site."""

import re
import unicodedata
from urllib.parse import quote

# What a name may hold in a header as it is (RFC 5987).
PLAIN = "!#$&+-.^_`|~"
ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}$")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def attachment(name, otherwise="file"):
    """The Content-Disposition of a file to keep under this name.

    Every program reads the name in ASCII; those that know more read it as it is. `otherwise` stands for a
    name that no ASCII letter is left of.
    """
    plain = ascii_name(name, otherwise)
    header = f'attachment; filename="{plain}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(whole(name), safe=PLAIN)}"


def ascii_name(name, otherwise):
    """The name in ASCII letters, its ending kept; never one that systems hide."""
    name = whole(name)
    ending = found[0] if (found := ENDING.search(name)) else ""
    return (bare(name.removesuffix(ending)) or otherwise) + ending


def bare(text):
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return UNSAFE.sub("-", letters).strip("-._")


def whole(name):
    """The name without halves of signs, which no address can hold."""
    return name.encode("utf-8", "ignore").decode()
