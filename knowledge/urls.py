from django.urls import path, register_converter
from django.urls.converters import UUIDConverter

from knowledge.views import files, public


class PermanentId(UUIDConverter):
    """The id of a page as people write it: in small letters or in capitals."""

    regex = "(?i:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"


register_converter(PermanentId, "permanent_id")

urlpatterns = [
    path("pictures/<int:pk>/original/", files.original, name="picture_original"),
    path("id/<permanent_id:permanent_id>/", public.permanent_address, name="permanent_address"),
    path("id/<permanent_id:permanent_id>/confirm/", public.confirm, name="confirm_page"),
]
