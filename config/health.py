"""Whether the site can do its work: asked by load balancers and people on duty."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import disk
from home.kept_pages import kept_pages
from home.models import Operator
from network import waiting
from search import status


@require_safe
@never_cache
def healthz(request):
    """200 when the database answers and search can serve, else 503; details as JSON without secrets or names.

    "degraded", still with 200: pages are served, and something else waits for a person.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database, search, background = "ok", status.summary(), waiting.background()
        unsaid = Operator.of_the_site().problems()
    except DatabaseError:
        database, search, background, unsaid = "unreachable", {"state": "unknown"}, {"problems": []}, []
    full = disk.problem()
    problems = [*background.pop("problems"), *([full] if full else []), *unsaid]
    state = "degraded" if problems or search["state"] == "degraded" else "ok"
    healthy = database == "ok" and search["state"] != "down"
    return JsonResponse(
        {
            "status": state if healthy else "failing",
            "problems": problems,
            "database": database,
            "background": background,
            "search": search,
            "kept_pages": kept_pages.figures(),
        },
        status=200 if healthy else 503,
    )
