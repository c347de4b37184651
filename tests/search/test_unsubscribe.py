"""Letters about a saved search stop by one request or one button, without signing in."""

import pytest
from bs4 import BeautifulSoup

from search import unsubscribe
from tests.factories import GoodPracticePageFactory
from tests.search.letters import keep, later, sent, stop_address, titles_in
from tests.search.printed import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_engine")]


def test_a_mail_program_stops_the_letters_with_one_request(aino, committed, client):
    saved = keep(aino, "q=tailings", name="Mud")
    other = keep(aino, "q=gold")
    with committed():
        GoodPracticePageFactory(title="Tailings")
    (letter,) = sent(later())
    address = stop_address(letter)

    strict = type(client)(enforce_csrf_checks=True)
    response = strict.post(address, {"List-Unsubscribe": "One-Click"})
    saved.refresh_from_db()
    other.refresh_from_db()

    assert response.status_code == 200
    assert (saved.writes, other.writes) == (False, True)
    with committed():
        GoodPracticePageFactory(title="More tailings")
    assert sent(later(2)) == []


def test_looking_at_the_address_stops_nothing_and_a_button_does(aino, client):
    saved = keep(aino, "q=tailings", name="Mud")
    address = unsubscribe.stop_url([saved]).removeprefix("http://localhost:8000")

    soup = BeautifulSoup(client.get(address).content, "html.parser")
    client.head(address)
    saved.refresh_from_db()
    assert words(soup.h1) == "Stop these letters?"
    assert words(soup.select_one("main form button")) == "Stop the letters"
    assert saved.writes

    stopped = BeautifulSoup(client.post(address).content, "html.parser")
    saved.refresh_from_db()
    assert words(stopped.h1) == "No more letters about this"
    assert not saved.writes

    again = BeautifulSoup(client.post(address, {"again": "yes"}).content, "html.parser")
    saved.refresh_from_db()
    assert words(again.h1) == "Letters will come again"
    assert saved.writes


def test_a_short_stop_loses_nothing(aino, committed, client):
    saved = keep(aino, "q=tailings")
    address = unsubscribe.stop_url([saved]).removeprefix("http://localhost:8000")
    client.post(address)
    with committed():
        GoodPracticePageFactory(title="Tailings")
    client.post(address, {"again": "yes"})

    assert [titles_in(letter) for letter in sent(later())] == [["Tailings"]]


@pytest.mark.parametrize("token", ["x", "W10:1abc:forged", "%00", "..", "e" * 3000])
def test_a_forged_address_stops_nothing(aino, client, token):
    saved = keep(aino, "q=tailings")

    for method in (client.get, client.post):
        assert method(f"/my/searches/stop/{token}/").status_code == 404

    saved.refresh_from_db()
    assert saved.writes


def test_the_address_of_a_deleted_search_says_that_there_is_nothing_to_stop(aino, client):
    saved = keep(aino, "q=tailings")
    address = unsubscribe.stop_url([saved]).removeprefix("http://localhost:8000")
    saved.delete()

    response = client.post(address)

    assert response.status_code == 200
    assert "There is nothing to stop" in response.content.decode()
