"""Addresses of this site as letters, files, feeds and programs carry them.

The setting SITE_URL is the one source of what stands before the path. Neither the host that a request names
nor Wagtail's list of sites is asked, so a letter, an export and a page say the same, wherever they were made.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def full_address(address):
    """The path with the name of the site before it; an address elsewhere, or none, stays as it is."""
    return settings.SITE_URL + address if address.startswith("/") else address


def on_this_site(address):
    """An address of this site that was made for the host of a request, under the name that the site has."""
    parts = urlsplit(address)
    return full_address(parts._replace(scheme="", netloc="").geturl()) if parts.netloc else address


def host():
    """The name of the site's host, without its port."""
    return urlsplit(settings.SITE_URL).hostname


def port():
    """The port under which the site is asked for."""
    parts = urlsplit(settings.SITE_URL)
    return parts.port or (443 if parts.scheme == "https" else 80)


def page_path(page):
    """The path of a page, without a query: what stands after the site's root in its place in the tree."""
    return reverse("wagtail_serve", args=[page.url_path.split("/", 2)[2]])
