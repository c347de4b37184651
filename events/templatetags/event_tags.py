from django import template

from events.details import details
from events.forms import RegistrationForm

register = template.Library()


@register.simple_tag(takes_context=True)
def event_details(context, event):
    """Everything the event's page prints for this reader, with one call."""
    return details(event, reader(context))


@register.simple_tag(takes_context=True)
def registration_form(context, event, details):
    """The form to register with: the one just sent with its errors, else an empty one; none when closed."""
    if not details.situation.takes_registrations or (details.place and details.place.stands):
        return None
    return context.get("registration_form") or RegistrationForm(
        event=event, situation=details.situation, user=reader(context)
    )


def reader(context):
    request = context.get("request")
    return getattr(request, "user", None)
