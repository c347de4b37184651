"""What the head of a public page tells programs: title, what it is about, its one address, a picture."""

from dataclasses import dataclass, field
from functools import singledispatch

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from events.models import LearningEventPage
from home import structured
from home.addresses import path_of
from home.models import HomePage, TextPage
from home.structured import shortened
from knowledge.models import GoodPracticePage, KnowledgePage
from network.addresses import full_address
from regions.models import RawMaterial, Region
from search.choices import Kind
from search.page import SECTIONS

# The size the page itself shows, so that it is there already.
SIZE = "width-920"
ABOUT = {
    "": _lazy(
        "Search what Europe’s mining regions tried, regulate and learn: by stage, material and region."
    ),
    Kind.PRACTICE: _lazy(
        "Good practices of Europe’s mining regions, each with its source and its evidence: by value-chain "
        "stage, raw material and region."
    ),
    Kind.INSTRUMENT: _lazy(
        "Policy instruments of Europe’s mining regions: laws, plans and programmes, and what changed in them."
    ),
}


@dataclass(frozen=True)
class Picture:
    """A picture that stands for the page where somebody shares it."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Head:
    """One page, as programs are told of it."""

    title: str
    description: str
    address: str
    kind: str = "website"
    picture: Picture | None = None
    data: list = field(default_factory=list)

    @property
    def shown(self):
        """The picture of the page, or the one of the site."""
        return self.picture or Picture(full_address(static("img/share.png")), 1200, 630, "Adit")


def listed(title, description, path):
    """The head of a page that is a list of others."""
    return Head(title=title, description=shortened(description), address=full_address(path))


def searched(title, address, kind, operator, *, is_whole):
    """The head of a page of results; a list that `is_whole`, of all of one kind, is a set of data."""
    description = str(ABOUT.get(kind, ABOUT[""]))
    data = []
    if is_whole and kind in SECTIONS:
        path = reverse(SECTIONS[kind])
        data = [structured.dataset(str(Kind(kind).label), description, path, kind, operator)]
    return Head(title=title, description=description, address=full_address(address), data=data)


@singledispatch
def head_of(thing, crumbs, operator):
    """The head of the page about this thing; `crumbs` lead to it, `operator` runs the site."""
    raise TypeError(f"No page is about a {type(thing).__name__}.")


@head_of.register
def _of_page(page: Page, crumbs, operator):
    return Head(title=page.title, description=shortened(page.search_description), address=address_of(page))


@head_of.register
def _of_home(page: HomePage, crumbs, operator):
    return Head(
        title=_("Mining regions learning from each other"),
        description=page.search_description
        or _(
            "Good practices, policy instruments and learning events of Europe’s mining regions, each with "
            "its source: what was tried, where, and what came of it."
        ),
        address=address_of(page),
        data=[structured.site(), structured.body(operator)],
    )


@head_of.register
def _of_text(page: TextPage, crumbs, operator):
    description = shortened(page.search_description or page.lead)
    return Head(title=page.seo_title or page.title, description=description, address=address_of(page))


@head_of.register
def _of_knowledge(page: KnowledgePage, crumbs, operator):
    picture = picture_of(page)
    return Head(
        title=page.seo_title or page.title,
        description=shortened(page.search_description or page.summary),
        address=address_of(page),
        kind="article",
        picture=picture,
        data=[
            structured.article(page, address_of(page), picture, operator),
            structured.trail(crumbs, page.title, address_of(page)),
        ],
    )


@head_of.register
def _of_event(page: LearningEventPage, crumbs, operator):
    crumbs = crumbs or [(_("Home"), "/"), (_("Events"), reverse("events"))]
    return Head(
        title=page.seo_title or page.title,
        description=shortened(page.search_description or page.summary),
        address=address_of(page),
        kind="article",
        data=[
            structured.event(page, address_of(page), operator),
            structured.trail(crumbs, page.title, address_of(page)),
        ],
    )


@head_of.register
def _of_region(region: Region, crumbs, operator):
    address = full_address(region.get_absolute_url())
    description = _(
        "Mining and raw materials in %(name)s (%(code)s): good practices, policy instruments, learning "
        "events and organisations, each with its source."
    )
    return Head(
        title=region.name,
        description=description % {"name": region.name, "code": region.code},
        address=address,
        data=[structured.region(region, address), structured.trail(crumbs, region.name, address)],
    )


@head_of.register
def _of_material(material: RawMaterial, crumbs, operator):
    address = full_address(material.get_absolute_url())
    description = _(
        "%(name)s in Europe’s mining regions: good practices along the value chain, policy instruments and "
        "learning events, each with its source."
    )
    return Head(
        title=material.name,
        description=description % {"name": material.name},
        address=address,
        data=[structured.material(material, address), structured.trail(crumbs, material.name, address)],
    )


def address_of(page):
    """The one address of a page of the tree; the first page's where it has none of its own."""
    return full_address(path_of(page) or "/")


def picture_of(page):
    """The picture of a practice, in the size that its page shows."""
    if not isinstance(page, GoodPracticePage) or not page.picture:
        return None
    try:
        size = page.picture.get_rendition(SIZE)
    except SourceImageIOError:
        return None
    return Picture(full_address(size.url), size.width, size.height, page.picture.description)
