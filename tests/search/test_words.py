"""Where words begin and end: articles, possessives, units, hyphens."""

import pytest

from search.words import articles_in, places_of_words, spoken, unbroken, words_in


@pytest.mark.parametrize("mark", "'’ʼ´")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("l'étain", ["étain"]),
        ("mine d'étain", ["mine", "étain"]),
        ("jusqu'ici", ["ici"]),
        ("dell'acqua", ["acqua"]),
        ("un'area", ["area"]),
        ("l'aigua", ["aigua"]),
        ("b'fhearr", ["fhearr"]),
        ("Sweden's mines", ["Sweden", "mines"]),
        ("the miners' strike", ["the", "miners", "strike"]),
        ("L'étain", ["étain"]),
        ("L'ÉTAIN", ["ÉTAIN"]),
        ("Côtes-d'Armor", ["Côtes", "Armor"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("L'Aquila", ["L", "Aquila"]),
        ("D'Arcy", ["D", "Arcy"]),
        ("O'Neill", ["O", "Neill"]),
        ("Dell'Utri", ["Dell", "Utri"]),
    ],
)
def test_what_an_apostrophe_joins_is_no_word_unless_it_is_of_a_name(typed, words, mark):
    assert words_in(typed.replace("'", mark)) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2,5Mt", ["2", "5", "Mt"]),
        ("500t", ["500", "t"]),
        ("10km²", ["10", "km²"]),
        ("120MW", ["120", "MW"]),
        ("120mw", ["120", "mw"]),
        ("SE33", ["SE33"]),
        ("CO2", ["CO2"]),
        ("3D", ["3D"]),
        ("1970s", ["1970s"]),
    ],
)
def test_a_number_and_its_unit_are_two_words(typed, words):
    assert words_in(typed) == words


def test_the_places_of_words_are_those_in_the_text_as_it_is_written():
    text = "l’étain: 2,5Mt, Sweden's"

    assert [text[start:end] for start, end in places_of_words(text)] == ["étain", "2", "5", "Mt", "Sweden"]
    assert articles_in(text) == ("l",)


def test_a_text_without_any_of_this_stays_what_it_is():
    assert spoken("Post-mining land in SE33") == "Post-mining land in SE33"


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("Rot\u00adschlamm", "Rotschlamm"),
        ("Rot\u00ad\nschlamm", "Rotschlamm"),
        ("Rot¬schlamm", "Rotschlamm"),
        ("Rot-\nschlamm", "Rotschlamm"),
        ("Rot\u2010\r\nschlamm", "Rotschlamm"),
        ("rehabili- \n tation", "rehabilitation"),
        ("post-\nmining", "post-mining"),
        ("Nord-\nSüd", "Nord-Süd"),
        ("a red-mud pond; red-\nmud", "a red-mud pond; red-mud"),
        ("2019-\n2023", "2019-\n2023"),
    ],
)
def test_words_parted_at_the_end_of_a_line_are_one_again(pasted, meant):
    assert unbroken(pasted) == meant
