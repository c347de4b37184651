"""What surrounds every public page: navigation, footer, what the site says about itself."""

from django.core.cache import caches
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from home import navigation
from home.models import Operator, SiteIdentity, TextPage

REMEMBERED_SECONDS = 30


def surroundings(request):
    """Lazy, so that the admin, fragments and e-mails pay nothing for it."""
    known = SimpleLazyObject(lambda: remembered(request))
    return {
        "site_identity": SimpleLazyObject(lambda: known["identity"]),
        "site_operator": SimpleLazyObject(lambda: known["operator"]),
        "site_funding": SimpleLazyObject(lambda: funding(known["identity"])),
        "navigation": SimpleLazyObject(lambda: navigation.main(request.path)),
        "footer": SimpleLazyObject(lambda: navigation.footer(known["text_pages"])),
    }


def remembered(request):
    """What the database says of the frame: the same for every visitor, so each process asks twice a minute
    and no page waits for it. A renamed text page may show its old name that long."""
    return caches["process"].get_or_set(
        f"surroundings:{request.get_host()}",
        lambda: {
            "identity": SiteIdentity.said_by(request),
            "operator": Operator.of(Site.find_for_request(request)),
            "text_pages": list(text_pages()),
        },
        REMEMBERED_SECONDS,
    )


def funding(identity):
    """The funding line, only where the site's settings say so."""
    if not identity.funding_statement and not identity.shows_eu_emblem:
        return None
    return {"text": identity.funding_statement, "emblem": identity.shows_eu_emblem}


def text_pages():
    """Address and title of the public pages about the site itself."""
    pages = TextPage.objects.live().public().in_menu().filter(depth=3).order_by("path")
    return [(f"/{slug}/", title) for slug, title in pages.values_list("slug", "title")]
