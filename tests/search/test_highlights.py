from search.highlights import excerpt, marked, marks
from search.query import Part, Query
from tests.search.conftest import a_row


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


def as_text(parts):
    return "".join(f"[{part.text}]" if part.hit else part.text for part in parts)


def test_words_found_are_marked_in_title_and_excerpt(engine):
    before = "Nothing of interest stands at the beginning of this text. " * 10
    engine.fill(
        a_row(
            "Re-mining old Tailings",
            key="a",
            summary="About ponds.",
            body=f"{before}A tailing pond was closed.",
        )
    )

    highlights = engine.search(Query(text="tailings")).items[0].highlights

    assert as_text(highlights["title"]) == "Re-mining old [Tailings]"
    assert "A [tailing] pond was closed" in as_text(highlights["text"])
    assert len(as_text(highlights["text"])) < 300


def test_a_title_is_marked_by_its_beginning_and_letter_for_letter(engine):
    engine.fill(a_row("Śląskie lithium", key="a"))

    assert (
        as_text(engine.search(Query(text="slas lith")).items[0].highlights["title"]) == "[Śląskie] [lithium]"
    )


def test_markup_in_a_text_stays_text(engine):
    engine.fill(a_row("<b>Tailings</b> & <script>", key="a"))

    assert as_text(engine.search(Query(text="tailings")).items[0].highlights["title"]) == (
        "<b>[Tailings]</b> & <script>"
    )
