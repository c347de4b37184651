"""Icons, drawn once and remembered: a page shows dozens. Known to every template without {% load %}."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=200)
def icon(name):
    """The icon of this name in static/icons.svg; a word always stands beside it."""
    return render_to_string("components/icon.html", {"name": name})
