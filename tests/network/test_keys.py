import pytest

from network.keys import key_in


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", " 1", "²", "٣", "x", "\x00", "9" * 18, "9" * 5000])
def test_what_is_no_key_stands_for_none(text):
    assert key_in(text) is None


def test_a_key_is_read_from_text_and_number_alike():
    assert [key_in("57"), key_in(57), key_in("0")] == [57, 57, 0]
