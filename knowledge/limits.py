"""How long texts may be: one table for forms, imports and tests.

Lengths count what a reader sees as one sign (grapheme clusters of Unicode UAX #29) once it is clean, so that
an accent, an emoji or a Bulgarian letter costs one, however it was typed.
"""

import re
from html import unescape

import regex
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from language.typed import as_prose

# Source: the public practice form of Interreg Europe, and product decisions where it is silent.
LIMITS = {
    "title": 100,
    "title_original": 300,
    "summary": 300,
    "challenge": 1500,
    "description": 1500,
    "resources_needed": 300,
    "evidence_of_success": 500,
    "difficulties": 300,
    "transfer_potential": 1000,
    "mining_gap": 2000,
    "intended_improvement": 2000,
    "instrument_description": 3000,
    "event_title": 100,
    "event_description": 3000,
    "event_objectives": 1500,
    "event_travel": 1000,
    "event_access": 1000,
    "what_changed": 2000,
    "change_title": 160,
    "attribution_note": 500,
    "opinion": 500,
} | getattr(settings, "TEXT_LIMITS", {})


# What somebody says about a decision, in code points: nobody hides a book of accents behind one letter.
COMMENT = 2000


def visible_text(text):
    """The text without markup, as a reader sees it."""
    return as_prose(unescape(re.sub(r"<[^>]*>", "", text or "")))


def length(text):
    """How many signs a reader sees in the text."""
    return len(regex.findall(r"\X", visible_text(text)))


def too_long(name, text):
    """How many signs the text has beyond the limit of this name; 0 when it fits."""
    return max(0, length(text) - LIMITS[name])


def check(name, text):
    """Raise ValidationError when the text is longer than the limit of this name."""
    surplus = too_long(name, text)
    if surplus:
        raise ValidationError(
            _("At most %(limit)s characters; this has %(length)s. Shorten it by %(surplus)s."),
            code="too_long",
            params={"limit": LIMITS[name], "length": LIMITS[name] + surplus, "surplus": surplus},
        )
