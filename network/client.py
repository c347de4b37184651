"""Who asks: the one answer of the whole site, wherever something is counted for each client.

Only addresses tell. Behind our own proxies, what the first of them wrote: anybody can put more in front.
"""

import re
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

# One household or office has as many addresses of the sixth version as it likes.
ONE_CLIENT = 64
# Some proxies write the port too: 203.0.113.9:4711, [2001:db8::1]:4711.
WITH_PORT = re.compile(r"^(?:\[(?P<six>[^\]]*)\]|(?P<four>[\d.]+))(?::\d*)?$")


def client_of(request):
    """Whose request this is: an address of the fourth version, or a network of the sixth."""
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROXIES and len(said) >= settings.PROXIES and (client := as_client(said[-settings.PROXIES])):
        return client
    return as_client(request.META.get("REMOTE_ADDR", "")) or "unknown"


def as_client(text):
    """The client that this address belongs to; nothing when it is no address."""
    text = text.strip()
    if found := WITH_PORT.match(text):
        text = found["six"] or found["four"] or ""
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((address, ONE_CLIENT), strict=False)) if address.version == 6 else str(address)


def scrambled(client, now=None):
    """What may be kept instead of the client: [today's name, yesterday's name], which nobody can turn back.

    Tomorrow the same client has another name; who looks back over midnight looks for both.
    """
    today = timezone.localdate(now or timezone.now())
    return [
        salted_hmac("network.client", f"{day}:{client}", algorithm="sha256").hexdigest()[:32]
        for day in (today, today - timedelta(days=1))
    ]
