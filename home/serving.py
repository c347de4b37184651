"""Answers anonymous readers from memory, above sessions, sign-in and messages.

A kept page is sent only while the numbers it was drawn under stand in the database: the one query of a hit.
"""

import hashlib
from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_path

from home.kept_pages import KeptPage, kept_pages
from network import kept
from network.content_version import CONTENT
from search.forms import PARAMETERS

# The addresses whose pages are kept, by their names, each with the parameters that are known there. Words
# that were typed are not: there are more of them than memory, and search counts who asked for what.
FILTERED = PARAMETERS - {"q"}
KEPT = {
    "wagtail_serve": set(),
    "regions": set(),
    "region": set(),
    "materials": {"list"},
    "material": set(),
    "events": {"kind", "where", "language", "focus", "past"},
    "progress": {"project"},
    "progress_records": {"project", "period", "new", "page"},
    "progress_all_records": {"project", "page"},
    "search": FILTERED,
    "good_practices": FILTERED,
    "policy_instruments": FILTERED,
}
FRESH = "private, no-cache"


def keep_pages(get_response):
    """Send what is kept, else what is drawn, and keep it where everybody gets the same."""

    def middleware(request):
        with kept.page() as drawing:
            key = key_of(request)
            if key is None:
                drawing.may_be_kept = False
                return get_response(request)
            known = kept_pages.get(key)
            drawing.read(known.numbers if known else [CONTENT])
            now = timezone.now()
            if known and known.holds(drawing.numbers, now):
                kept_pages.hit()
                return sent(known, request)
            response = get_response(request)
            if drawing.may_be_kept and is_for_everybody(request, response):
                page = as_kept(response, drawing, now)
                kept_pages.put(key, page)
                return sent(page, request)
            return response

    return middleware


def key_of(request):
    """Host, language, path and parameters of a page that may be kept; None for a reader who may see more, and
    for whatever else is asked."""
    if not settings.KEPT_PAGES_MB or request.method not in ("GET", "HEAD"):
        return None
    cookies = request.META.get("HTTP_COOKIE", "")
    if settings.SESSION_COOKIE_NAME in cookies or CookieStorage.cookie_name in cookies:
        return None
    if "HTTP_HX_REQUEST" in request.META or "HTTP_AUTHORIZATION" in request.META:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    return request.scheme, host, language, request.path_info, request.META.get("QUERY_STRING", "")


def is_for_everybody(request, response):
    """Whether every anonymous reader of this address gets this answer, and nothing of it is one reader's."""
    found = request.resolver_match
    return (
        response.status_code == 200
        and not response.streaming
        and found is not None
        and found.view_name in KEPT
        and request.GET.keys() <= KEPT[found.view_name]
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "Cache-Control" not in response.headers
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not request.session.modified
        and "nonce-" not in response.headers.get("Content-Security-Policy", "")
    )


def as_kept(response, drawing, now):
    """The answer as it is kept, with what tells browsers to ask again each time."""
    patch_vary_headers(response, ["Cookie"])
    response.headers["Cache-Control"] = FRESH
    # Two sites of one name must not take the other's page for theirs, so all of it counts.
    response.headers["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["Content-Length"] = str(len(response.content))
    return KeptPage(
        content=response.content,
        headers=tuple(response.headers.items()),
        etag=response.headers["ETag"],
        numbers=drawing.numbers,
        drawn_at=now,
        until=min(drawing.until or midnight_after(now), midnight_after(now)),
    )


def sent(page, request):
    """The answer for one reader: the page, or that the one they have is the same."""
    response = HttpResponse(page.content, headers=dict(page.headers))
    return get_conditional_response(request, etag=page.etag, response=response)


def midnight_after(now):
    """When the day of the site ends: dates are then past, years over."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time()))
