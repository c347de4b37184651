"""The one call with which the home page's template gets what other rooms know."""

from django import template

from home import front_page

register = template.Library()


@register.simple_tag(name="front_page")
def front_page_values():
    """Everything the first page shows (home.front_page.FrontPage)."""
    return front_page.front_page()
