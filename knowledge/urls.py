from django.urls import path

from knowledge.views import public

urlpatterns = [
    path("id/<uuid:permanent_id>/", public.permanent_address, name="permanent_address"),
    path("id/<uuid:permanent_id>/confirm/", public.confirm, name="confirm_page"),
]
