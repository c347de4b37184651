"""Which parts of the tree are not for everybody, asked once for all pages."""

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from network import kept


def public(pages):
    """Those of these pages that everybody may read; what Wagtail's `public()` gives, without its query."""
    closed = Q()
    for path in closed_paths():
        closed |= Q(path__startswith=path)
    return pages.exclude(closed) if closed else pages


def closed_paths():
    """The places of the tree below which a restriction holds."""
    return kept.remembered(
        "closed paths", lambda: frozenset(PageViewRestriction.objects.values_list("page__path", flat=True))
    )


def may_be_closed(page):
    """Whether a restriction may hold for this page: one on it or above it, or on what these are copies of."""
    closed = closed_paths()
    return any(page.path.startswith(path) for path in closed) or bool(closed and has_copies())


def has_copies():
    """Whether any page follows another one, with its restrictions."""
    return kept.remembered("copies", lambda: Page.objects.filter(alias_of__isnull=False).exists())


class SeldomRestricted:
    """A page that asks what restricts it only where something may."""

    def get_view_restrictions(self):
        if not may_be_closed(self):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()
