"""A new index is checked before it answers; the one before can be gone back to."""

import io

import pytest
from django.core.management import CommandError, call_command

from search import engines, indexing, sync
from search.engines.answer import NotVerified
from search.engines.sample import Sample
from search.models import SearchDocument
from tests.factories import GoodPracticePageFactory, RegionFactory
from tests.search.conftest import a_row, titles


class Forgetful(Sample):
    """A sample that was shown one row more than the index will get, as if the index had lost it."""

    def compare_number(self, held, refused=()):
        super().compare_number(held - 1, refused)


class Confused(Sample):
    """A sample that remembers another text than the index was given."""

    def compare_rows(self, found, refused=()):
        super().compare_rows({key: {"other": "text"} for key in found}, refused)


@pytest.mark.parametrize("fault", [Forgetful, Confused])
def test_an_index_that_does_not_hold_what_it_was_given_is_never_used(engine, monkeypatch, fault):
    engine.fill(a_row("Old tailings", key="old"))
    index = __import__(f"search.engines.{engine.name}_index", fromlist=["Sample"])
    monkeypatch.setattr(index, "Sample", fault)

    with pytest.raises(NotVerified):
        engine.module.rebuild([a_row("New tailings", key="new")])

    assert [key for key, _ in engine.module.versions()] == ["old"]


def test_what_changed_while_an_index_was_made_is_in_it(engine):
    late = [a_row("Second", key="b", version=5), a_row("Gone", key="c", version=6, deleted=True)]

    refused = engine.module.rebuild(
        [
            a_row("First", key="a", version=1),
            a_row("Old", key="b", version=2),
            a_row("Gone", key="c", version=3),
        ],
        late=lambda: late,
    )

    assert refused == set()
    assert sorted(engine.module.versions()) == [("a", 1), ("b", 5)]


def test_an_index_tells_which_version_of_every_item_it_holds(engine):
    engine.fill(a_row(key="a", version=3), a_row(key="b", version=4))

    engine.send(a_row(key="b", version=7), a_row(key="c", version=8), a_row(key="a", version=9, deleted=True))

    assert sorted(engine.module.versions()) == [("b", 7), ("c", 8)]


@pytest.mark.django_db
def test_a_change_during_a_rebuild_reaches_the_old_index_and_the_new_one(site_engine, committed, monkeypatch):
    with committed():
        GoodPracticePageFactory(title="Tailings")

    def meanwhile(rows, total):
        yield from rows
        with committed():
            GoodPracticePageFactory(title="More tailings")
        seen.append(titles("tailings"))

    seen = []
    indexing.rebuild(site_engine, meanwhile)

    assert seen == [["More tailings", "Tailings"]]
    assert titles("tailings") == ["More tailings", "Tailings"]
    assert SearchDocument.objects.behind(site_engine).count() == 0


@pytest.mark.django_db
@pytest.mark.elasticsearch
def test_a_rollback_has_the_index_before_answer_with_what_it_lacks(elasticsearch, committed):
    with committed():
        gone = GoodPracticePageFactory(title="Tailings gone")
    before = elasticsearch.index_in_use()
    indexing.rebuild("elasticsearch")
    with committed():
        GoodPracticePageFactory(title="Tailings new")
        gone.unpublish()
    out = io.StringIO()

    call_command("search_rebuild", "--rollback", stdout=out)

    indexing.drain("elasticsearch")
    assert out.getvalue() == f"{before} answers again; 2 rows that it did not have were sent to it.\n"
    assert elasticsearch.index_in_use() == before
    assert titles("tailings") == ["Tailings new"]
    with pytest.raises(CommandError, match="There is no index before"):
        call_command("search_rebuild", "--rollback", stdout=out)


@pytest.mark.django_db
@pytest.mark.elasticsearch
def test_a_half_made_index_is_never_gone_back_to(elasticsearch):
    half_made = f"{elasticsearch.alias()}-20200101"
    elasticsearch.client().indices.create(index=half_made)

    with pytest.raises(CommandError, match="There is no index before"):
        call_command("search_rebuild", "--rollback")


@pytest.mark.django_db
def test_a_large_missing_index_is_made_in_the_background_while_titles_answer(
    embedded_only, committed, monkeypatch
):
    with committed():
        for number in range(3):
            RegionFactory(name=f"Tailingshire {number}")
    begun = []
    monkeypatch.setattr(indexing, "BUILT_AT_ONCE", 2)
    monkeypatch.setattr(indexing, "rebuild_in_the_background", begun.append)
    engines.engine("embedded").home().give_up(engines.engine("embedded").home().current())

    assert titles("tailingshire") == ["Tailingshire 0", "Tailingshire 1", "Tailingshire 2"]
    with committed():
        RegionFactory(name="Tailingshire 3")

    assert begun == ["embedded", "embedded"] + ["embedded"] * (len(begun) - 2)
    assert sync.synchronise()["embedded"] == 4
