"""Which page answers an address: looked up at once, where Wagtail goes down the tree, step by step."""

from copy import copy
from types import SimpleNamespace

from django.http import Http404
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve as serve_page

from knowledge.models import SectionPage
from network import kept


def serve(request, path):
    """The page at this address, as Wagtail serves it."""
    request._wagtail_cached_site_root_paths = root_paths()
    if site := only_site():
        request._wagtail_site = site
        request._wagtail_route_for_request = route(site, request, path)
    return serve_page(request, path)


def root_paths():
    """Where in the tree each site begins, without which Wagtail knows the address of no page."""
    return kept.remembered("root paths", Site.get_site_root_paths)


def path_of(page):
    """The path of this page; empty where no site leads to it."""
    # It looks no further than for this.
    request = SimpleNamespace(_wagtail_cached_site_root_paths=root_paths())
    parts = page.get_url_parts(request)
    return (parts and parts[2]) or ""


def site_of(request):
    """The site that answers this request."""
    return only_site() or Site.find_for_request(request)


def only_site():
    """The site, where there is no other; which of several answers a request, Wagtail has to say."""
    sites = kept.remembered("sites", lambda: list(Site.objects.select_related("root_page")))
    return sites[0] if len(sites) == 1 and sites[0].is_default_site else None


def route(site, request, path):
    """What Wagtail's own route would be, or None where nothing answers."""
    language = get_language()
    first = kept.remembered(("first page", language), lambda: site.root_page.localized.specific)
    steps = [step for step in path.split("/") if step]
    # Who serves a page may write on it.
    page = page_below(first, steps) if steps else copy(first)
    try:
        return page and page.route(request, [])
    except Http404:
        return None


def page_below(first, steps):
    """The page to which these steps lead, with what its kind says is read along; or None."""
    # Only the last step has an index.
    here = {"slug": steps[-1], "url_path": f"{first.url_path}{'/'.join(steps)}/"}
    section, model = sections().get(f"{first.url_path}{'/'.join(steps[:-1])}/", (None, Page))
    page = read(model, here) or (section and read(Page, here))
    if page and type(page) is Page:
        page = read(page.specific_class, here)
    if page and section:
        page._cached_parent_obj = section
    return page


def read(model, here):
    """The page here, if it is one of these, with what its kind says is read along."""
    return model.objects.filter(**here).select_related(*getattr(model, "read_along", ())).order_by().first()


def sections():
    """The sections by their addresses, each with the kind of page that it holds first: one of several."""

    def asked():
        found = {}
        for section in SectionPage.objects.all():
            some = Page.objects.child_of(section).order_by("path").first()
            found[section.url_path] = (section, some.specific_class if some else Page)
        return found

    return kept.remembered("sections", asked)
