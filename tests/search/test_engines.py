"""The contract of every engine, on plain documents."""

import pytest

from search.query import EPOCH, MICROSECOND, Query
from tests.search.conftest import a_row


def keys(engine, text="", **query):
    return sorted(engine.keys(Query(text=text, **query)))


def test_both_of_two_words_must_be_there(engine):
    engine.fill(
        a_row("Tailings register", key="a"), a_row("Tailings dam", key="b", body="A register of dams.")
    )

    assert keys(engine, "tailings register") == ["a", "b"]
    assert keys(engine, "tailings dam") == ["b"]
    assert keys(engine, "tailings gold") == []


def test_of_many_words_some_may_be_missing_and_what_has_all_comes_first(engine):
    engine.fill(
        a_row("Residue of alumina", key="two"),
        a_row("Scandium", key="none"),
        a_row("Production of alumina", key="all", body="What to do with the residues."),
        a_row("Residue", key="one"),
    )

    question = Query(text="What can be made from residues of alumina production?")

    assert engine.keys(question) == ["all", "two"]


def test_a_word_typed_with_a_hyphen_stands_together(engine):
    engine.fill(a_row("Post-mining land", key="a"), a_row("Mining post", key="b"), a_row("Post", key="c"))

    assert keys(engine, "post-mining") == ["a"]
    assert keys(engine, "post-mining land use") == ["a"]
    assert keys(engine, "post -post-mining") == ["b", "c"]


def test_a_phrase_stands_as_typed(engine):
    engine.fill(a_row("Red mud as feedstock", key="a"), a_row("Mud that is red", key="b"))

    assert keys(engine, '"red mud"') == ["a"]
    assert keys(engine, "red mud") == ["a", "b"]
    assert keys(engine, '"mud"') == ["a", "b"]


def test_excluded_words_and_phrases_keep_items_out(engine):
    engine.fill(
        a_row("Gold tailings", key="a"), a_row("Copper tailings", key="b"), a_row("Mine water", key="c")
    )

    assert keys(engine, "tailings -gold") == ["b"]
    assert keys(engine, "-tailings") == ["c"]
    assert keys(engine, '-"gold tailings"') == ["b", "c"]


@pytest.mark.parametrize(
    "typed", ["slaskie", "Śląskie", "SLASKIE", "śląskie", "ślaskie", "S\u0301la\u0328skie"]
)
def test_accents_and_case_fold(engine, typed):
    engine.fill(a_row("Mine water in Śląskie", key="a"), a_row("Lappi", key="b"))

    assert keys(engine, typed) == ["a"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Στερεά Ελλάδα", "στερεα ελλαδα"),
        ("Łódzkie", "lodzkie"),
        ("Đakovo", "dakovo"),
        ("Sør-Østlandet", "sor ostlandet"),
        ("Großräschen", "grossraschen"),
        ("Großräschen", "Großräschen"),
        ("Стара Загора", "стара загора"),
        ("Βόρειος", "βόρειος"),
    ],
)
def test_letters_of_all_languages_fold(engine, title, typed):
    engine.fill(a_row("Region", key="a", names=[title]), a_row("Another", key="b"))

    assert keys(engine, typed) == ["a"]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("mines", "mine"),
        ("rehabilitation", "rehabilitated"),
        ("recycling", "recycled"),
        ("permits", "permitting"),
    ],
)
def test_english_words_stem(engine, said, typed):
    engine.fill(a_row("A practice", key="a", body=f"All about {said}."), a_row("Another", key="b"))

    assert keys(engine, typed) == ["a"]


def test_each_language_stems_its_own_way(engine):
    engine.fill(
        a_row(
            "Gruben", key="de", texts={"de": {"title": "Alte Gruben", "body": "Die Halden werden saniert."}}
        ),
        a_row("Hałdy", key="pl", texts={"pl": {"title": "Hałdy górnicze"}}),
    )

    assert keys(engine, "Halde") == ["de"]
    assert keys(engine, "haldy") == ["pl"]


def test_the_beginning_of_a_word_finds_titles(engine):
    engine.fill(a_row("Lithium from brine", key="a"), a_row("Brine", key="b", body="Lithium."))

    assert keys(engine, "lith") == ["a"]
    assert keys(engine, "bri lith") == ["a"]


def test_names_of_regions_and_materials_find_what_is_linked_to_them(engine):
    engine.fill(
        a_row(
            "Open register",
            key="a",
            names=["SE332", "Norrbottens län", "SE33", "Norrbotten", "SE", "Sverige"],
        ),
        a_row("Capacitors", key="b", names=["tantalum", "coltan", "Tantal"]),
        a_row("Magnets", key="c", names=["rare earths", "Seltene Erden"]),
    )

    assert keys(engine, "SE33") == ["a"]
    assert keys(engine, "se332") == ["a"]
    assert keys(engine, "Norrbotten") == ["a"]
    assert keys(engine, "coltan") == ["b"]
    assert keys(engine, "Seltene Erden") == ["c"]


def test_the_beginning_of_a_place_finds_what_lies_there(engine):
    engine.fill(
        a_row("Open register", key="a", places=["SE332", "Norrbottens län", "Sweden"]),
        a_row("Northern lights", key="b", names=["Norrbottens länsmuseum"]),
    )

    assert keys(engine, "Norrbotten") == ["a"]
    assert keys(engine, "swed") == ["a"]
    assert keys(engine, "nor") == ["b"]


def test_a_title_counts_more_than_a_summary_and_a_summary_more_than_the_text(engine):
    filler = "Some other words about a quarry in the hills."
    engine.fill(
        a_row("Quarry", key="body", summary=filler, body=f"Tailings. {filler}"),
        a_row("Tailings", key="title", summary=filler, body=filler),
        a_row("Quarry", key="summary", summary=f"Tailings. {filler}", body=filler),
    )

    assert engine.keys(Query(text="tailings")) == ["title", "summary", "body"]


def test_an_item_in_two_languages_counts_once(engine):
    engine.fill(
        a_row(
            "Tailings",
            key="a",
            texts={"en": {"title": "Tailings in Ronneburg"}, "de": {"title": "Tailings bei Ronneburg"}},
            facets={"language": ["en", "de"]},
        )
    )

    found = engine.search(Query(text="Ronneburg"))

    assert (found.total, [item.key for item in found.items]) == (1, ["a"])
    assert found.facets["language"] == [("de", 1), ("en", 1)]


def test_facets_mean_any_inside_and_all_between(engine):
    engine.fill(
        a_row(key="a", facets={"stage": ["recycling"], "region": ["SE", "SE3"]}),
        a_row(key="b", facets={"stage": ["extraction", "recycling"], "region": ["FI"]}),
        a_row(key="c", facets={"stage": ["use"], "region": ["SE"]}),
    )

    assert keys(engine, facets={"stage": ("recycling", "use")}) == ["a", "b", "c"]
    assert keys(engine, facets={"stage": ("recycling", "use"), "region": ("SE",)}) == ["a", "c"]
    assert keys(engine, facets={"stage": ("recycling",), "region": ("SE3", "FI")}) == ["a", "b"]
    assert keys(engine, facets={"stage": ("nonsense",)}) == []


def test_counts_leave_out_their_own_selection_and_respect_the_others(engine):
    engine.fill(
        a_row(key="a", facets={"stage": ["recycling"], "region": ["SE", "SE3"]}),
        a_row(key="b", facets={"stage": ["extraction", "recycling"], "region": ["FI"]}),
        a_row(key="c", facets={"stage": ["use"], "region": ["SE"]}),
        a_row(key="d", kind="event", facets={"region": ["SE"]}),
    )

    found = engine.search(Query(kind="practice", facets={"stage": ("use", "exploration")}))

    assert found.total == 1
    assert found.facets["stage"] == [("recycling", 2), ("extraction", 1), ("use", 1), ("exploration", 0)]
    assert found.facets["region"] == [("SE", 1)]
    assert found.facets["material"] == []
    assert found.kinds == {"practice": 1}
    assert engine.search(Query(kind="practice")).kinds == {"practice": 3, "event": 1}


def test_what_changed_since_a_moment_narrows_results_and_counts(engine):
    engine.fill(
        *(a_row(key=key, version=number, facets={"stage": ["use"]}) for number, key in enumerate("abc", 7))
    )
    since = EPOCH + 8 * MICROSECOND

    found = engine.search(Query(modified_since=since))

    assert keys(engine, modified_since=since) == ["b", "c"]
    assert keys(engine, modified_since=since, facets={"stage": ("recycling",)}) == []
    assert keys(engine, modified_since=EPOCH - MICROSECOND) == ["a", "b", "c"]
    assert (found.total, found.facets["stage"], found.kinds) == (2, [("use", 2)], {"practice": 2})


def test_every_value_with_a_count_is_returned(engine):
    engine.fill(*(a_row(facets={"region": ["SE", f"SE{number:03d}"]}) for number in range(300)))

    found = engine.search(Query())

    assert found.total == 300
    assert found.facets["region"] == [("SE", 300), *((f"SE{number:03d}", 1) for number in range(300))]


def test_pages_and_sorting_hold_every_item_once(engine):
    engine.fill(
        *(a_row(f"Practice {number:02d}", key=f"k{number:02d}", newest=number) for number in range(25))
    )

    by_title = [engine.keys(Query(sort="title", page=page, page_size=10)) for page in (1, 2, 3, 4)]
    newest = engine.keys(Query(sort="newest", page_size=3))
    with_words = engine.keys(Query(text="practice", sort="newest", page_size=3))

    assert by_title[0] + by_title[1] + by_title[2] == [f"k{number:02d}" for number in range(25)]
    assert by_title[3] == []
    assert newest == with_words == ["k24", "k23", "k22"]


def test_of_two_published_in_one_second_the_later_made_is_the_newer(engine):
    engine.fill(*(a_row("Practice", key=f"page:{number}", newest=5) for number in (9, 100, 10, 99)))

    newest = engine.keys(Query(sort="newest"))

    assert newest == ["page:100", "page:99", "page:10", "page:9"]


def test_titles_sort_without_regard_to_accents_and_case(engine):
    engine.fill(
        a_row("Zebra", key="z"), a_row("Ågnes", key="a"), a_row("łódź", key="l"), a_row("MINE", key="m")
    )

    assert engine.keys(Query(sort="title")) == ["a", "l", "m", "z"]


def test_what_changes_or_goes_is_seen_at_once(engine):
    first, second = a_row("Tailings", key="a"), a_row("Copper", key="b")
    engine.fill(first, second)

    changed = a_row("Gold", key="a")
    gone = a_row("Copper", key="b", deleted=True)
    sent = engine.send(changed, gone)

    assert sent == [("a", changed.version), ("b", gone.version)]
    assert keys(engine, "tailings") == []
    assert keys(engine, "copper") == []
    assert keys(engine) == ["a"]
    assert engine.search(Query()).total == 1


def test_a_rebuild_leaves_only_what_it_was_given(engine):
    engine.fill(a_row("Old", key="a"), a_row("Kept", key="b"))

    engine.fill(a_row("Kept", key="b"), a_row("Gone", key="c", deleted=True))

    assert keys(engine) == ["b"]
    assert engine.module.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        '"', '""', "-", "--", '-"', "\x00", "\u202e\u200f", "title:(x AND", "a OR", "*", "a*", "~2", "\\",
        "'; DROP TABLE search_document; --", '{"match_all": {}}', "<script>alert(1)</script>", "[1 TO 2]",
        "\U0001f600" * 30, "x" * 20_000, "word " * 5_000, '"' + "word " * 200 + '"', "-a -b -c", "ß",
        "ﬁ ĳ ½ ²", "汉字 かな", "و السلام", "e\u0301" * 200, "\ud83d", "\ue000tailings\ue001",
    ],
)  # fmt: skip
def test_no_input_is_an_error(engine, text):
    engine.fill(a_row("Tailings", key="a"))

    found = engine.search(Query(text=text, facets={"stage": (text[:50], "use")}))

    assert found.total in (0, 1)


def test_the_keys_of_everything_come_in_the_order_of_the_results(engine):
    rows = [a_row(f"Mud {n:04}", key=f"k{n}", newest=n, facets={"stage": ["use"]}) for n in range(230)]
    engine.fill(*rows, a_row("Gold", key="gold"), a_row("Mud of clay", key="other", kind="event"))
    asked = [
        Query(text="mud", kind="practice", facets={"stage": ("use",)}, sort=sort, page_size=100, page=page)
        for sort in ("best", "newest", "title")
        for page in (1, 2, 3)
    ]

    for first in asked[::3]:
        shown = [key for query in asked if query.sort == first.sort for key in engine.keys(query)]
        assert engine.module.keys(first) == shown


def test_the_keys_can_be_asked_of_a_few_items_only(engine):
    engine.fill(a_row("Mud", key="a"), a_row("Mud", key="b"), a_row("Gold", key="c"))

    assert engine.module.keys(Query(text="mud"), among=["b", "c", "nothing"]) == ["b"]
    assert sorted(engine.module.keys(Query(), among=["b", "c"])) == ["b", "c"]
    assert engine.module.keys(Query(text="mud"), among=[]) == []
