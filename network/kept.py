"""What a process keeps of what it drew, as long as the content version stands.

While a page is drawn the rooms tell here how long it will read like this and what else it follows; what is
the same on many pages is remembered. All of it is harmless where nothing is being drawn.
"""

import threading
from collections import OrderedDict
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from network import content_version
from network.content_version import CONTENT

MOST_REMEMBERED = 2000

drawing = ContextVar("drawing", default=None)
memory, lock = OrderedDict(), threading.Lock()


class Drawing:
    """One page being drawn: under which numbers, until when it reads like this, whether it may be kept."""

    def __init__(self):
        self.numbers = {}
        self.raised = 0
        self.until = None
        self.may_be_kept = True

    def read(self, names):
        """Note under which numbers the page is drawn. One query; what was read before stays as it was."""
        self.raised = connection.times_raised
        self.numbers = content_version.numbers(names) | self.numbers

    def number(self):
        """The content version; None while this connection has written what is not committed yet, or did so
        since the page was begun."""
        if connection.rising:
            return None
        if CONTENT not in self.numbers:
            self.read([CONTENT])
        return self.numbers[CONTENT] if connection.times_raised == self.raised else None


@contextmanager
def page():
    """Everything within is one page being drawn."""
    one = Drawing()
    token = drawing.set(one)
    try:
        yield one
    finally:
        drawing.reset(token)


def remembered(name, make):
    """What `make()` gives, remembered in this process under `name` until the content changes.

    For what is the same for everybody and does not depend on the clock. Callers must not change the value.
    """
    one = drawing.get()
    number = one.number() if one else None
    if number is None:
        return make()
    with lock:
        known = memory.get(name)
        if known and known[0] == number:
            memory.move_to_end(name)
            return known[1]
    value = make()
    with lock:
        memory[name] = (number, value)
        memory.move_to_end(name)
        while len(memory) > MOST_REMEMBERED:
            memory.popitem(last=False)
    return value


def until(moment):
    """The page being drawn reads differently from this moment (aware; None: never) on."""
    one = drawing.get()
    if one and moment:
        one.until = min(one.until or moment, moment)


def follows(*names):
    """The page being drawn follows these numbers too. Say it before reading what they stand for."""
    one = drawing.get()
    if one and one.may_be_kept and (new := [name for name in names if name not in one.numbers]):
        one.numbers = content_version.numbers(new) | one.numbers


def never():
    """The page being drawn must not be kept."""
    one = drawing.get()
    if one:
        one.may_be_kept = False


def forget():
    """Forget all that is remembered."""
    with lock:
        memory.clear()
