"""How often one client may ask: enough for people and their programs, too little to wear the site out.

Nothing is written down: each process keeps, in its memory and for a minute, scrambled addresses only.
"""

import hashlib
import secrets
import threading
import time
from ipaddress import ip_address, ip_network

from django.conf import settings

MINUTE = 60
# More clients than this in one minute are not told apart: those who have waited longest are forgotten.
MOST_CLIENTS = 10_000
# One household or office has as many addresses of the sixth version as it likes.
ONE_CLIENT = 64


class RateLimit:
    """So many questions a minute for each client, at once or one by one."""

    def __init__(self):
        self.lock = threading.Lock()
        # When each client's questions so far would be used up, had they come evenly.
        self.until = {}
        self.salt = secrets.token_bytes(16)

    def wait(self, client, a_minute, now=None):
        """Count one question; gives back after how many seconds it may be asked, 0 for at once."""
        now = time.monotonic() if now is None else now
        name = hashlib.blake2b(client.encode(), key=self.salt, digest_size=12).digest()
        each = MINUTE / a_minute
        with self.lock:
            until = max(self.until.pop(name, now), now) + each
            if until - now > MINUTE + each / 2:
                self.until[name] = until - each
                return until - now - MINUTE
            if len(self.until) >= MOST_CLIENTS:
                self.forget(now)
            self.until[name] = until
        return 0

    def forget(self, now):
        self.until = {name: until for name, until in self.until.items() if until > now}
        for name in list(self.until)[: max(len(self.until) - MOST_CLIENTS + 1, 0)]:
            del self.until[name]


def client_of(request):
    """Whose question this is, as far as addresses tell: behind our own proxies, what they say."""
    address = request.META.get("REMOTE_ADDR", "")
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if settings.PROXIES and len(said) >= settings.PROXIES and said[-settings.PROXIES]:
        # Only what our own proxies wrote counts; anybody can put more in front of it.
        address = said[-settings.PROXIES]
    try:
        known = ip_address(address)
    except ValueError:
        return address[:60]
    known = getattr(known, "ipv4_mapped", None) or known
    return str(ip_network((known, ONE_CLIENT), strict=False)) if known.version == 6 else str(known)
