"""Bad days that take a moment to provoke; the longer ones are in bench/faults."""

import multiprocessing
import random
import shutil
import threading

import pytest

from search import engines, indexing, reconcile, sync
from search.engines.answer import EngineFailed, IndexMissing
from search.models import SearchDocument
from search.queries import search
from search.query import Query
from tests.factories import GoodPracticePageFactory, RegionFactory
from tests.search import other_process
from tests.search.conftest import a_row

pytestmark = pytest.mark.usefixtures("embedded_only")
processes = multiprocessing.get_context("spawn")


def found():
    results = search(Query(kind="practice"))
    return results.engine, [hit.display["title"] for hit in results.hits]


HARM = {
    "deleted": lambda path: path.unlink(),
    "emptied": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "noise": lambda path: path.write_bytes(random.randbytes(path.stat().st_size)),
    "noise in the middle": lambda path: path.write_bytes(
        (whole := path.read_bytes())[: len(whole) // 4]
        + random.randbytes(len(whole) // 4)
        + whole[len(whole) // 2 :]
    ),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_whatever_file_of_the_index_breaks_is_noticed_or_does_no_harm(harm):
    embedded = engines.engine("embedded")
    rows = [a_row(f"Tailings {number}", key=f"page:{number}", summary="red mud") for number in range(30)]
    embedded.rebuild(rows)
    kinds = sorted({path.suffix or path.name for path in embedded.home().current().iterdir()} - {".lock"})

    answers = set()
    for kind in kinds:
        embedded.rebuild(rows)
        harm(next(p for p in embedded.home().current().iterdir() if (p.suffix or p.name) == kind))
        try:
            answers.add(embedded.search(Query(kind="practice", page_size=50)).total)
        except IndexMissing:
            assert not embedded.is_ready()
        else:
            answers.add(len(list(embedded.versions())) if embedded.is_ready() else 30)

    assert answers <= {30}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "harm",
    [
        lambda home: (home.path / "current").write_text(home.current().name[:7]),
        lambda home: (home.path / "current").write_bytes(b"\xff\x00"),
        lambda home: shutil.rmtree(home.current()),
        lambda home: shutil.rmtree(home.path),
    ],
    ids=["half a pointer", "rubbish in the pointer", "no index", "no folder"],
)
def test_a_lost_index_is_there_again_with_the_next_page(committed, harm):
    with committed():
        GoodPracticePageFactory(title="Tailings")

    harm(engines.engine("embedded").home())

    assert found() == ("embedded", ["Tailings"])
    assert reconcile.look().is_clean


@pytest.mark.django_db(transaction=True)
def test_a_large_lost_index_is_made_by_a_thread_while_titles_answer_at_once(monkeypatch):
    monkeypatch.setattr(indexing, "BUILT_AT_ONCE", 1)
    RegionFactory(name="Lapland")
    GoodPracticePageFactory(title="Tailings")
    sync.synchronise()
    shutil.rmtree(engines.engine("embedded").home().path)

    first = found()
    for thread in threading.enumerate():
        if thread.name == "search-rebuild-embedded":
            thread.join(30)

    assert first == ("titles", ["Tailings"])
    assert found() == ("embedded", ["Tailings"])


def test_on_a_full_disk_the_index_answers_takes_nothing_and_says_so(settings):
    engines.engine("embedded").rebuild([a_row("Tailings", key="page:1")])
    results = processes.Queue()

    other = processes.Process(
        target=other_process.write_on_a_full_disk, args=(str(settings.VAR_DIR), results)
    )
    other.start()
    refused, problem, still_found = results.get(timeout=60)
    other.join(timeout=30)

    assert (refused, still_found) == (True, 1)
    assert problem == f"The folder {settings.VAR_DIR}/search cannot be written to: File too large."
    assert engines.engine("embedded").problem() == ""


@pytest.mark.django_db
def test_rows_that_an_engine_did_not_take_wait_and_are_told_of(committed, monkeypatch, settings):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    full = EngineFailed("The disk is full.")

    def refuse(rows, again=()):
        raise full

    embedded = engines.engine("embedded")
    monkeypatch.setattr(embedded, "send", refuse)
    with committed():
        GoodPracticePageFactory(title="More tailings")
    assert sync.synchronise()["embedded"] == "The disk is full."
    monkeypatch.undo()
    settings.ELASTICSEARCH_URL = ""
    waiting = SearchDocument.objects.behind("embedded").count()

    sync.synchronise()

    assert waiting == 1
    assert sorted(found()[1]) == ["More tailings", "Tailings"]


@pytest.mark.django_db
def test_a_process_that_died_before_the_index_leaves_the_row_to_the_next_pass(
    committed, django_capture_on_commit_callbacks
):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    with django_capture_on_commit_callbacks(execute=False):
        GoodPracticePageFactory(title="More tailings")
    sync.pending.work = False
    assert found() == ("embedded", ["Tailings"])

    sync.synchronise()

    assert sorted(found()[1]) == ["More tailings", "Tailings"]
    assert reconcile.look().is_clean
