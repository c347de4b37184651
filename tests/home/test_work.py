"""The worker's rounds."""

import pytest

from home.management.commands import work
from regions.models import Region
from search.queries import search
from search.query import Query
from search.tasks import send_to_elasticsearch


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_findable_what_was_written_in_bulk(monkeypatch):
    Region.objects.bulk_create([Region(code="SE", name="Sweden", level=0, country="SE", first_edition=2024)])
    monkeypatch.setattr(work.notice_missing, "done_at", -work.notice_missing.seconds)

    work.one_round()
    # The first round may only have asked for Elasticsearch to be told; the next one begins at once.
    work.one_round()

    assert [hit.display["title"] for hit in search(Query(text="Sweden")).hits] == ["Sweden"]


def test_a_job_of_now_and_then_is_done_once_until_its_time_is_over(monkeypatch):
    now, done = [1_000.0], []
    monkeypatch.setattr(work.time, "monotonic", lambda: now[0])
    job = work.NowAndThen(60, lambda: done.append(now[0]))

    for moment in (0, 59, 60, 61):
        now[0] = 1_000.0 + moment
        job()

    assert done == [1_000.0, 1_060.0]


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
