"""What people type is read as they meant it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.typed import TAG, as_key, as_line, as_prose, as_rich_text

UNSEEN = {
    "soft hyphen": "\u00ad",
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte-order mark": "\ufeff",
    "left to right": "\u200e",
    "right to left override": "\u202e",
    "isolate": "\u2066",
    "Arabic letter mark": "\u061c",
    "combining grapheme joiner": "\u034f",
    "Mongolian vowel separator": "\u180e",
    "Hangul filler": "\u3164",
    "tag letter": "\U000e0041",
    "NUL": "\x00",
    "bell": "\x07",
    "delete": "\x7f",
    "private use": "\ue000",
    "half of a sign": "\ud800",
    "noncharacter": "\uffff",
}


@pytest.mark.parametrize("clean", [as_key, as_line, as_prose])
@pytest.mark.parametrize("mark", UNSEEN.values(), ids=UNSEEN)
def test_marks_that_nobody_sees_are_gone(clean, mark):
    assert clean(f"{mark}Ore{mark}bro{mark}") == "Orebro"


@pytest.mark.parametrize("clean", [as_key, as_line, as_prose])
def test_texts_are_composed_and_blanks_around_them_are_gone(clean):
    assert clean("\u00a0\u2003O\u0308rebro\u202f\u3000\n") == "Örebro"


def test_a_line_has_blanks_for_line_breaks_and_keeps_blanks_that_do_not_break():
    assert as_line("Reuse of\r\ntailings\u2028in\t10\u00a0years") == "Reuse of tailings in 10\u00a0years"


def test_a_key_has_single_plain_blanks_and_no_way_of_drawing():
    assert as_key("GP\u00a0 7\t\u26cf\ufe0f") == "GP 7 \u26cf"


def test_prose_keeps_lines_and_pictures_of_several_signs():
    assert as_prose("A \u200bmine\r\nwith 👩🏽\u200d🔬 and ⛏️\r\n\r\n\uf0b7 one\u200d") == (
        "A mine\nwith 👩🏽\u200d🔬 and ⛏️\n\n• one"
    )


SCOTLAND = "🏴" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct\x7f")


def test_prose_keeps_the_flag_of_a_part_of_a_country_and_a_line_its_plain_flag():
    assert as_prose(f"a\U000e0061 {SCOTLAND}") == f"a {SCOTLAND}"
    assert as_line(SCOTLAND) == as_key(SCOTLAND) == "🏴"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>red\u00ad mud</p>", "<p>red mud</p>"),
        ("<p>red&shy; m&#8203;ud&nbsp;</p>", "<p>red mud\u00a0</p>"),
        (
            '<a href="https://example.org/\u200b">O\u0308re\u200bbro</a>',
            '<a href="https://example.org/">Örebro</a>',
        ),
        ("<p>👩🏽&zwj;🔬 a &lt; b &amp;shy; c</p>", "<p>👩🏽\u200d🔬 a &lt; b &amp;shy; c</p>"),
        ("<p>&\u200bshy;x</p>", "<p>x</p>"),
        ("<p>a <\u200bscript>x</p>", "<p>a <\u200bscript>x</p>"),
        ("<b> bold </b>\n", "<b> bold </b>\n"),
    ],
)
def test_formatted_text_is_prose_between_its_tags(html, kept):
    assert as_rich_text(html) == as_rich_text(kept) == kept


@given(st.text(alphabet="<>&;#\u00ad\u200b\u0338/as hy38", max_size=30))
def test_formatted_text_that_is_clean_stays_and_no_tag_comes_out_of_a_mark(html):
    kept = as_rich_text(html)

    assert as_rich_text(kept) == kept
    assert len(TAG.findall(kept)) <= len(TAG.findall(html))


@given(st.text())
def test_what_is_clean_stays_as_it_is(text):
    for clean in (as_key, as_line, as_prose):
        assert clean(clean(text)) == clean(text)


LETTERS = st.characters(categories=("Lu", "Ll", "Nd", "Po"), exclude_characters="\u115f\u1160")


@given(st.text(alphabet=LETTERS))
def test_what_one_sees_is_never_lost(text):
    assert as_key(text) == as_line(text) == as_prose(text) == unicodedata.normalize("NFC", text)
