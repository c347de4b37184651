from django.urls import path

from knowledge.views import files, public

urlpatterns = [
    path("pictures/<int:pk>/original/", files.original, name="picture_original"),
    path("id/<uuid:permanent_id>/", public.permanent_address, name="permanent_address"),
    path("id/<uuid:permanent_id>/confirm/", public.confirm, name="confirm_page"),
]
