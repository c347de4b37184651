"""Addresses that stop the letters of saved searches without signing in (RFC 8058)."""

from django.core import signing
from django.urls import reverse

from network.addresses import full_address
from search.models import SavedSearch

SALT = "search.unsubscribe"


class BadToken(Exception):  # noqa: N818
    """Nobody of ours signed this."""


def stop_url(searches):
    """The address that stops the letters of these searches; it never expires, as letters are kept."""
    token = signing.dumps([saved.pk for saved in searches], salt=SALT)
    return full_address(reverse("stop_letters", args=[token]))


def searches_of(token):
    """The searches that a signed address names, those that are still there; or BadToken."""
    try:
        numbers = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise BadToken from error
    return SavedSearch.objects.filter(pk__in=numbers)


def headers(searches):
    """The headers with which a mail program offers to stop the letters by one click."""
    return {
        "List-Unsubscribe": f"<{stop_url(searches)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
