"""Where the admin learns about search: its words, the staff page, the notice when something is wrong."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from search import status
from search.rights import may_watch
from search.staff import search_staff
from search.words_admin import SearchWordsGroup


@hooks.register("register_admin_urls")
def search_urls():
    return [path("search-status/", search_staff, name="search_staff")]


class SearchMenuItem(MenuItem):
    """How search is, among the reports."""

    def is_shown(self, request):
        return may_watch(request.user)


@hooks.register("register_reports_menu_item")
def search_menu():
    return SearchMenuItem(_("Search"), reverse("search_staff"), icon_name="search", order=900)


class TroublePanel(Component):
    """On the admin's first page: what is wrong with search, in sentences."""

    name = "search_trouble"
    template_name = "search/admin/trouble.html"
    order = 10

    def __init__(self, sentences):
        self.sentences = sentences

    def get_context_data(self, parent_context):
        return {"sentences": self.sentences}


@hooks.register("construct_homepage_panels")
def tell_of_trouble(request, panels):
    if may_watch(request.user) and (sentences := status.troubles()):
        panels.append(TroublePanel(sentences))


register_snippet(SearchWordsGroup)
