"""Readers who ask for pages at a steady pace, and what they got."""

import http.client
import itertools
import statistics
import threading
import time
from dataclasses import dataclass

A_SECOND = 50
THREADS = 10


@dataclass(frozen=True)
class Answer:
    """One answer: when it was asked for, how many seconds it took, its status and what it said."""

    asked: float
    took: float
    status: int
    content: bytes


class Readers:
    """Fifty requests a second for these pages in turn, as long as the `with` lasts."""

    def __init__(self, port, paths):
        self.port, self.paths, self.answers = port, itertools.cycle(paths), []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.read, args=(n,)) for n in range(THREADS)]

    def __enter__(self):
        self.began = time.monotonic()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def read(self, place):
        """One reader's requests: each at its moment, or at once when the one before took too long."""
        line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        for number in itertools.count():
            moment = self.began + (number * THREADS + place) / A_SECOND
            if self.ended.wait(max(0, moment - time.monotonic())):
                break
            self.answers.append(self.ask(line, next(self.paths)))
        line.close()

    def ask(self, line, path):
        asked = time.monotonic()
        try:
            line.request("GET", path)
            answer = line.getresponse()
            content, status = answer.read(), answer.status
        except (OSError, http.client.HTTPException):
            line.close()
            content, status = b"", 0
        return Answer(asked, time.monotonic() - asked, status, content)

    def in_words(self):
        """How many answers there were, how long they took and how many were none."""
        times = [answer.took * 1000 for answer in self.answers]
        failed = sum(answer.status != 200 for answer in self.answers)
        middle, late = statistics.median(times), statistics.quantiles(times, n=100)[98]
        return (
            f"{len(times):,} answers, p50 {middle:.0f} ms, p99 {late:.0f} ms, at most {max(times):.0f} ms, "
            f"{failed} failed"
        )
