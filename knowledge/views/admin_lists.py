"""Lists of Wagtail's that would tell words of others: tags of files and pictures, keywords of pages."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import JsonResponse
from django.views.decorators.http import require_safe
from taggit.models import Tag
from wagtail.documents.views import documents
from wagtail.images.views import images

from knowledge.models import KnowledgePage, Picture, SourceDocument
from knowledge.permissions import seen_by
from language.typed import as_line

SUGGESTED = 10


class WithoutTags:
    """A list is not narrowed by tags: the most frequent ones are words of everybody's files."""

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        self.filters.pop("tag", None)


class DocumentsFilter(WithoutTags, documents.DocumentsFilterSet):
    class Meta(documents.DocumentsFilterSet.Meta):
        pass


class PicturesFilter(WithoutTags, images.ImagesFilterSet):
    class Meta(images.ImagesFilterSet.Meta):
        pass


class DocumentList(documents.IndexView):
    filterset_class = DocumentsFilter


class PictureList(images.IndexView):
    filterset_class = PicturesFilter


@require_safe
def keywords(request, app_name="taggit", model_name="tag"):
    """Keywords that begin with what an editor typed, of what this person may see."""
    if (app_name, model_name) != ("taggit", "tag"):
        raise PermissionDenied
    words = as_line(request.GET.get("term", ""))[:100]
    if not words:
        return JsonResponse([], safe=False)
    used = Q(knowledge_knowledgepagetag_items__content_object__in=keys_seen(request.user, KnowledgePage))
    for model in (SourceDocument, Picture):
        rows = keys_seen(request.user, model)
        label = model._meta.model_name
        used |= Q(
            taggit_taggeditem_items__content_type__model=label, taggit_taggeditem_items__object_id__in=rows
        )
    names = Tag.objects.filter(used, name__istartswith=words).order_by("name").distinct()
    return JsonResponse(list(names.values_list("name", flat=True)[:SUGGESTED]), safe=False)


def keys_seen(user, model):
    """The keys of the rows of a model that this person may see."""
    return seen_by(user, model.objects.order_by()).values("pk")
