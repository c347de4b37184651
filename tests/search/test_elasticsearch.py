"""What only Elasticsearch does: versions, the alias, going away and coming back."""

import pytest
from django_tasks_db.models import DBTaskResult

from search import engines, indexing, sync
from search.engines.answer import EngineFailed, IndexMissing
from search.engines.breaker import Breaker
from search.models import SearchDocument
from search.queries import search
from search.query import Query
from tests.factories import GoodPracticePageFactory
from tests.search.conftest import a_row, titles

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]
NOBODY = "http://127.0.0.1:9"


def test_the_worker_is_told_to_send_what_was_published(elasticsearch, django_capture_on_commit_callbacks):
    for title in ("Tailings", "Slag"):
        with django_capture_on_commit_callbacks(execute=True):
            GoodPracticePageFactory(title=title)
    task = DBTaskResult.objects.get(task_path="search.tasks.send_to_elasticsearch")
    assert (search(Query(text="tailings")).total, task.status) == (0, "READY")

    task.task.func()

    results = search(Query(text="tailings"))
    assert (results.total, results.engine) == (1, "elasticsearch")


def test_while_it_is_gone_the_other_engine_answers_and_the_backlog_drains_after(
    elasticsearch, committed, settings, monkeypatch
):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    server = settings.ELASTICSEARCH_URL

    settings.ELASTICSEARCH_URL = NOBODY
    with committed():
        GoodPracticePageFactory(title="More tailings")
    while_gone = search(Query(text="tailings"))
    behind = SearchDocument.objects.behind("elasticsearch").count()

    settings.ELASTICSEARCH_URL = server
    monkeypatch.setattr(engines, "breaker", Breaker())
    done = sync.synchronise()
    after = search(Query(text="tailings"))

    assert (while_gone.engine, while_gone.total, behind) == ("embedded", 2, 1)
    assert done == {"built": 0, "embedded": 0, "elasticsearch": 1}
    assert (after.engine, after.total) == ("elasticsearch", 2)


def test_an_older_version_never_replaces_a_newer_one_or_a_deletion(elasticsearch):
    newer, older = a_row("New", key="a", version=20), a_row("Old", key="a", version=10)
    gone, before = a_row("Gone", key="b", version=20, deleted=True), a_row("Back", key="b", version=10)

    elasticsearch.send([newer, gone])
    assert elasticsearch.send([older, before]) == [("a", 10), ("b", 10)]

    assert [item.key for item in elasticsearch.search(Query()).items] == ["a"]
    assert elasticsearch.search(Query(text="new")).total == 1


def test_an_index_deleted_behind_our_back_is_made_anew_by_the_next_pass(elasticsearch, committed):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    for name in elasticsearch.client().indices.get(index=f"{elasticsearch.alias()}-*"):
        elasticsearch.client().indices.delete(index=name)
    assert search(Query(text="tailings")).engine == "embedded"

    done = sync.synchronise()

    assert done == {"built": 0, "embedded": 0, "elasticsearch": 1}
    assert (search(Query(text="tailings")).engine, titles("tailings")) == ("elasticsearch", ["Tailings"])


def test_a_rebuild_changes_over_at_once_and_keeps_the_index_before(elasticsearch):
    for number in range(3):
        elasticsearch.rebuild([a_row(f"Number {number}", key=str(number))])

    held = elasticsearch.client().indices.get(index=f"{elasticsearch.alias()}-*")
    in_use = [name for name, about in held.items() if about["aliases"]]

    assert ([item.key for item in elasticsearch.search(Query()).items], len(held)) == (["2"], 2)
    assert in_use == [max(held)]


def test_a_field_nobody_planned_is_refused(elasticsearch):
    row = a_row("Tailings", key="a")
    row.facets = {"stage": [{"not": "a value"}]}

    assert elasticsearch.send([row, a_row("Slag", key="b", version=7)]) == [("b", 7)]


def test_an_index_that_takes_no_writes_leaves_rows_behind(elasticsearch, committed):
    elasticsearch.client().indices.put_settings(index=elasticsearch.alias(), settings={"blocks.write": True})

    with committed():
        GoodPracticePageFactory(title="Tailings")

    assert SearchDocument.objects.behind("elasticsearch").count() == 1
    elasticsearch.client().indices.put_settings(index=elasticsearch.alias(), settings={"blocks.write": False})
    assert indexing.drain("elasticsearch") == 1


def test_a_server_that_refuses_is_a_failure_of_the_engine(elasticsearch, settings):
    settings.ELASTICSEARCH_URL = NOBODY

    with pytest.raises(EngineFailed):
        elasticsearch.search(Query(), timeout=0.2)


@pytest.mark.elasticsearch
def test_sending_never_makes_an_index_by_itself(elasticsearch):
    elasticsearch.client().indices.delete(index=elasticsearch.index_in_use())

    with pytest.raises(IndexMissing):
        elasticsearch.send([a_row("Tailings", key="a")])

    assert not elasticsearch.client().indices.exists(index=elasticsearch.alias())
