import pytest

from search.query import Clause, Query, parse


def word(text, **about):
    return Clause((text,), **about)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("tailings", [word("tailings")]),
        (
            'tailings "red mud" -gold',
            [word("tailings"), Clause(("red", "mud"), True), Clause(("gold",), False, True)],
        ),
        ('-"red mud"', [Clause(("red", "mud"), True, True)]),
        ("post-mining", [Clause(("post", "mining"), readings=(("postmining",),))]),
        ("\u201ered mud\u201c", [Clause(("red", "mud"), True)]),
        ('"red', [word("red")]),
        ("SE33", [word("SE33")]),
        ("AND OR title:* (x", [word("title"), word("x")]),
        ("", []),
        ('"', []),
        ("-", []),
        ('""', []),
        ("\x00\u200f", []),
        ("\U0001f600\U0001f600", []),
    ],
)
def test_words_phrases_and_exclusions_mean_something_and_all_else_is_text(text, clauses):
    assert list(parse(text)) == clauses


def test_words_that_only_ask_are_left_out_when_something_else_is_asked():
    question = parse("What can be made from residues of alumina production?")

    assert question == (word("residues"), word("alumina"), word("production"))
    assert parse("the who") == (word("the"), word("who"))
    assert parse('"state of the art"') == (Clause(("state", "of", "the", "art"), True),)


def test_symbols_that_are_words_are_kept_when_written_as_symbols():
    assert parse("In tin") == (word("In"), word("tin"))
    assert parse("in tin") == (word("tin"),)


def test_what_cannot_be_used_is_brought_within_bounds():
    query = Query(
        text="a" * 20_000,
        sort="rubbish",
        page=-1,
        page_size=5_000,
        facets={"stage": ("use", "use"), "region": ()},
    )

    assert (len(query.text), query.sort, query.page, query.page_size) == (400, "best", 1, 100)
    assert query.facets == {"stage": ("use",)}
    assert Query(page=10**9).offset < 10_000
    assert len(Query(text="x y z " * 5_000).clauses) <= 24
