"""Whether the site can do its work: asked by load balancers and people on duty."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import status


@require_safe
@never_cache
def healthz(request):
    """200 when the database answers and search can serve, else 503; details as JSON without secrets."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
        search = status.summary()
    except DatabaseError:
        database, search = "unreachable", {"state": "unknown"}
    healthy = database == "ok" and search["state"] != "down"
    return JsonResponse(
        {"status": "ok" if healthy else "failing", "database": database, "search": search},
        status=200 if healthy else 503,
    )
