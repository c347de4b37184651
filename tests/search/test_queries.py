"""The one door to search, on a site with either engine."""

import pytest

from search import sync
from search.queries import keys, search
from search.query import Query
from search.ranking import FEW
from tests.factories.search import findable
from tests.knowledge.import_files import row, run, vocabulary, write_csv  # noqa: F401
from tests.search.conftest import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(site_engine):
    """Make items that search finds, `found([title, ...], stage=[...])`; other items are there already."""

    def make(names, **facets):
        for name in names:
            findable(name, facets=facets)
        sync.synchronise()

    make([f"Quarry {number}" for number in range(10)], stage=["extraction"])
    return make


def test_where_few_have_enough_of_the_words_those_with_some_of_them_follow(found):
    found(["Gold dust"], stage=["use"])
    found(["Tailings register"], stage=["recycling"])
    found(["Tailings dam", "A register"], stage=["recycling", "use"])

    results = search(Query("tailings register"))

    assert results.hits[0].display["title"] == "Tailings register"
    assert titles("tailings register") == ["A register", "Tailings dam", "Tailings register"]
    assert (results.total, results.kinds[""], results.understood.is_loose) == (3, 3, True)
    assert len(keys(Query("tailings register"))) == 3


def test_the_counts_of_a_search_that_takes_some_of_the_words_hold(found):
    found(["Tailings register"], stage=["recycling"])
    found(["Tailings dam", "A register"], stage=["recycling", "use"])
    query = Query("tailings register")

    counted = dict(search(query).facets["stage"])
    chosen = {
        stage: search(Query("tailings register", facets={"stage": (stage,)})).total for stage in counted
    }

    assert counted == chosen == {"recycling": 3, "use": 2}


def test_where_enough_items_have_the_words_the_others_stay_out(found):
    found([f"Tailings register {number}" for number in range(FEW)], stage=["recycling"])
    found(["Tailings dam", "A register"], stage=["use"])

    results = search(Query("tailings register"))

    assert (results.total, results.understood.is_loose) == (FEW, False)


def test_filters_have_no_say_in_whether_some_of_the_words_will_do(found):
    found([f"Tailings register {number}" for number in range(FEW)], stage=["recycling"])
    found(["Tailings register of last resort"], stage=["use"])
    found(["Tailings dam", "A register"], stage=["use"])

    unfiltered = search(Query("tailings register"))
    filtered = search(Query("tailings register", facets={"stage": ("use",)}))

    assert dict(unfiltered.facets["stage"]) == {"recycling": FEW, "use": 1}
    assert [hit.display["title"] for hit in filtered.hits] == ["Tailings register of last resort"]
    assert not filtered.understood.is_loose


def test_nobody_is_told_of_others_where_no_others_follow(found):
    found(["Tailings register"])

    results = search(Query("tailings register"))

    assert (results.total, results.understood.is_loose) == (1, False)


def test_words_that_are_left_out_and_phrases_hold_where_some_of_the_words_will_do(found):
    found(["Tailings register", "Tailings dam of gold", "A register of mud"])

    assert titles("tailings register -gold") == ["A register of mud", "Tailings register"]
    assert titles('tailings register "of mud"') == ["A register of mud"]


@pytest.mark.usefixtures("vocabulary")
def test_practices_imported_by_the_command_are_found_right_away(site_engine, committed, tmp_path):
    titles_before = titles("gold")
    path = write_csv(
        tmp_path / "p.csv",
        *(row(id=f"GP{number}", title=f"Gold mine {number} open to visitors") for number in range(25)),
    )

    with committed():
        run(path, publish=True)

    results = search(Query("gold visitors", kind="practice", facets={"region": ("PL51",)}))
    assert (titles_before, results.total, results.engine) == ([], 25, site_engine)


@pytest.mark.usefixtures("site_engine", "vocabulary")
def test_a_practice_imported_once_more_is_found_by_what_it_says_now(committed, tmp_path):
    with committed():
        run(write_csv(tmp_path / "p.csv", row(title="Gold mine")), publish=True)
    with committed():
        run(write_csv(tmp_path / "p.csv", row(title="Silver mine")), publish=True)

    assert titles("silver", kind="practice") == ["Silver mine"]
    assert titles("gold mine", kind="practice", is_exact=True) == ["Silver mine"]
