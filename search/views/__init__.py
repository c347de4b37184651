"""What search shows at its addresses, by subject."""

from search.views.compare import compare, compare_download
from search.views.files import search_export, search_feed
from search.views.keep import (
    delete_search,
    pause_search,
    save_search,
    saved_search,
    saved_searches,
    stop_letters,
)
from search.views.pages import search_page, section_page
from search.views.suggest import search_suggest

__all__ = [
    "compare",
    "compare_download",
    "delete_search",
    "pause_search",
    "save_search",
    "saved_search",
    "saved_searches",
    "search_export",
    "search_feed",
    "search_page",
    "search_suggest",
    "section_page",
    "stop_letters",
]
