from search.highlights import excerpt, marked, marks
from search.lexicon import Lexicon, Meaning
from search.query import Part, Query
from search.understanding import understand
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


def marked_together(parts):
    """The text with its marks; words that are marked side by side count as marked together."""
    return as_text(parts).replace("] [", " ")


RED_MUD = [
    (1, language, term, False, False)
    for language, term in (("en", "red mud"), ("en", "bauxite residue"), ("de", "Rotschlamm"))
]


def test_other_words_for_what_was_typed_are_marked_in_each_language(engine):
    engine.fill(
        a_row("Bauxite residue in cement", key="en", body="A bauxite residue, not any residue."),
        a_row(
            "Zement",
            key="de",
            texts={"de": {"title": "Rotschlamm im Zement", "body": "Der Rotschlamm wird zu Ziegeln."}},
        ),
    )

    query = understand(Query(text="red mud", language="de"), Lexicon(terms=RED_MUD))
    shown = {item.key: item.highlights for item in engine.search(query).items}

    assert {key: marked_together(parts["text"]) for key, parts in shown.items()} == {
        "en": "A [bauxite residue], not any residue.",
        "de": "Der [Rotschlamm] wird zu Ziegeln.",
    }
    assert marked_together(shown["de"]["title"]) == "[Rotschlamm] im Zement"


def test_the_english_name_of_what_was_named_in_another_language_is_marked(engine):
    lexicon = Lexicon()
    meaning = Meaning(tags={("material", "rare-earths")})
    lexicon.add("de", "Seltene Erden", False, meaning)
    lexicon.english["material", "rare-earths"].append(("en", ("rare", "earths")))
    engine.fill(
        a_row("Rare earths from magnets", key="a", body="A rare chance: rare earths of this earth."),
        a_row("Tailings", key="b", facets={"material": ["copper"]}),
    )

    query = understand(Query(text="Seltene Erden"), lexicon)
    (item,) = engine.search(query).items

    assert marked_together(item.highlights["title"]) == "[Rare earths] from magnets"
    assert marked_together(item.highlights["text"]) == "A rare chance: [rare earths] of this earth."
