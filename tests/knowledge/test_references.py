import pytest

from knowledge.references import reference_in, spellings


@pytest.mark.parametrize(
    "typed", ["GP-0033", "gp33", " GP 33 ", "Gp-33", "GP033", "GP–0033", "gp_033", "GP - 33"]
)
def test_a_reference_is_known_however_it_is_written(typed):
    assert reference_in(typed) == "GP-0033"


@pytest.mark.parametrize("typed", ["", "33", "GP", "GP-33-1", "a report of 2021", "GP-٣٣", "GP" + "1" * 40])
def test_what_is_no_reference_stays_as_it_is(typed):
    assert reference_in(typed) == typed


def test_a_code_is_found_by_all_its_spellings():
    assert spellings("GP-0033") == [
        "GP-0033",
        *("GP-33", "GP33", "GP-033", "GP033", "GP-0033", "GP0033"),
    ]
    assert "EMRIE1" in spellings("EMRIE-1")
    assert spellings("33") == ["33"]
    assert spellings("") == []
