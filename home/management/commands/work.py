import logging
import signal
import threading
import time
from functools import partial

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from events.registration import release_expired_holds
from network.letters import send_waiting
from search import digests, frequent, sync

BACKEND = "background"
# How soon the worker begins when it is asked for something.
LOOK_SECONDS = 0.1

logger = logging.getLogger("adit.worker")


class Command(BaseCommand):
    help = "The worker: background tasks, letters and what search has not been told yet. Runs until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=0.4, help="seconds between two rounds")
        parser.add_argument("--once", action="store_true", help="one round only")

    def handle(self, *args, interval, once, **options):
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            one_round()
            if once:
                return
            wait_for_work(stopped, interval)


def wait_for_work(stopped, seconds):
    """Wait for the next round, or until somebody asks the worker for something: a look costs one short
    question to the database, a round a dozen."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not stopped.wait(LOOK_SECONDS) and not is_asked():
        pass


def is_asked():
    """Whether a background task is ready."""
    try:
        return DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists()
    except DatabaseError:
        # The round says so.
        return True


def one_round():
    """Do what waits. What fails is logged and tried again in the next round."""
    close_old_connections()
    for job in JOBS:
        try:
            job()
        except DatabaseError:
            logger.exception("The worker could not do a part of its round and tries again.")
    close_old_connections()


class NowAndThen:
    """A job that is done at most once in so many seconds."""

    def __init__(self, seconds, job):
        self.seconds, self.job = seconds, job
        self.done_at = -seconds

    def __call__(self):
        if time.monotonic() - self.done_at >= self.seconds:
            self.done_at = time.monotonic()
            self.job()


def run_tasks():
    """Every background task that is ready."""
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name=BACKEND,
        worker_id=get_random_string(32),
        batch=True,
        interval=0,
        startup_delay=False,
        max_tasks=None,
    ).run()


# The pages whose day has come are published or taken back.
publish_as_planned = NowAndThen(60, partial(call_command, "publish_scheduled", verbosity=0))
write_digests = NowAndThen(20, digests.write_due)
count_searches = NowAndThen(60, frequent.collect)
# What was written in bulk, as new regions are, told nobody. Looking for it reads every key, so it is done
# seldom, and after what somebody waits for.
notice_missing = NowAndThen(60, sync.notice_missing)
JOBS = (
    run_tasks,
    publish_as_planned,
    write_digests,
    send_waiting,
    release_expired_holds,
    sync.synchronise,
    count_searches,
    notice_missing,
)
