"""What an embedded index is made of after many changes: few segments, and no change rewrites them all."""

import pytest

from search import engines, indexing
from search.engines import embedded_index, embedded_settling, segments
from search.engines.index_folder import Busy
from search.models import SearchDocument
from tests.factories import RegionFactory
from tests.search.conftest import a_row

pytestmark = pytest.mark.usefixtures("embedded_only")


def in_use():
    return engines.engine("embedded").home().current()


def files():
    """The names of the segments of the index in use."""
    return {path.stem for path in in_use().glob("*.store")}


def rows(start, end, version=1):
    return [
        a_row(f"Tailings {number}", key=f"page:{number}", version=version) for number in range(start, end)
    ]


def held():
    return dict(engines.engine("embedded").versions())


@pytest.fixture
def large(monkeypatch):
    """An index that is large: ten documents are already more than can be merged in a moment."""
    monkeypatch.setattr(embedded_settling, "MERGED_IN_A_MOMENT", 10)
    engines.engine("embedded").rebuild(rows(0, 40))


@pytest.mark.parametrize(
    "sizes, changes, merged",
    [
        ([], 1, 0),
        ([100_000, 1, 1, 1, 1, 1, 1], 1, 0),
        ([100_000, 1, 1, 1, 1, 1, 1, 1], 1, 8),
        ([12_000, 1, 1, 1, 1, 1, 1], 1, 12_007),
        ([12_000, 1, 1, 1, 1], 2, 0),
        ([12_000, 1, 1, 1, 1], 3, 12_007),
        ([9_000] * 7, 1, 63_001),
        # What was merged is the eighth of the next layer.
        ([90_000] * 7 + [12_000] * 7, 1, 84_001 + 7 * 90_000 + 84_001),
    ],
)
def test_what_a_change_has_merged_is_foreseen(sizes, changes, merged):
    assert segments.merged_by_changes(sizes, changes) == merged


def test_what_is_foreseen_is_what_happens():
    embedded = engines.engine("embedded")
    embedded.rebuild(rows(0, 20))
    seen = []

    for number in range(9):
        foreseen = segments.merged_by_changes(segments.sizes(in_use()), 1)
        embedded.send(rows(number, number + 1, version=2))
        seen.append((foreseen > 0, len(segments.sizes(in_use()))))

    assert seen == [*((False, number) for number in range(2, 8)), (True, 1), (False, 2), (False, 3)]


def test_a_rebuild_ends_with_one_segment_of_each_layer(monkeypatch):
    monkeypatch.setattr(embedded_index, "REBUILD_HEAP", 15_000_000)

    engines.engine("embedded").rebuild(rows(0, 1_500))

    assert segments.sizes(in_use()) == [1_500]
    assert engines.engine("embedded").count() == 1_500


@pytest.mark.django_db
def test_single_changes_never_touch_the_large_segment(large):
    SearchDocument.objects.bulk_create(documents(40))
    large_segment = files()
    most = 0

    for number in range(30):
        change(number)
        most = max(most, len(segments.sizes(in_use())))

    assert large_segment < files()
    assert most <= segments.MERGED_AT_ONCE - 1
    assert held() == {f"page:{number}": 2 if number < 30 else 1 for number in range(40)}


@pytest.mark.django_db
def test_an_author_leaves_to_the_background_what_would_take_long(large, monkeypatch):
    monkeypatch.setattr(embedded_settling, "WRITTEN_IN_A_MOMENT", 4)
    SearchDocument.objects.bulk_create(documents(40))
    begun = []
    monkeypatch.setattr(indexing, "in_the_background", lambda name, job: begun.append(name))
    for number in range(6):
        change(number)

    with pytest.raises(Busy):
        change(6)

    assert begun == ["search-settle"]
    assert indexing.drain("embedded") == 1
    assert segments.sizes(in_use()) == [39, 1]
    assert held() == {f"page:{number}": 2 if number < 7 else 1 for number in range(40)}


@pytest.mark.django_db
def test_what_is_written_while_an_index_settles_is_in_it(large, monkeypatch):
    SearchDocument.objects.bulk_create(documents(40))
    for number in range(3):
        change(number)
    merge = embedded_settling.merge_the_small

    def merge_and_write(index, folder):
        merge(index, folder)
        change(20)
        SearchDocument.objects.filter(key="page:21").update(deleted=True)
        change(21)

    monkeypatch.setattr(embedded_settling, "merge_the_small", merge_and_write)
    before = in_use()

    embedded_settling.settle(indexing.rows_of)

    assert in_use() != before
    assert len(segments.sizes(in_use())) == 2
    assert held() == {
        f"page:{number}": 2 if number in (0, 1, 2, 20) else 1 for number in range(40) if number != 21
    }
    assert embedded_settling.changed() == {"page:20", "page:21"}


def test_a_settled_index_leaves_nothing_behind_when_it_is_not_right(large, monkeypatch):
    before = in_use()
    monkeypatch.setattr(embedded_settling, "merge_the_small", lambda index, folder: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        embedded_settling.settle(indexing.rows_of)

    assert in_use() == before
    assert before in [path for path in before.parent.iterdir() if path.is_dir()]


@pytest.mark.django_db
def test_an_index_that_is_mostly_deleted_is_made_anew(large, monkeypatch):
    monkeypatch.setattr(embedded_settling, "FEW_DELETED", 0)
    SearchDocument.objects.bulk_create(documents(40))
    SearchDocument.objects.exclude(key="page:0").update(deleted=True, version=2)
    monkeypatch.setattr(indexing, "in_the_background", lambda name, job: job())

    indexing.drain("embedded")

    assert (segments.deleted(in_use()), held()) == (0, {"page:0": 1})


@pytest.mark.django_db
def test_a_rebuild_keeps_two_numbers_a_row():
    regions = [RegionFactory(name=f"Region {number}") for number in range(3)]
    given = indexing.Given()
    SearchDocument.objects.all().delete()
    SearchDocument.objects.bulk_create(documents(len(regions)))
    stream = SearchDocument.objects.order_by("pk")

    assert len(list(given.watch(stream))) == 3
    SearchDocument.objects.filter(key="page:1").update(version=5)
    SearchDocument.objects.bulk_create(documents(4)[3:])

    assert [row.key for row in given.changed()] == ["page:1", "page:3"]
    assert len(given) == 4
    assert (given.pks.itemsize, given.versions.itemsize) == (8, 8)
    assert [len(some) for some in given.batches()] == [3, 2]


def documents(count):
    """Rows of the projection as the index was made of them."""
    return [
        SearchDocument(
            dirty=False,
            dirty_since="2026-01-01T00:00Z",
            embedded_version=1,
            **vars(row),
        )
        for row in rows(0, count)
    ]


def change(number):
    """Somebody publishes."""
    SearchDocument.objects.filter(key=f"page:{number}").update(version=2)
    indexing.drain_in_a_request("embedded", 200)
