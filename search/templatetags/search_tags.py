from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from search import about, similar

register = template.Library()

# The pages of lower rooms ask for all that search knows about their subject with one of these.
register.simple_tag(about.about_region)
register.simple_tag(about.about_regions)
register.simple_tag(about.about_material)
register.simple_tag(about.about_materials)


@register.filter
def count_of(counts, code):
    """How many of these counts belong to the code; none is 0."""
    return counts.get(code, 0)


@register.simple_tag
def repeated(component, **values):
    """A component that takes plain values only, drawn once for the same ones: a page of results repeats it
    often."""
    return drawn(component, get_language(), tuple((name, frozen(value)) for name, value in values.items()))


@lru_cache(maxsize=1000)
def drawn(component, language, values):
    thawed = {
        name: [dict(one) for one in value] if isinstance(value, tuple) else value for name, value in values
    }
    return render_to_string(component, thawed)


def frozen(value):
    """A list of dicts as something that can be remembered; words stay as they are."""
    return tuple(tuple(one.items()) for one in value) if isinstance(value, list) else str(value)


@register.inclusion_tag("search/similar.html")
def similar_practices(page):
    """The practices most like this one, with what they share; nothing where there are none."""
    return {"similar": similar.similar_practices(page)}
