from knowledge.models import KnowledgePage
from knowledge.search_documents import cost_band, euros, years
from search import checks, documents
from search.documents import Document


def test_every_kind_of_page_is_described():
    assert checks.every_kind_of_page_can_be_found(None) == []


def test_a_kind_of_page_that_nobody_described_is_an_error(monkeypatch):
    model = KnowledgePage.__subclasses__()[0]
    monkeypatch.delitem(documents.registry, model)

    (error,) = checks.every_kind_of_page_can_be_found(None)

    assert (error.id, error.msg) == ("search.E001", f"{model.__name__} cannot be found by search.")


def test_a_row_holds_plain_texts_sorted_values_and_no_signs_that_break():
    document = Document(
        texts={"en": {"title": "Tailings\x00", "summary": "", "body": ["One", "", "two\ue000"]}, "de": {}},
        names=["coltan", "coltan", ""],
        places=["SE33"],
        facets={"region": ["SE33", "SE", "SE"], "year": [2021, None, ""]},
        display={"title": "Śląskie"},
        newest=5.7,
    )

    assert document.as_row() == {
        "texts": {
            "en": {"body": "One\ntwo", "title": "Tailings"},
            "": {"names": "coltan", "places": "SE33"},
        },
        "numbers": {},
        "facets": {"region": ["SE", "SE33"], "year": ["2021"]},
        "display": {"title": "Śląskie"},
        "title_key": "slaskie",
        "newest": 5,
    }


def test_years_and_amounts_are_as_exact_as_known():
    assert [years("2021", "2025"), years("2021", ""), years("2021", "2021"), years("", "")] == [
        "2021–2025", "2021–", "2021", ""
    ]  # fmt: skip
    amounts = (4_300_000, 350_000, 900, 5_000_000_000, 1_000_000, 1_250_000, 999_999)
    assert [euros(amount) for amount in amounts] == [
        "€4.3 m", "€350 k", "€900", "€5,000 m", "€1 m", "€1.3 m", "€1 m"
    ]  # fmt: skip
    assert [cost_band(None), cost_band(0), cost_band(100_000), cost_band(10**9)] == [
        "", "under-100k", "100k-1m", "over-10m"
    ]  # fmt: skip
