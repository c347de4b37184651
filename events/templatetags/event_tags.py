from django import template

from events.details import details

register = template.Library()


@register.simple_tag(takes_context=True)
def event_details(context, event):
    """Everything the event's page prints for this reader, with one call."""
    return details(event, reader(context))


def reader(context):
    request = context.get("request")
    return getattr(request, "user", None)
