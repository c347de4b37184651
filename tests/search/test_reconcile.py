"""Whatever was done behind search's back is found, named and put right."""

import io

import pytest
from django.core.management import call_command

from knowledge.models import GoodPracticePage
from regions.models import Region
from search import engines, indexing, reconcile, sync
from search.engines import embedded_index
from search.models import SearchDocument
from search.queries import search
from search.query import Query
from tests.factories import GoodPracticePageFactory, RegionFactory
from tests.search.conftest import a_row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_engine")]


def said(*command):
    """What the command printed, and its exit status."""
    out = io.StringIO()
    try:
        call_command(*command, stdout=out)
    except SystemExit as left:
        return out.getvalue().splitlines(), left.code
    return out.getvalue().splitlines(), 0


def key(page):
    return f"page:{page.pk}"


def test_a_site_where_nothing_went_wrong_is_clean(committed):
    with committed():
        GoodPracticePageFactory(title="Tailings", regions=[RegionFactory()])
        GoodPracticePageFactory(title="Draft", live=False)

    assert said("search_reconcile") == (["Clean."], 0)


def test_what_was_written_in_bulk_is_found_and_repaired(committed):
    with committed():
        hidden, renamed = GoodPracticePageFactory(title="Tailings"), GoodPracticePageFactory(title="Slag")
        lost = RegionFactory(name="Lapland")
    GoodPracticePage.objects.filter(pk=hidden.pk).update(live=False)
    GoodPracticePage.objects.filter(pk=renamed.pk).update(title="Red mud")
    SearchDocument.objects.filter(key=f"region:{lost.pk}").delete()
    Region.objects.bulk_create([Region(code="XX", name="Nowhere", level=0, first_edition=2024)])

    findings = reconcile.look()
    missing = {f"region:{pk}" for pk in Region.objects.values_list("pk", flat=True)}
    assert (findings.missing, findings.surplus, findings.outdated) == (missing, {key(hidden)}, {key(renamed)})
    lines, status = said("search_reconcile", "--repair")

    assert (lines[-1], status) == ("Clean.", 0)
    assert said("search_reconcile") == (["Clean."], 0)
    assert sorted(hit.display["title"] for hit in search(Query()).hits) == ["Lapland", "Nowhere", "Red mud"]


def test_an_index_that_lost_kept_or_changed_items_is_found_and_repaired(site_engine, committed):
    with committed():
        _, other = GoodPracticePageFactory(title="Tailings"), GoodPracticePageFactory(title="Slag")
        gone = GoodPracticePageFactory(title="Gone")
    with committed():
        gone.unpublish()
    rows = {row.key: row for row in SearchDocument.objects.all()}
    foreign = a_row("Foreign", key="page:99999", version=5)
    older = rows[key(other)]
    SearchDocument.objects.filter(pk=older.pk).update(version=older.version + 1)
    indexing.stamp(site_engine, {older.key: older.version + 1})
    engines.engine(site_engine).rebuild([older, foreign, a_row("Gone", key=key(gone), version=3)])

    lines, status = said("search_reconcile")
    assert (len(reconcile.look().indexes[site_engine]), status) == (4, 1)
    assert f"4 not in the {site_engine} index as they should be:" in "\n".join(lines)
    said("search_reconcile", "--repair")

    assert said("search_reconcile") == (["Clean."], 0)
    assert sorted(engines.engine(site_engine).versions()) == sorted(
        SearchDocument.objects.public().values_list("key", "version")
    )
    assert sorted(hit.display["title"] for hit in search(Query()).hits) == ["Slag", "Tailings"]


def test_what_waits_for_the_next_pass_is_no_difference(committed):
    with committed():
        practice = GoodPracticePageFactory(title="Tailings")
    sync.mark_dirty([key(practice)])

    assert said("search_reconcile") == (["1 waiting for the next pass.", "Clean."], 0)


def test_an_engine_that_does_not_answer_is_not_clean(settings, committed):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    with committed():
        GoodPracticePageFactory(title="Tailings")

    lines, status = said("search_reconcile")

    assert status == 1
    assert lines[0].startswith("elasticsearch could not be looked at: ConnectionError")


def test_an_item_held_twice_is_found_and_repaired(embedded_only, committed):
    with committed():
        practice = GoodPracticePageFactory(title="Tailings")
    row = SearchDocument.objects.get(key=key(practice))
    embedded = engines.engine("embedded")
    index = embedded_index.opened(embedded.home().current())
    writer = index.writer(15_000_000, 1)
    writer.add_document(embedded_index.engine_document(row))
    writer.commit()
    writer.wait_merging_threads()

    assert reconcile.look().indexes["embedded"] == {key(practice)}
    said("search_reconcile", "--repair")

    assert said("search_reconcile") == (["Clean."], 0)
    assert embedded.count() == 1
