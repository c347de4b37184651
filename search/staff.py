"""The staff page of search: which engine answers, what waits, what is looked for and not found."""

from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _

from search import engines, frequent, notes, status
from search.models import SearchDocument
from search.rights import may_watch

TEXTS_SHOWN = 20


def search_staff(request):
    """How search is, for those who may see it."""
    if not may_watch(request.user):
        raise PermissionDenied
    summary = status.summary()
    context = {
        "page_title": _("Search"),
        "header_icon": "search",
        "summary": summary,
        "state_label": {
            status.OK: _("All engines answer."),
            status.DEGRADED: _("Search works, and something is wrong."),
            status.DOWN: _("No engine answers: only titles are searched."),
        }[summary["state"]],
        "problems": list(dict.fromkeys([*summary["problems"], *status.troubles()])),
        "public": SearchDocument.objects.public().count(),
        "engines": [engine_row(name) for name in engines.names()],
        "searches": list(frequent.counted()[:TEXTS_SHOWN]),
        "without": frequent.searches_without_results(TEXTS_SHOWN),
        "days": frequent.KEPT_DAYS,
        "shown_from": frequent.SHOWN_FROM,
    }
    return render(request, "search/admin/status.html", context)


def engine_row(name):
    rebuilt = notes.last_rebuild(name)
    if rebuilt:
        rebuilt = rebuilt | {"at": datetime.fromtimestamp(rebuilt["at"], UTC)}
    is_asked = name == engines.ELASTICSEARCH
    return {
        "name": {engines.EMBEDDED: _("Embedded"), engines.ELASTICSEARCH: "Elasticsearch"}[name],
        **status.state_of(name),
        "rebuilt": rebuilt,
        "is_resting": is_asked and bool(engines.breaker.is_open or notes.trouble(name, notes.ANSWERS)),
    }
