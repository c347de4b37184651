"""How often one client may ask: enough for people and their programs, too little to wear the site out.

Nothing is written down: each process keeps, in its memory and for a minute, scrambled addresses only.
"""

import hashlib
import secrets
import threading
import time

MINUTE = 60
# More clients than this in one minute are not told apart: those who have waited longest are forgotten.
MOST_CLIENTS = 10_000


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
