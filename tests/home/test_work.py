"""The worker waits for its next round, and no longer than it has to."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.db import connection

from home.management.commands import work
from search.tasks import send_to_elasticsearch


class Waiting:
    """An event that nobody sets, on a clock that only waiting moves."""

    def __init__(self, monkeypatch):
        self.now, self.waits = 1_000.0, []
        monkeypatch.setattr(work.time, "monotonic", lambda: self.now)

    def wait(self, seconds):
        self.now += seconds
        self.waits.append(seconds)
        return False


@pytest.mark.django_db
def test_the_worker_begins_at_once_when_it_is_asked(monkeypatch):
    stopped = Waiting(monkeypatch)
    send_to_elasticsearch.enqueue()

    work.wait_for_work(stopped, 60)

    assert stopped.waits == [work.LOOK_SECONDS]


@pytest.mark.django_db
def test_the_worker_waits_for_its_next_round_and_no_longer(monkeypatch):
    stopped = Waiting(monkeypatch)

    work.wait_for_work(stopped, 4.5 * work.LOOK_SECONDS)

    assert stopped.waits == [work.LOOK_SECONDS] * 5


@pytest.fixture
def worker(tmp_path):
    """The command in a process of its own, on a site of its own."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "ELASTICSEARCH_URL": "",
        "ADIT_VAR_DIR": str(tmp_path),
        "LOG_LEVEL": "INFO",
    }

    if connection.vendor != "sqlite":
        pytest.skip("one database is enough")
    about = {"cwd": site.BASE_DIR, "env": environment, "text": True}
    for command in (["migrate", "-v0"], ["createcachetable"], ["set_up_site"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True, capture_output=True, **about)
    command = [sys.executable, "manage.py", "work"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **about) as process:
        yield process


def test_an_idle_worker_writes_no_line_and_ends_in_order(worker):
    with pytest.raises(subprocess.TimeoutExpired):
        worker.communicate(timeout=8)

    worker.send_signal(signal.SIGTERM)
    out, err = worker.communicate(timeout=20)

    assert (worker.returncode, out, err) == (0, "", "")
