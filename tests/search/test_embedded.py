"""The embedded index as a site uses it: what happens when it is missing, broken, shared or behind."""

import multiprocessing

import pytest

from search import engines, indexing, sync
from search.engines.index_folder import Busy
from search.models import SearchDocument
from search.queries import search
from search.query import Query
from tests.factories import GoodPracticePageFactory, RegionFactory
from tests.search import other_process
from tests.search.conftest import a_row, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]
# A new interpreter, as a server starts one: nothing of this process is shared but the folder.
processes = multiprocessing.get_context("spawn")


def test_a_missing_or_broken_index_is_made_anew_by_the_search_that_needs_it(committed):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    folder = engines.engine("embedded").home().current()
    (folder / "meta.json").write_text("{broken")

    assert titles("tailings") == ["Tailings"]

    (folder.parent / "current").unlink()
    assert titles("tailings") == ["Tailings"]


def test_a_page_written_into_a_broken_index_is_found(committed):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    (engines.engine("embedded").home().current() / "meta.json").write_text("{broken")

    with committed():
        GoodPracticePageFactory(title="More tailings")

    assert titles("tailings") == ["More tailings", "Tailings"]


def test_without_any_engine_titles_are_searched(committed, settings, tmp_path):
    with committed():
        GoodPracticePageFactory(title="Śląskie tailings")
        GoodPracticePageFactory(title="Slag")
    blocked = tmp_path / "a-file"
    blocked.write_text("not a folder")
    settings.VAR_DIR = blocked

    results = search(Query(text='slaskie -slag "tailings"', kind="practice"))

    assert (results.total, results.engine) == (1, "titles")


def test_what_a_request_may_not_build_is_left_to_the_next_pass(committed, monkeypatch):
    monkeypatch.setattr(sync, "BUILT_IN_A_REQUEST", 2)
    with committed():
        for number in range(5):
            RegionFactory(name=f"Region {number}")
    assert (len(titles("region")), SearchDocument.objects.dirty().count()) == (2, 3)

    done = sync.synchronise()

    assert done == {"built": 3, "embedded": 3} | ({"elasticsearch": 5} if len(done) == 3 else {})
    assert len(titles("region")) == 5


def test_saving_without_a_change_sends_nothing(committed):
    with committed():
        practice = GoodPracticePageFactory(title="Tailings")
    before = SearchDocument.objects.get().version

    with committed():
        practice.save()

    row = SearchDocument.objects.get()
    assert (row.version, row.embedded_version, row.dirty) == (before, before, False)


def test_an_index_that_lost_nothing_is_not_sent_anything(committed):
    with committed():
        GoodPracticePageFactory(title="Tailings")

    assert indexing.drain("embedded") == 0


def test_several_processes_write_and_read_one_index_at_the_same_time(settings):
    embedded = engines.engine("embedded")
    embedded.rebuild([])
    results = processes.Queue()
    workers = [
        processes.Process(target=other_process.write_and_read, args=(str(settings.VAR_DIR), name, results))
        for name in "abc"
    ]

    for worker in workers:
        worker.start()
    reports = sorted(results.get(timeout=120) for _ in workers)
    for worker in workers:
        worker.join(timeout=30)

    assert reports == [("a", "ok"), ("b", "ok"), ("c", "ok")]
    assert embedded.count() == 24


def test_a_rebuild_in_one_process_is_seen_by_another_that_has_the_old_index_open(settings):
    embedded = engines.engine("embedded")
    embedded.rebuild([a_row("Old", key="old")])
    assert embedded.search(Query()).total == 1

    other = processes.Process(target=other_process.rebuild, args=(str(settings.VAR_DIR),))
    other.start()
    other.join(timeout=60)

    assert [item.key for item in embedded.search(Query()).items] == ["new"]
    assert len([path for path in embedded.home().path.iterdir() if path.is_dir()]) == 2


def test_who_cannot_have_the_lock_in_time_is_told_so():
    embedded = engines.engine("embedded")

    with embedded.locked(), pytest.raises(Busy), embedded.locked(0.05):
        pass


def test_an_author_does_not_wait_long_for_another_writer(committed, monkeypatch):
    embedded = engines.engine("embedded")
    monkeypatch.setattr(embedded.locked, "__defaults__", (0.05,))
    with committed():
        GoodPracticePageFactory(title="Tailings")

    with embedded.locked(1), committed():
        GoodPracticePageFactory(title="More tailings")

    assert titles("tailings") == ["Tailings"]
    assert (sync.synchronise(), titles("tailings")) == (
        {"built": 0, "embedded": 1},
        ["More tailings", "Tailings"],
    )
