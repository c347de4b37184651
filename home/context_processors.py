"""What surrounds every public page: navigation, footer, what the site says about itself."""

from django.utils.functional import SimpleLazyObject

from home import navigation
from home.models import SiteIdentity, TextPage


def surroundings(request):
    """Lazy, so that the admin, fragments and e-mails pay nothing for it."""
    return {
        "site_identity": SimpleLazyObject(lambda: SiteIdentity.for_request(request)),
        "site_funding": SimpleLazyObject(lambda: funding(SiteIdentity.for_request(request))),
        "navigation": SimpleLazyObject(lambda: navigation.main(request.path)),
        "footer": SimpleLazyObject(lambda: navigation.footer(text_pages())),
    }


def funding(identity):
    """The funding line, only where the site's settings say so."""
    if not identity.funding_statement and not identity.shows_eu_emblem:
        return None
    return {"text": identity.funding_statement, "emblem": identity.shows_eu_emblem}


def text_pages():
    """Address and title of the public pages about the site itself."""
    pages = TextPage.objects.live().public().in_menu().filter(depth=3).order_by("path")
    return [(f"/{slug}/", title) for slug, title in pages.values_list("slug", "title")]
