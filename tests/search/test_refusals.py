"""One item that cannot be described, or that an index does not take, keeps none of the others from being
found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.models import Setback
from search import documents, engines, indexing, refusals, sync
from search.models import SearchDocument
from tests.factories import GoodPracticePageFactory
from tests.search.conftest import titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_engine")]


def three(committed):
    with committed():
        return [GoodPracticePageFactory(title=f"Tailings {name}") for name in "abc"]


def setbacks():
    return list(Setback.objects.values_list("kind", "tries"))


def mark(*pages):
    sync.mark_dirty([documents.key_of(page) for page in pages])


def spoil_rows(monkeypatch, about):
    """Have the item with this title become a row with something wrong in it."""
    as_row = documents.Document.as_row

    def spoilt(document):
        row = as_row(document)
        return row | about if row["display"]["title"] == "Tailings b" else row

    monkeypatch.setattr(documents.Document, "as_row", spoilt)


@pytest.mark.parametrize(
    "about",
    [{"newest": 10**30}, {"title_key": None}, {"display": {"x": object()}}],
    ids=["number too large", "nothing where something must be", "no JSON"],
)
def test_a_row_that_the_database_refuses_rests_alone(committed, monkeypatch, about):
    pages = three(committed)
    for page in pages:
        page.summary = "Red mud"
        page.save()
    spoil_rows(monkeypatch, about)

    mark(*pages)
    sync.synchronise()

    assert titles("red mud") == ["Tailings a", "Tailings c"]
    assert [row.key for row in SearchDocument.objects.dirty()] == [documents.key_of(pages[1])]
    assert setbacks() == [("row", 1)]
    # It rests, so nothing is tried at once; changed, it is described at once.
    sync.synchronise()
    assert setbacks() == [("row", 1)]
    monkeypatch.undo()
    Setback.objects.update(last_at=timezone.now() - timedelta(seconds=5))
    mark(pages[1])
    sync.synchronise()
    assert titles("red mud") == ["Tailings a", "Tailings b", "Tailings c"]
    assert setbacks() == []


def test_a_row_that_an_index_does_not_take_rests_alone_until_its_item_changes(
    committed, monkeypatch, site_engine
):
    pages = three(committed)
    spoil_rows(monkeypatch, {"numbers": {"cost": "a lot"}, "texts": {"en": {"title": "Red mud"}}})
    mark(*pages)
    with committed():
        GoodPracticePageFactory(title="Red mud")
    sync.synchronise()

    key = documents.key_of(pages[1])
    assert titles("red mud") == ["Red mud"]
    assert sorted(Setback.objects.values_list("key", flat=True)) == sorted(
        f"{name}/{key}" for name in engines.names()
    )
    behind = SearchDocument.objects.behind(site_engine).values_list("key", flat=True)
    assert list(behind) == [key]
    monkeypatch.undo()
    mark(pages[1])
    sync.synchronise()

    assert titles("tailings") == ["Tailings a", "Tailings b", "Tailings c"]
    assert setbacks() == []


def test_a_rebuild_leaves_out_what_no_document_can_be_made_of(committed, site_engine):
    pages = three(committed)
    key = documents.key_of(pages[1])
    SearchDocument.objects.filter(key=key).update(numbers={"cost": "a lot"})

    indexing.rebuild(site_engine)

    assert titles("tailings") == ["Tailings a", "Tailings c"]
    assert [row.key for row in SearchDocument.objects.behind(site_engine)] == [key]


def test_a_key_that_is_none_keeps_no_other_item_from_being_found(committed):
    SearchDocument.objects.create(key="page:nonsense", dirty_since=timezone.now())

    three(committed)
    sync.synchronise()

    assert titles("tailings") == ["Tailings a", "Tailings b", "Tailings c"]
    assert [(one.kind, one.key) for one in Setback.objects.all()] == [("row", "page:nonsense")]


def test_what_is_given_up_waits_no_longer(committed):
    three(committed)
    SearchDocument.objects.create(key="page:nonsense", dirty_since=timezone.now())
    for name in engines.names():
        SearchDocument.objects.create(
            key=f"region:{name}", version=1, dirty=False, dirty_since=timezone.now()
        )

    for key in ["page:nonsense", *(f"{name}/region:{name}" for name in engines.names())]:
        refusals.give_up(key)

    assert not SearchDocument.objects.dirty().exists()
    for name in engines.names():
        assert not SearchDocument.objects.behind(name).filter(key=f"region:{name}").exists()
