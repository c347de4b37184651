"""The calls with which the templates of this room get what they show."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from home import front_page, head, structured
from home.accessibility import accessibility
from home.addresses import site_of
from home.choices import Statement
from home.models import Operator
from home.privacy import privacy
from network import kept

register = template.Library()
STATEMENTS = {Statement.PRIVACY: privacy, Statement.ACCESSIBILITY: accessibility}


@register.simple_tag(name="front_page")
def front_page_values():
    """Everything the first page shows (home.front_page.FrontPage)."""
    return front_page.front_page()


@register.simple_tag(takes_context=True)
def foot(context):
    """The foot of every page."""
    site = site_of(context.get("request"))
    return kept.remembered(
        ("foot", site and site.pk, get_language()),
        lambda: render_to_string(
            "components/footer.html",
            {"columns": context.get("footer"), "site_funding": context.get("site_funding")},
        ),
    )


@register.simple_tag(takes_context=True)
def statement_of(context, page):
    """What the site itself adds to this page of text (home.privacy.Privacy and its like), or None."""
    if page.statement not in STATEMENTS:
        return None
    return STATEMENTS[page.statement](Operator.of(site_of(context["request"])))


@register.inclusion_tag("components/head.html", takes_context=True)
def head_of(context, thing, crumbs=()):
    """What programs are told of the page about this thing; nothing of a draft, which nobody is to list."""
    is_draft = getattr(context["request"], "is_preview", False) or not getattr(thing, "live", True)
    return printed(None if is_draft else head.head_of(thing, crumbs, context["site_operator"]))


@register.inclusion_tag("components/head.html")
def head_of_list(title, description, path):
    """What programs are told of a page that lists others."""
    return printed(head.listed(title, description, path))


@register.inclusion_tag("components/head.html", takes_context=True)
def head_of_search(context, title, address, kind, is_whole):
    """What programs are told of a page of results."""
    operator = context["site_operator"]
    return printed(head.searched(title, address, kind, operator, is_whole=is_whole))


def printed(about):
    """The values of components/head.html."""
    return {
        "head": about,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "data": structured.script(about.data) if about and about.data else "",
    }
