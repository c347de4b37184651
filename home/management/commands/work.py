import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from home import tasks
from home.rounds import one_round

# How soon the worker begins when it is asked for something.
LOOK_SECONDS = 0.1
# How long it leaves a database alone that does not answer.
PATIENCE_SECONDS = 2


class Command(BaseCommand):
    help = "The worker: tasks, letters, search, scheduled pages, daily duties. Runs until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=0.4, help="seconds between two rounds")
        parser.add_argument("--once", action="store_true", help="one round only")

    def handle(self, *args, interval, once, **options):
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            is_well = one_round(stopped.is_set)
            if once:
                return
            if is_well:
                wait_for_work(stopped, interval)
            else:
                stopped.wait(PATIENCE_SECONDS)


def wait_for_work(stopped, seconds):
    """Wait for the next round, or until somebody asks the worker for something: a look costs one short
    question to the database, a round a dozen."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not stopped.wait(LOOK_SECONDS) and not is_asked():
        pass


def is_asked():
    """Whether a background task is ready."""
    try:
        return tasks.are_ready()
    except DatabaseError:
        # The round says so.
        return True
