"""Languages of texts, on both engines: what has a stemmer, what is folded, what is in two languages."""

import pytest

from search.languages import STEMMERS
from search.query import Query
from tests.search.conftest import a_row

# (what the text says, what is typed): neither begins with the other, so only their stem is the same.
FORMS = {
    "da": ("minen", "miner"),
    "de": ("sanierten Gruben", "saniertes Grube"),
    "el": ("μετάλλευμα", "μεταλλεύματα"),
    "en": ("rehabilitation", "rehabilitated"),
    "es": ("residuos mineros", "residuo minera"),
    "fi": ("kaivoksessa", "kaivokset"),
    "fr": ("carrières", "carrière"),
    "hu": ("bányák", "bányában"),
    "it": ("cava", "cave"),
    "nl": ("mijnen", "mijn"),
    "no": ("gruvene", "gruver"),
    "pt": ("resíduos mineiros", "resíduo mineiro"),
    "ro": ("haldele", "haldă"),
    "sv": ("gruvorna", "gruvor"),
}


@pytest.mark.parametrize("language", STEMMERS)
def test_every_language_with_a_stemmer_finds_a_word_in_another_form(engine, language):
    said, typed = FORMS[language]
    engine.fill(
        a_row("A practice", key="a", texts={language: {"title": "Titel", "body": f"– {said} –"}}),
        a_row("Another", key="b", texts={language: {"title": "Titel", "body": "– – –"}}),
    )

    assert engine.keys(Query(text=typed)) == ["a"]
    assert engine.keys(Query(text=typed.upper())) == ["a"]


@pytest.mark.parametrize("language", ["pl", "bg", "cs", "sk", "sl", "hr", "et", "lv", "lt", "ga", "mt"])
def test_other_languages_find_a_word_by_its_beginning(engine, language):
    said, typed = ("рекултивация", "рекулт") if language == "bg" else ("rekultivace", "rekult")
    engine.fill(
        a_row("A practice", key="a", texts={language: {"title": "Titel", "body": f"– {said} –"}}),
        a_row("Another", key="b", texts={language: {"title": "Titel", "body": "– – –"}}),
    )

    assert engine.keys(Query(text=typed)) == ["a"]


def test_what_is_in_two_languages_counts_once_wherever_it_is_counted(engine):
    both = {"en": {"title": "Tailings in Ronneburg"}, "de": {"title": "Halden bei Ronneburg"}}
    engine.fill(
        a_row("Tailings", key="a", texts=both, facets={"language": ["en", "de"], "stage": ["use"]}),
        a_row("Ronneburg", key="b", facets={"language": ["en"], "stage": ["use"]}),
    )

    found = engine.search(Query(text="Ronneburg", page_size=1))
    pages = [engine.keys(Query(text="Ronneburg", page=page, page_size=1)) for page in (1, 2, 3)]

    assert (found.total, found.kinds) == (2, {"practice": 2})
    assert found.facets["stage"] == [("use", 2)]
    assert found.facets["language"] == [("en", 2), ("de", 1)]
    assert sorted(pages) == [[], ["a"], ["b"]]
    assert sorted(engine.module.keys(Query(text="Ronneburg", facets={"language": ("en", "de")}))) == [
        "a",
        "b",
    ]
