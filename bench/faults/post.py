"""A mail server of our own on loopback, which notes what it gets: address and Message-ID, never a text."""

import email
import time
from collections import Counter

from aiosmtpd.controller import Controller

PORT = 8392
ADDRESS = f"smtp://127.0.0.1:{PORT}"


class Post:
    """Takes every letter, each in so many seconds, while it is open."""

    def __init__(self, seconds=0.0):
        self.seconds = seconds
        self.letters = Counter()
        self.arrived = {}
        self.controller = None

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.content)
        time.sleep(self.seconds)
        for to in envelope.rcpt_tos:
            self.letters[to, message["Message-ID"]] += 1
            self.arrived[to] = time.monotonic()
        return "250 OK"

    def open(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=PORT)
        self.controller.start()

    def close(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def people(self):
        """Who has had a letter."""
        return {to for to, _ in self.letters}

    @property
    def doubled(self):
        """How many letters came again with the same Message-ID, how many with another one."""
        same = sum(number - 1 for number in self.letters.values())
        return same, len(self.letters) - len(self.people)
