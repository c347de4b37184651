"""Addresses that hold a secret, such as the link in a letter, and texts without it."""

import re
from functools import cache

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

# What an address calls the part that stands for signing in.
SECRETS = {"token", "uidb36", "uidb64"}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\\.)*\)")
PART = r"[^/\s?#\"'<>]+"


def without_secrets(text):
    """The text, with “…” in place of each secret that stands in an address of this site, known or made up."""
    if text.isascii():
        # Most lines name no such address, and every request writes one.
        small = text.lower()
        if not any(word in small for word in last_words()):
            return text
    for pattern in patterns():
        text = pattern.sub(r"\1…", text)
    return text


@cache
def patterns():
    """For each address with a secret: what comes before it as group 1, then the secret itself."""
    return [pattern_of(route) for route in routes(get_resolver().url_patterns) if secrets_in(route)]


@cache
def last_words():
    """What stands right before a secret in some address."""
    found = [route for route in routes(get_resolver().url_patterns) if secrets_in(route)]
    return {last_word(route) for route in found}


def last_word(route):
    """The last part of a declared address before its first secret that is the same for everybody."""
    before = PARAMETER.sub("", route[: secrets_in(route)[0].start()])
    return before.rstrip("/").rpartition("/")[2].lower()


def routes(urls, before=""):
    """Every address of the site as it is declared."""
    for url in urls:
        route = before + str(url.pattern).replace("^", "")
        if isinstance(url, URLResolver):
            yield from routes(url.url_patterns, route)
        else:
            yield route


def secrets_in(route):
    """The places of the secrets in a declared address."""
    return [found for found in PARAMETER.finditer(route) if SECRETS & set(found.groups())]


def pattern_of(route):
    found = secrets_in(route)
    # Programs that pass a link on double its slashes now and then.
    before = "".join(
        PART if number % 3 else re.escape(text).replace("/", "/+")
        for number, text in enumerate(PARAMETER.split(route[: found[0].start()]))
        if text is not None
    )
    # Several secrets may follow each other, as the person and the key of a new password do.
    further = route[found[0].end() : found[-1].start()].count("/")
    return re.compile(rf"(/+{before}){PART}(?:/+{PART}){{{further}}}", re.IGNORECASE)
