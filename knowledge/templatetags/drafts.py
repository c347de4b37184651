from django import template

from knowledge import drafts

register = template.Library()


@register.inclusion_tag("knowledge/admin/drafts.html", takes_context=True)
def drafts_that_name(context, thing):
    """Where somebody is about to delete this thing, or all items of a list: the drafts that name it."""
    things = [row["item"] for row in thing] if isinstance(thing, list) else [thing]
    return {"drafts": drafts.drafts_that_name(things, context["request"].user)}
