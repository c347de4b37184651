"""Which address leads to which room."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.health import healthz
from knowledge.views.workflow import decide
from search.api import api

# The one login door: every other way in leads to it, with the place to return to.
login_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

handler500 = "config.busy.fault"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("admin/login/", login_door),
    path("_util/login/", login_door),
    # Before Wagtail's own view of the same address, which cannot say why it refuses.
    path("admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/", decide),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Pictures only: documents go through their view, which asks who may read them.
    re_path(
        r"^media/(?P<path>(?:images|original_images)/.+)$", serve, {"document_root": settings.MEDIA_ROOT}
    ),
]

urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
    path("", include("home.urls")),
    path("", include("search.urls")),
    path("", include("progress.urls")),
    path("", include("events.urls")),
    path("", include("knowledge.urls")),
    path("", include("network.urls")),
    path("", include("regions.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
