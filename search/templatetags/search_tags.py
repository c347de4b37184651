from django import template

from search import similar

register = template.Library()


@register.inclusion_tag("search/similar.html")
def similar_practices(page):
    """The practices most like this one, with what they share; nothing where there are none."""
    return {"similar": similar.similar_practices(page)}
