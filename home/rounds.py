"""The worker's rounds: one job after the other, and none of them can keep the next from its turn."""

import logging
import time

from django.db import DatabaseError, close_old_connections, connection
from django.utils.translation import gettext_lazy as _

from events.registration import release_expired_holds
from home import duties, going_live, tasks
from network import setbacks
from network.choices import SetbackKind
from network.letters import send_waiting
from search import digests, frequent, sync

logger = logging.getLogger("adit.worker")


class Job:
    """A part of the worker's round, done at most once in so many seconds."""

    def __init__(self, name, label, do, every=0):
        self.name, self.label, self.do, self.every = name, label, do, every
        self.done_at = float("-inf")

    def is_due(self):
        return time.monotonic() - self.done_at >= self.every

    def __call__(self):
        self.do()
        self.done_at = time.monotonic()


JOBS = (
    Job("sign", _("Sign of life"), duties.show_sign, every=30),
    Job("killed", _("Tasks that lost their worker"), tasks.put_back_killed, every=600),
    Job("tasks", _("Background tasks"), tasks.run),
    Job("pages", _("Pages whose day has come"), going_live.publish_due, every=20),
    Job("digests", _("Letters about saved searches"), digests.write_due, every=20),
    Job("letters", _("Sending letters"), send_waiting),
    Job("holds", _("Places held in vain"), release_expired_holds),
    Job("search", _("Keeping search up to date"), sync.synchronise),
    Job("searches", _("Counting searches"), frequent.collect, every=60),
    # What was written in bulk, as new regions are, told nobody. Looking for it reads every key, so it is done
    # seldom, and after what somebody waits for.
    Job("missing", _("Looking for what search does not know"), sync.notice_missing, every=60),
    Job("duties", _("Daily duties"), duties.do_due, every=60),
)


def one_round(is_stopped=lambda: False):
    """Do what waits; whether the database could be asked. What fails is noted and tried again."""
    close_old_connections()
    try:
        failed = setbacks.pauses(SetbackKind.JOB)
        for job in JOBS:
            if is_stopped():
                break
            if job.is_due():
                setbacks.attempt(SetbackKind.JOB, job.name, job, what=job.label, failed=failed)
    except DatabaseError as error:
        logger.error("The database cannot be used; the worker waits for it: %s", error)
        # A connection that broke in the middle is of no use any more.
        connection.close()
        return False
    close_old_connections()
    return True
