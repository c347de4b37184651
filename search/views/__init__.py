"""What search shows at its addresses, by subject."""

from search.views.pages import search_page, section_page

__all__ = ["search_page", "section_page"]
