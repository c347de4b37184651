"""Texts of pages: what the editor sends, and the links in them, which name a page by its key.

Whoever writes a text can name any key. The address of a page is made of its title, so a draft's is shown to
nobody, neither to the readers of the text nor to its author; it appears once the page is published.
"""

from bs4 import BeautifulSoup
from django.core.exceptions import BadRequest
from django.forms import Media
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.rich_text.pages import PageLinkHandler

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Between the cells of a row, once it is the item of a list.
JOINT = "; "
# As long as the longest key that every database understands.
DIGITS = 18


def is_key(value):
    """Whether a page can be known by this."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def link_as_stored(said):
    """A link of the editor. Of one to what is neither a page's key nor an address, the words alone stay."""
    key, address = said.get("id"), said.get("url")
    if not is_key(key):
        said = said | {"id": None, "url": address if key is None and isinstance(address, str) else ""}
    return link_entity(said)


class LinkOnThePage(PageLinkHandler):
    """A link as readers get it."""

    @classmethod
    def get_many(cls, attrs_list):
        known = [attrs if is_key(attrs.get("id")) else {} for attrs in attrs_list]
        return [page if page and page.live else None for page in super().get_many(known)]


class LinkInTheEditor(PageLinkElementHandler):
    """A link as the editor knows it; of a page that is not public, its place in the admin instead."""

    def get_attribute_data(self, attrs):
        if not is_key(attrs.get("id")):
            return {"id": None, "url": None, "parentId": None}
        page = LinkOnThePage.get_many([attrs])[0]
        if page is None:
            key = int(attrs["id"])
            return {"id": key, "url": reverse("wagtailadmin_pages:edit", args=[key]), "parentId": None}
        return super().get_attribute_data(attrs)


class TextEditor(DraftailRichTextArea):
    """Wagtail's editor, which keeps the rows of a pasted table as a list and says so (static/js/paste.js).

    It sends blocks and marks of its own making; what is none of them was made up by somebody, and is refused.
    """

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-table-note": _(
                "A table was pasted. Texts keep no tables: each of its rows is an item of a list now. Please "
                "look whether it still reads well."
            )
        }
        if set(self.features) & HEADINGS:
            context["widget"]["attrs"]["data-keeps-headings"] = True
        return context

    @cached_property
    def media(self):
        return super().media + Media(js=["js/paste.js"], css={"all": ["css/pickers.css"]})

    def format_value(self, value):
        """What was written in another way than here may hold tables too."""
        return super().format_value(tables_as_lists(value))

    def value_from_datadict(self, data, files, name):
        try:
            return super().value_from_datadict(data, files, name)
        except Exception as error:  # each way in which it can be wrong raises something else
            raise BadRequest("This is no text of the editor.") from error


def tables_as_lists(html):
    """The text with each table as a list: one item a row, its cells joined. One within another is part of its
    cell."""
    if not html or "<table" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.find_all("table"):
        if table.find_parent("table"):
            continue
        items = soup.new_tag("ul")
        for row in table.find_all("tr"):
            cells = [in_words(cell) for cell in row.find_all(["td", "th"], recursive=False)]
            if row.find_parent("table") is table and any(cells):
                items.append(soup.new_tag("li", string=JOINT.join(cell for cell in cells if cell)))
        table.replace_with(items)
    return str(soup)


def in_words(cell):
    """The words of a cell, in one line."""
    return " ".join(cell.get_text(" ").split())


def register(features):
    """Put our links in the place of Wagtail's."""
    features.register_link_type(LinkOnThePage)
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': LinkInTheEditor("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": link_as_stored}},
        },
    )
