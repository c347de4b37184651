from search.highlights import excerpt, marked, marks
from search.query import Part


def lower(word):
    return word.lower()


def test_a_phrase_is_marked_only_where_it_stands_whole():
    text = "Red mud, then mud alone"

    found = marks(text, {("red", "mud")}, lower)

    assert marked(text, found) == [
        Part("Red", True),
        Part(" ", False),
        Part("mud", True),
        Part(", then mud alone", False),
    ]


def test_an_excerpt_shows_the_place_with_most_of_what_was_looked_for():
    text = "tailings " + "filler " * 60 + "tailings of gold " + "filler " * 60

    parts = excerpt(text, marks(text, {("tailings",), ("gold",)}, lower), length=80)

    assert "tailings of gold" in "".join(part.text for part in parts)
    assert (parts[0], parts[-1]) == (Part("… ", False), Part(" …", False))


def test_a_text_without_the_words_has_no_marks():
    assert marks("Nothing here", {("gold",)}, lower) == []
