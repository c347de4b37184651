"""The rule of this room: what can be published can be found."""

from django.conf import settings
from django.core import checks
from django.core.checks import Error, register

from knowledge.models import KnowledgePage
from search import documents, engines
from search.engines.answer import EngineFailed


@register()
def every_kind_of_page_can_be_found(app_configs, **kwargs):
    return [
        Error(
            f"{model.__name__} cannot be found by search.",
            hint=f"Describe it in {model._meta.app_label}/search_documents.py.",
            obj=model,
            id="search.E001",
        )
        for model in KnowledgePage.__subclasses__()
        if model not in documents.registry
    ]


@register()
def elasticsearch_is_of_a_version_that_can_be_used(app_configs, **kwargs):
    """A server that does not answer now is no fault of the set-up: the site works without it."""
    if not settings.ELASTICSEARCH_URL:
        return []
    try:
        problem = engines.engine(engines.ELASTICSEARCH).version_problem()
    except EngineFailed:
        return []
    hint = "Until then the embedded engine answers. Change the server, or unset ELASTICSEARCH_URL."
    return [checks.Warning(problem, hint=hint, id="search.W001")] if problem else []
