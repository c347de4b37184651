"""The pages that a process keeps in memory for anonymous readers, the least used dropped first.

Whether a kept page still holds is the caller's to ask (home.serving).
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

MEGABYTE = 1024 * 1024
# One page may take so much of the memory; a larger one is drawn each time.
LARGEST_SHARE = 8
# What an entry takes besides its content: key, headers, the entries of dictionaries; and for each number.
BESIDES, FOR_A_NUMBER = 2048, 128


@dataclass(frozen=True)
class KeptPage:
    """A page as it was sent: under which numbers it was drawn, when, and until when it reads like this."""

    content: bytes
    headers: tuple
    etag: str
    numbers: dict
    drawn_at: datetime
    until: datetime

    @property
    def size(self):
        """Bytes of memory, about."""
        return len(self.content) + BESIDES + FOR_A_NUMBER * len(self.numbers)

    def holds(self, numbers, now):
        """Whether it reads like this under these numbers at this moment. A clock set back makes it void."""
        return self.drawn_at <= now < self.until and all(
            numbers.get(name) == number for name, number in self.numbers.items()
        )


class KeptPages:
    """Pages by key, at most `limit` bytes of them in all; safe among threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()

    def forget(self):
        """Drop everything and begin to count anew."""
        with self.lock:
            self.pages, self.size, self.hits, self.drawn = OrderedDict(), 0, 0, 0

    @property
    def limit(self):
        return settings.KEPT_PAGES_MB * MEGABYTE

    def get(self, key):
        """The page of this key, or None."""
        with self.lock:
            page = self.pages.get(key)
            if page:
                self.pages.move_to_end(key)
            return page

    def hit(self):
        """Count that what was got could be sent."""
        with self.lock:
            self.hits += 1

    def put(self, key, page):
        """Keep a page that was drawn, unless it is too large; the least used go until there is room."""
        with self.lock:
            self.drawn += 1
            if old := self.pages.pop(key, None):
                self.size -= old.size
            if page.size * LARGEST_SHARE > self.limit:
                return
            self.pages[key] = page
            self.size += page.size
            while self.size > self.limit:
                _key, gone = self.pages.popitem(last=False)
                self.size -= gone.size

    def figures(self):
        """How many pages and bytes this process keeps, and which share of the questions for pages that may
        be kept it answered from memory (None before the first)."""
        with self.lock:
            asked = self.hits + self.drawn
            return {
                "on": self.limit > 0,
                "pages": len(self.pages),
                "bytes": self.size,
                "limit_bytes": self.limit,
                "asked": asked,
                "hit_rate": round(self.hits / asked, 3) if asked else None,
            }


kept_pages = KeptPages()
