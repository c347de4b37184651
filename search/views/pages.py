from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.addresses import full_address
from search import frequent
from search.choices import Kind
from search.forms import SearchForm
from search.keep import keep_box
from search.page import SECTIONS, context
from search.queries import search
from search.views.addresses import without_empty


@require_safe
@without_empty
def search_page(request):
    """The search page; with htmx only the parts of it that change."""
    return answer(
        request, SearchForm(request.GET, address=reverse("search"), language=get_language()), _("Search")
    )


@require_safe
@without_empty
def section_page(request, kind):
    """The search page with the kind fixed by its address."""
    address = reverse(SECTIONS[kind])
    form = SearchForm(request.GET, address=address, kind=kind, language=get_language())
    return answer(request, form, str(Kind(kind).label))


def answer(request, form, heading):
    results = search(form.query, form.vocabulary.lexicon)
    shown = context(form, results, heading=heading, canonical=canonical(form, results))
    shown["keep"] = keep_box(form, results, is_open="save" in request.GET)
    frequent.note(request, form.query, results.total)
    # Going back without a cached page asks for the whole page by htmx.
    is_fragment = request.htmx and not request.htmx.history_restore_request
    # Unfolding a facet or looking into it changes nothing but the filters.
    is_panel = is_fragment and (request.htmx.target or "").startswith("filters")
    template = "search/fragment.html" if is_fragment else "search/search.html"
    response = render(request, "search/filters.html" if is_panel else template, shown)
    patch_vary_headers(response, ["HX-Request", "HX-Target", "HX-History-Restore-Request"])
    if is_fragment and not is_panel:
        response["HX-Push-Url"] = form.url(page=results.page)
    return response


def canonical(form, results):
    """The one address of this search: at the section page of its kind, as a list in the usual order."""
    section = SECTIONS.get(form.query.kind)
    address = reverse(section) if section else reverse("search")
    url = form.url(
        address=address,
        kind="" if section else form.query.kind,
        sort="best",
        view="list",
        page=results.page,
    )
    return full_address(url)
