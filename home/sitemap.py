"""What search engines may list: every public page of the site, of its regions and of its materials.

A fixed number of queries, however many there are.
"""

from collections import defaultdict
from itertools import chain
from urllib.parse import quote

from django.db.models import Max
from django.urls import reverse
from wagtail.models import Page, Site

from knowledge.models import KnowledgePage
from network.addresses import full_address
from regions.models import RawMaterial, Region

# More do not go into one file (sitemaps.org).
MOST = 50_000
LISTS = ("regions", "materials", "progress")


def entries():
    """(address, when it changed last or None) of everything public, always in the same order."""
    pages = list(public_pages().values_list("url_path", "last_published_at").order_by("pk"))
    root = Site.objects.select_related("root_page").get(is_default_site=True).root_page.url_path
    latest = max((moment for _path, moment in pages if moment), default=None)
    return chain(
        ((full_address("/" + quote(path.removeprefix(root))), moment) for path, moment in pages),
        ((full_address(reverse(name)), latest) for name in LISTS),
        regions(),
        materials(),
    )


def public_pages():
    """Published pages that everybody may read, below the first page of the site."""
    root = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    return Page.objects.live().public().descendant_of(root, inclusive=True)


def regions():
    """Each region with the day of the latest page about it or about what lies in it."""
    latest = defaultdict(lambda: None)
    for code, moment in published_about("regions__code"):
        # The codes of what a region lies in are the beginnings of its own.
        for length in range(2, len(code) + 1):
            latest[code[:length]] = later(latest[code[:length]], moment)
    for code in Region.objects.order_by("code").values_list("code", flat=True):
        yield full_address(reverse("region", args=[code])), latest[code]


def materials():
    """Each raw material with the day of the latest page about it or about what belongs to it."""
    rows = list(RawMaterial.objects.order_by("code").values_list("pk", "code", "parent_id"))
    above = defaultdict(set)
    for pk, _code, parent in rows:
        above[pk] |= {parent} - {None}
    for group, member in RawMaterial.members.through.objects.values_list(
        "from_rawmaterial", "to_rawmaterial"
    ):
        above[member].add(group)
    latest = defaultdict(lambda: None)
    for pk, moment in published_about("raw_materials"):
        waiting, seen = [pk], set()
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                latest[one] = later(latest[one], moment)
                waiting += above[one]
    for pk, code, _parent in rows:
        yield full_address(reverse("material", args=[code])), latest[pk]


def published_about(what):
    """[(key, when the latest public page about it was published)]."""
    pages = KnowledgePage.objects.filter(pk__in=public_pages().order_by().values("pk"))
    about = pages.exclude(**{what: None}).order_by().values_list(what)
    return about.annotate(latest=Max("last_published_at"))


def later(one, other):
    return max((moment for moment in (one, other) if moment), default=None)
