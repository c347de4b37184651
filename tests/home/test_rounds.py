"""The worker's rounds: nothing that goes wrong in one job, task, page or row keeps the next from its turn."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from home import rounds
from home.rounds import JOBS, Job, one_round
from network.models import DutyDone, Setback
from regions.models import Region
from search.queries import search
from search.query import Query


@pytest.fixture(autouse=True)
def all_due(monkeypatch):
    """Every job as in a worker that has just begun."""
    for job in JOBS:
        monkeypatch.setattr(job, "done_at", float("-inf"))


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_findable_what_was_written_in_bulk(monkeypatch):
    Region.objects.bulk_create([Region(code="SE", name="Sweden", level=0, country="SE", first_edition=2024)])

    one_round()
    # The first round may only have asked for Elasticsearch to be told; the next one begins at once.
    one_round()

    assert [hit.display["title"] for hit in search(Query(text="Sweden")).hits] == ["Sweden"]
    assert DutyDone.objects.filter(name="worker").count() == 1


def test_a_job_of_now_and_then_is_done_once_until_its_time_is_over(monkeypatch):
    now, done = [1_000.0], []
    monkeypatch.setattr(rounds.time, "monotonic", lambda: now[0])
    job = Job("job", "A job", lambda: done.append(now[0]), every=60)

    for moment in (0, 59, 60, 61):
        now[0] = 1_000.0 + moment
        if job.is_due():
            job()

    assert done == [1_000.0, 1_060.0]


class Panic(BaseException):
    """What a library raises that panics: no ordinary exception."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [ValueError("a bug"), KeyError("x"), SystemExit(1), MemoryError(), Panic()])
def test_a_job_that_raises_whatever_it_likes_is_noted_and_the_next_ones_are_done(monkeypatch, error):
    done = []

    def fail():
        done.append("tried")
        raise error

    jobs = Job("bad", "The bad one", fail), Job("good", "The good one", lambda: done.append("good"))
    monkeypatch.setattr(rounds, "JOBS", jobs)

    assert one_round()
    assert one_round()

    assert done == ["tried", "good", "good"]
    setback = Setback.objects.get()
    assert (setback.kind, setback.what, setback.tries) == ("job", "The bad one", 1)
    assert type(error).__name__ in setback.reason


@pytest.mark.django_db(transaction=True)
def test_a_job_that_works_again_leaves_no_setback_and_is_never_left_out_for_good(monkeypatch):
    is_broken = [True]

    def job():
        if is_broken:
            raise ValueError("a bug")

    monkeypatch.setattr(rounds, "JOBS", (Job("job", "The job", job),))
    for _day in range(30):
        one_round()
        Setback.objects.update(again_at=timezone.now())
    setback = Setback.objects.get()
    assert (setback.tries, setback.set_aside_at is not None) == (30, True)

    is_broken.clear()
    one_round()

    assert not Setback.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_to_stop_begins_no_further_job(monkeypatch):
    done = []
    jobs = [Job(name, name, lambda name=name: done.append(name)) for name in ("first", "second")]
    monkeypatch.setattr(rounds, "JOBS", jobs)

    one_round(lambda: bool(done))

    assert done == ["first"]


failing = []


@task(backend="background")
def ask_the_oracle(question):
    failing.append(question)
    if question == "bad":
        raise ValueError("no answer")


@pytest.mark.django_db(transaction=True)
def test_a_task_that_raises_is_noted_and_tried_again_and_the_next_one_is_done(monkeypatch):
    failing.clear()
    ask_the_oracle.enqueue("bad")
    ask_the_oracle.enqueue("good")

    one_round()
    one_round()

    assert failing == ["bad", "good"]
    setback = Setback.objects.get()
    assert (setback.kind, setback.what, setback.reason) == (
        "task",
        "Background task “ask_the_oracle”",
        "ValueError: no answer",
    )
    task_row = DBTaskResult.objects.get(pk=setback.key)
    assert task_row.run_after == setback.again_at

    DBTaskResult.objects.filter(pk=setback.key).update(
        run_after=timezone.now() - timedelta(seconds=1), args_kwargs={"args": ["well"], "kwargs": {}}
    )
    one_round()

    assert failing == ["bad", "good", "well"]
    assert not Setback.objects.exists()
