"""What surrounds every public page: navigation, footer, what the site says about itself."""

from django.utils.functional import SimpleLazyObject

from home import navigation
from home.addresses import site_of
from home.models import Operator, SiteIdentity, TextPage
from knowledge.restrictions import public
from network import kept


def surroundings(request):
    """Lazy, so that the admin, fragments and e-mails pay nothing for it."""
    known = SimpleLazyObject(lambda: frame(request))
    return {
        "site_identity": SimpleLazyObject(lambda: known["identity"]),
        "site_operator": SimpleLazyObject(lambda: known["operator"]),
        "site_funding": SimpleLazyObject(lambda: funding(known["identity"])),
        "navigation": SimpleLazyObject(lambda: navigation.main(request.path)),
        "footer": SimpleLazyObject(lambda: navigation.footer(known["text_pages"])),
    }


def frame(request):
    """What the database says of the frame: the same for every visitor of a site."""
    site = site_of(request)
    return kept.remembered(
        ("frame", site and site.pk),
        lambda: {
            "identity": SiteIdentity.of(site),
            "operator": Operator.of(site),
            "text_pages": list(text_pages()),
        },
    )


def funding(identity):
    """The funding line, only where the site's settings say so."""
    if not identity.funding_statement and not identity.shows_eu_emblem:
        return None
    return {"text": identity.funding_statement, "emblem": identity.shows_eu_emblem}


def text_pages():
    """Address and title of the public pages about the site itself."""
    pages = public(TextPage.objects.live()).in_menu().filter(depth=3).order_by("path")
    return [(f"/{slug}/", title) for slug, title in pages.values_list("slug", "title")]
