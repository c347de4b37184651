"""An address that somebody wrote in capitals, or with a mark that nobody sees, leads to the page it means."""

from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from wagtail.models import Page

from language.typed import as_key

# So many pages of one name are looked at.
NAMESAKES = 20
NO_ADDRESS_OF_OURS = "wagtail_serve"


def in_small_letters(get_response):
    """Instead of “not found”. Only public pages are found so, and no address that holds a secret."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            address = meant_by(request)
            if address:
                asked = request.META.get("QUERY_STRING", "")
                return redirect(f"{address}?{asked}" if asked else address)
        return response

    return middleware


def meant_by(request):
    """The address in small letters, where there is something; None otherwise."""
    small = as_key(request.path).lower()
    found = request.resolver_match
    if small == request.path or "//" in small:
        return None
    if found is None or found.url_name == NO_ADDRESS_OF_OURS:
        return small if is_declared(small) or is_public_page(small, request) else None
    return small if "slug" in found.kwargs and public_pages(found.kwargs["slug"].lower()).exists() else None


def is_declared(path):
    """Whether the site has such an address besides its pages; what follows it may still not exist."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return found.url_name != NO_ADDRESS_OF_OURS and not found.namespaces and "token" not in found.kwargs


def is_public_page(path, request):
    """Whether a page that everybody may see stands at this address."""
    pages = public_pages(path.rstrip("/").rpartition("/")[2])[:NAMESAKES]
    return any(page.get_url(request) == path for page in pages)


def public_pages(slug):
    return Page.objects.live().public().filter(slug=slug)
