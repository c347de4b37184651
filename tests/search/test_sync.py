"""What is published is found by the next request, and what is no longer public is not."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language, override
from wagtail.models import Page, PageViewRestriction

from knowledge.models import GoodPracticePage, ImportedRecord
from network.choices import OrganisationType
from search import documents, sync
from search.models import SearchDocument
from search.queries import search
from search.query import Query
from tests.factories import (
    GoodPracticePageFactory,
    OrganisationFactory,
    PolicyInstrumentPageFactory,
    RawMaterialFactory,
    RegionFactory,
)
from tests.factories.events import LearningEventPageFactory
from tests.factories.knowledge import section
from tests.search.conftest import titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_engine")]


def test_a_published_practice_is_found_by_the_next_request(committed):
    with committed():
        GoodPracticePageFactory(
            title="Re-mining tailings", description="<p>An <b>account</b> for the cover.</p>"
        )

    assert titles("tailings") == ["Re-mining tailings"]
    assert titles("account cover", kind="practice") == ["Re-mining tailings"]
    assert titles("strong") == []


def test_every_kind_is_found_as_what_it_is(committed):
    with committed():
        GoodPracticePageFactory(title="Tailings practice")
        PolicyInstrumentPageFactory(title="Tailings strategy")
        LearningEventPageFactory(title="Tailings workshop")
        RegionFactory(name="Tailingshire")
        RawMaterialFactory(name="Tailingsite")

    results = search(Query(text="tailings"))

    assert {hit.kind: hit.display["title"] for hit in results.hits} == {
        "practice": "Tailings practice",
        "instrument": "Tailings strategy",
        "event": "Tailings workshop",
        "region": "Tailingshire",
        "material": "Tailingsite",
    }
    assert results.kinds == {"": 5, "practice": 1, "instrument": 1, "event": 1, "region": 1, "material": 1}


def test_region_and_material_names_and_aliases_find_what_is_linked(committed):
    with committed():
        sweden = RegionFactory(code="SE", name="Sweden", level=0)
        sweden_3 = RegionFactory(code="SE3", name="Norra Sverige", level=1, parent=sweden)
        norrland = RegionFactory(code="SE33", name="Övre Norrland", level=2, parent=sweden_3)
        norrbotten = RegionFactory(code="SE332", name="Norrbottens län", level=3, parent=norrland)
        tantalum = RawMaterialFactory(name="Tantalum", code="tantalum", is_critical=True)
        tantalum.names.create(name="coltan", language="en", kind="alias")
        rare_earths = RawMaterialFactory(name="Rare earths", code="rare-earths", is_critical=True)
        rare_earths.names.create(name="Seltene Erden", language="de")
        light = RawMaterialFactory(name="Light rare earths", parent=rare_earths, is_strategic=True)
        GoodPracticePageFactory(title="A register", regions=[norrbotten], raw_materials=[tantalum, light])

    for text in (
        "SE33",
        "se332",
        "Norrbotten",
        "norrbottens lan",
        "ovre norrland",
        "coltan",
        "Seltene Erden",
    ):
        assert titles(text, kind="practice") == ["A register"], text
    facets = search(Query(kind="practice")).facets
    assert facets["region"] == [("SE", 1), ("SE3", 1), ("SE33", 1), ("SE332", 1)]
    assert {value for value, _ in facets["material"]} == {
        "tantalum", light.code, "rare-earths", "any-critical", "any-strategic"
    }  # fmt: skip


def test_unpublished_deleted_and_restricted_pages_are_not_found(committed):
    with committed():
        first, second, third = (GoodPracticePageFactory(title=f"Tailings {n}") for n in "abc")
    assert titles("tailings") == ["Tailings a", "Tailings b", "Tailings c"]

    with committed():
        first.unpublish()
    assert titles("tailings") == ["Tailings b", "Tailings c"]

    with committed():
        second.delete()
    assert titles("tailings") == ["Tailings c"]

    with committed():
        restriction = PageViewRestriction.objects.create(page=third, restriction_type="login")
    assert titles("tailings") == []

    with committed():
        restriction.delete()
    assert titles("tailings") == ["Tailings c"]


def test_a_restricted_or_deleted_section_takes_all_below_it_along(committed):
    with committed():
        practice = GoodPracticePageFactory(title="Tailings")

    with committed():
        restriction = PageViewRestriction.objects.create(page=practice.get_parent(), restriction_type="login")
    assert titles("tailings") == []

    with committed():
        restriction.delete()
        Page.objects.get(pk=practice.get_parent().pk).delete()
    assert titles("tailings") == []
    assert SearchDocument.objects.get(key=f"page:{practice.pk}").deleted


def test_a_private_page_is_out_even_before_the_index_knows(committed):
    with committed():
        practice = GoodPracticePageFactory(title="Tailings")

    PageViewRestriction.objects.create(page=practice, restriction_type="login")

    assert titles("tailings") == []


def test_a_draft_is_not_found_and_an_edit_waits_for_its_publication(committed):
    with committed():
        GoodPracticePageFactory(title="Draft on tailings", live=False)
        practice = GoodPracticePageFactory(title="Tailings")
    practice.title = "Slag"
    with committed():
        revision = practice.save_revision()
    assert (titles("tailings"), titles("slag")) == (["Tailings"], [])

    with committed():
        revision.publish()

    assert (titles("tailings"), titles("slag")) == ([], ["Slag"])


def test_moved_and_renamed_parents_change_the_address_on_the_card(committed):
    with committed():
        GoodPracticePageFactory(title="Tailings", slug="tailings")
    parent = section("good-practices")

    with committed():
        parent.slug = "examples"
        parent.save_revision().publish()
    assert [hit.display["url"] for hit in search(Query(text="tailings")).hits] == ["/examples/tailings/"]

    with committed():
        GoodPracticePage.objects.get().move(section("policy-instruments"), pos="last-child")
    assert [hit.display["url"] for hit in search(Query(text="tailings")).hits] == [
        "/policy-instruments/tailings/"
    ]


def test_a_renamed_region_material_or_owner_changes_what_is_found(committed):
    with committed():
        country = RegionFactory(code="FI", name="Finland", level=0)
        region = RegionFactory(code="FI1", name="Lapland", level=1, parent=country)
        material = RawMaterialFactory(name="Cobalt")
        owner = OrganisationFactory(name="Regional Council", organisation_type=OrganisationType.RESEARCH)
        GoodPracticePageFactory(
            title="A register", regions=[region], raw_materials=[material], organisation=owner
        )

    with committed():
        region.name = "Lappi"
        region.save()
        country.name = "Suomi"
        country.save()
        material.names.create(name="Kobolt", language="sv")
        owner.organisation_type = OrganisationType.SME
        owner.save()

    assert (titles("lapland"), titles("finland")) == ([], [])
    assert titles("lappi suomi kobolt", kind="practice") == ["A register"]
    assert search(Query(kind="practice")).hits[0].display["place"] == "Lappi, Suomi (FI1)"
    assert search(Query(kind="practice")).facets["organisation_type"] == [("sme", 1)]

    with committed():
        material.pages.clear()
    assert titles("kobolt", kind="practice") == []


def test_a_rolled_back_change_leaves_no_trace(committed):
    with committed(), pytest.raises(ZeroDivisionError), transaction.atomic():
        GoodPracticePageFactory(title="Tailings")
        1 / 0  # noqa: B018

    assert titles("tailings") == []
    assert SearchDocument.objects.count() == 0


def test_a_row_marked_while_it_is_built_stays_dirty():
    region = RegionFactory(name="Lapland")
    rows = list(SearchDocument.objects.dirty())
    sync.mark_dirty([f"region:{region.pk}"])

    sync.build(rows)

    row = SearchDocument.objects.get()
    assert (row.dirty, row.version) == (True, 0)


def test_what_was_written_without_telling_anybody_is_noticed(committed):
    region = RegionFactory(name="Lapland")
    SearchDocument.objects.all().delete()

    with committed():
        assert sync.notice_missing() == 1

    assert titles("lapland") == [region.name]
    assert sync.notice_missing() == 0


def test_a_page_beyond_the_end_shows_the_last_one(committed):
    with committed():
        for number in range(5):
            RegionFactory(name=f"Region {number}")

    results = search(Query(kind="region", sort="title", page=99, page_size=2))

    assert (results.page, results.pages, results.first, results.last) == (3, 3, 5, 5)
    assert [hit.display["title"] for hit in results.hits] == ["Region 4"]


def test_a_search_costs_two_queries_with_one_hit_and_with_five(committed, django_assert_num_queries):
    with committed():
        GoodPracticePageFactory(title="Tailings")
    # Names and synonyms are read once.
    search(Query(text="tailings"))
    with django_assert_num_queries(2):
        assert len(search(Query(text="tailings")).hits) == 1

    with committed():
        for number in range(4):
            GoodPracticePageFactory(title=f"Tailings {number}")
    with django_assert_num_queries(2):
        assert len(search(Query(text="tailings", facets={"stage": ()})).hits) == 5


def test_describing_five_pages_costs_as_many_queries_as_one(committed):
    def make(number):
        region = RegionFactory(parent=RegionFactory())
        material = RawMaterialFactory(parent=RawMaterialFactory())
        material.names.create(name=f"Alias {number}")
        return GoodPracticePageFactory(
            regions=[region],
            raw_materials=[material],
            stages={"use": "main"},
            organisation=OrganisationFactory(),
        )

    keys = [f"page:{make(number).pk}" for number in range(5)]

    def cost(some):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(sync.described(some)[0]) == len(some)
        return len(queries)

    assert cost(keys) == cost(keys[:1])


def test_one_item_that_cannot_be_described_does_not_keep_the_others_out(committed, settings):
    with committed():
        GoodPracticePageFactory(title="Tailings")
        broken = GoodPracticePageFactory(title="Slag")
        Page.objects.filter(pk=broken.pk).update(url_path="broken")

    assert titles("tailings") == ["Tailings"]
    assert list(SearchDocument.objects.dirty().values_list("key", flat=True)) == [f"page:{broken.pk}"]


def test_cards_are_written_in_the_language_of_the_site_whoever_causes_it(committed, monkeypatch):
    entry = documents.registry[GoodPracticePage]
    written_in = []

    def in_its_language(page):
        written_in.append(get_language())
        return entry.document(page)

    monkeypatch.setitem(documents.registry, GoodPracticePage, replace(entry, document=in_its_language))

    with override("de"), committed():
        GoodPracticePageFactory(title="Re-mining tailings")

    assert set(written_in) == {"en"}


@pytest.mark.parametrize(
    "typed", ["GP-0033", "gp33", "GP-33", "gp033", "GP 033", "Xy007", "XY-7", "xy-0007", '"GP 33"']
)
def test_a_page_is_found_by_its_codes_however_they_are_written(committed, typed):
    with committed():
        practice = GoodPracticePageFactory(title="Found", reference="GP-0033")
        ImportedRecord.objects.create(page=practice, import_set="set", external_id="XY007", revision_id=1)
        GoodPracticePageFactory(title="Other", reference="GP-0330")

    assert search(Query(text=typed)).hits[0].display["title"] == "Found"
