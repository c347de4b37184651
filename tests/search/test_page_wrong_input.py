import pytest
from bs4 import BeautifulSoup

from tests.factories import UserFactory
from tests.factories.search import findable
from tests.search.printed import titles, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def test_signs_that_are_no_words_are_left_out_and_the_page_says_so(page):
    findable("Practice")

    soup = page("/search/?q=\U0001f600 \U0001f600")

    assert titles(soup) == ["Practice"]
    assert words(soup.select_one("#results .note")) == (
        "There is no word in “\U0001f600 \U0001f600”; it was left out."
    )


def test_an_address_with_more_filters_than_can_be_read_is_answered_with_a_page(client):
    response = client.get("/search/?" + "region=SE&" * 1_200)

    assert response.status_code == 400
    assert words(BeautifulSoup(response.content, "html.parser").h1) == "This cannot be read"


def test_a_name_cannot_turn_round_what_stands_after_it(signed_in):
    aino = UserFactory()

    signed_in(aino).post("/my/searches/save/?q=mud", {"name": "\u202eMud\u2067", "frequency": "daily"})

    assert aino.saved_searches.get().name == "Mud"


def test_a_long_question_is_named_in_one_line(signed_in):
    response = signed_in(UserFactory()).get(f"/my/searches/save/?q={'mud ' * 100}")

    line = BeautifulSoup(response.content, "html.parser").select_one(".lead")
    assert words(line) == f"“{('mud ' * 25)[:99]}…”"


@pytest.mark.parametrize(
    "written", ["%E9tain", "%C3%A9tain", "%C3%83%C2%A9tain", "l%27%E9tain", "l%92%E9tain"]
)
def test_a_word_is_read_whatever_its_bytes_were_taken_for(page, written):
    findable("Étain")
    findable("Tarn")

    soup = page(f"/search/?q={written}")

    assert titles(soup) == ["Étain"]
