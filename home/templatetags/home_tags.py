"""The calls with which the templates of this room get what they show."""

from django import template
from wagtail.models import Site

from home import front_page
from home.accessibility import accessibility
from home.choices import Statement
from home.models import Operator
from home.privacy import privacy

register = template.Library()
STATEMENTS = {Statement.PRIVACY: privacy, Statement.ACCESSIBILITY: accessibility}


@register.simple_tag(name="front_page")
def front_page_values():
    """Everything the first page shows (home.front_page.FrontPage)."""
    return front_page.front_page()


@register.simple_tag(takes_context=True)
def statement_of(context, page):
    """What the site itself adds to this page of text (home.privacy.Privacy and its like), or None."""
    if page.statement not in STATEMENTS:
        return None
    return STATEMENTS[page.statement](Operator.of(Site.find_for_request(context["request"])))
