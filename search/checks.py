"""The rule of this room: what can be published can be found."""

from django.core.checks import Error, register

from knowledge.models import KnowledgePage
from search import documents


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
