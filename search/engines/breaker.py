"""A breaker: after three failures in a row an engine is left alone for a while, then tried with one
question."""

import threading
import time

FAILURES = 3
REST_SECONDS = 10


class Breaker:
    """Says whether an engine is worth asking; one for each engine and process.

    `tell(sentence)` hears once that it opened and why, and "" once it is closed.
    """

    def __init__(self, clock=time.monotonic, tell=lambda sentence: None):
        self.clock, self.tell = clock, tell
        self.lock = threading.Lock()
        self.failures = 0
        self.try_again_at = 0.0
        # Nothing was said yet: another process may have said that it opened, and be gone.
        self.told_open = None

    @property
    def is_open(self):
        return self.failures >= FAILURES

    def allows(self):
        """Whether to ask now. While open only one question is let through each time the rest is over."""
        with self.lock:
            if not self.is_open:
                return True
            if self.clock() < self.try_again_at:
                return False
            self.try_again_at = self.clock() + REST_SECONDS
            return True

    def succeeded(self):
        with self.lock:
            self.failures = 0
            is_news, self.told_open = self.told_open is not False, False
        if is_news:
            self.tell("")

    def failed(self, reason=""):
        with self.lock:
            self.failures += 1
            self.try_again_at = self.clock() + REST_SECONDS
            is_news = self.is_open and not self.told_open
            self.told_open = self.told_open or is_news
        if is_news:
            self.tell(f"Elasticsearch did not answer {FAILURES} times in a row: {reason}")
