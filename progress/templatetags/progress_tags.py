from django import template

from progress.report import counters, examples_among

register = template.Library()


@register.inclusion_tag("progress/counters.html")
def progress_counters(limit=None, project=None):
    """The first so many counters, of one project or of all together."""
    shown = counters(project, limit=limit)
    return {"counters": shown} | examples_among(shown)
