from django import template
from django.utils.translation import get_language

from network import kept
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


@register.inclusion_tag("search/similar.html")
def similar_practices(page):
    """The practices most like this one, with what they share; nothing where there are none."""
    name = ("similar practices", page.pk, get_language())
    return {"similar": kept.remembered(name, lambda: similar.similar_practices(page))}
