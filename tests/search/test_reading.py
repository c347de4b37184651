"""How a question was read, as the page says it."""

import pytest

from search.queries import search
from search.query import Query
from tests.factories.search import findable
from tests.search.printed import titles, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


@pytest.fixture
def lithium(embedded_only):
    findable("Lithium from tailings")
    findable("Lime from a quarry")
    # The first search makes the index.
    search(Query())


def read(soup):
    """What the page says of how it read the question, and where its links lead."""
    return [words(line) for line in soup.select(".reading p")], [a["href"] for a in soup.select(".reading a")]


def test_a_correction_is_said_with_a_way_back_to_what_was_typed(lithium, page):
    soup = page("/search/?q=litium+tailngs&kind=practice")

    assert titles(soup) == ["Lithium from tailings"]
    assert read(soup) == (
        ["Showing results for lithium tailings . Search instead for litium tailngs"],
        ["/search/?q=litium+tailngs&kind=practice&exact=1"],
    )
    assert soup.select_one("#q")["value"] == "litium tailngs"


def test_a_correction_is_said_aloud_when_only_the_results_change(lithium, page):
    swapped = page("/search/?q=litium+tailngs&kind=practice", hx_request="true")

    assert words(swapped.select_one("#announcement")) == (
        "Showing results for lithium tailings. 1 good practice, page 1 of 1"
    )


def test_who_wants_the_words_as_typed_gets_them(lithium, page):
    soup = page("/search/?q=litium+tailngs&kind=practice&exact=1")

    assert titles(soup) == []
    assert "Showing results for" not in words(soup)


def test_what_is_typed_right_is_not_talked_about(lithium, page):
    assert read(page("/search/?q=lithium+tailings")) == ([], [])


def test_a_word_nobody_knows_is_named_and_the_others_are_looked_for(lithium, page):
    soup = page("/search/?q=lithium+qwertzuiop")

    assert titles(soup) == ["Lithium from tailings"]
    assert read(soup) == (["Nothing here says “qwertzuiop”."], [])


def test_markup_in_a_corrected_question_stays_text(lithium, page):
    soup = page("/search/?q=<b>litium</b>+tailngs")

    assert soup.select(".reading b b") == []
    assert "litium" in read(soup)[0][0]


@pytest.mark.parametrize(
    "text",
    ["lime", "Lithium", "tailing", "quarries", '"litium"', "lithium -tailngs"],
)
def test_known_words_phrases_and_words_left_out_are_never_corrected(lithium, text):
    assert search(Query(text)).corrected == ""


@pytest.mark.parametrize("sort", ["best", "title"])
def test_results_with_a_part_of_what_was_typed_are_announced_in_any_order(lithium, page, sort):
    soup = page(f"/search/?q=lithium+quarry&sort={sort}")

    assert sorted(titles(soup)) == ["Lime from a quarry", "Lithium from tailings"]
    assert read(soup) == (
        ["Hardly any result has all that you typed; those with a part of it are listed too."],
        [],
    )
