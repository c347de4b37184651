"""Which address leads to which room."""

from django.conf.urls.i18n import i18n_patterns
from django.http import Http404
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from config.health import healthz
from config.media import media
from home.addresses import serve
from home.for_machines import robots, sitemap_file
from knowledge.views.admin_lists import keywords
from knowledge.views.workflow import decide
from search.api import api

# The one login door: every other way in leads to it, with the place to return to.
login_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

handler500 = "config.busy.fault"


def gone(request):
    """What Wagtail offers here and nobody needs."""
    raise Http404


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_file, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_file, name="sitemap_part"),
    path("api/v1/", api.urls),
    path("admin/login/", login_door),
    # Wagtail's way to see what an error looks like.
    path("admin/failwhale/", gone),
    path("_util/login/", login_door),
    # Before Wagtail's own view of the same address, which cannot say why it refuses.
    path("admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/", decide),
    path("admin/tag-autocomplete/", require_admin_access(keywords)),
    path("admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/", require_admin_access(keywords)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Whatever begins like this is decided here, so that no redirect and no page answers for it.
    re_path(r"^media(?:/(?P<path>(?s:.*)))?\Z", media),
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
    # The same addresses as Wagtail's own, which come next for the names that it knows them by.
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
