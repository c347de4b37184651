from django import template
from django.utils.html import format_html
from wagtail.snippets.views.snippets import EditView

from knowledge.versions import ROW_FIELD, version_of

register = template.Library()


@register.simple_tag(takes_context=True)
def seen_version(context):
    """The hidden field by which the form of a snippet, or of a row like one, names what it was made from."""
    view = context.get("view")
    if not (isinstance(view, EditView) or getattr(view, "saves_knowingly", False)):
        return ""
    # A form that comes back with errors was made from what it named before.
    version = context["request"].POST.get(ROW_FIELD) or version_of(context["form"].instance)
    return format_html('<input type="hidden" name="{}" value="{}">', ROW_FIELD, version)
