"""The staff page of what was set aside, and what people decide there."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network import setbacks
from network.models import Letter, Setback
from network.rights import ADMINISTRATORS, AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from tests.factories import LetterFactory, UserFactory

pytestmark = pytest.mark.django_db


def person(group):
    return UserFactory(groups=[Group.objects.get(name=group)] if group else [])


@pytest.fixture
def officer(signed_in):
    return signed_in(person(OFFICERS))


def aside(kind, key, what, **about):
    """Something that was tried for two days."""
    for _time in range(12):
        setback = setbacks.note(kind, key, "refused", reason=f"550 {what} refused", what=what, **about)
    return setback


def letter_aside(name="carla", **about):
    letter = LetterFactory(to=f"{name}@example.org", subject=f"To {name}", text="The text 12345", **about)
    return aside("letter", letter.pk, letter.subject, to=letter.to, letter=letter)


def page(client, address=""):
    answer = client.get(address or reverse("set_aside"))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").main


def words(node):
    return " ".join(node.get_text(" ", strip=True).split())


def test_an_officer_sees_what_was_set_aside_and_never_a_letters_text(officer):
    letter_aside(is_secret=True)
    aside("row", "page:7", "Mine-water heat tour")
    setbacks.note("page", "revision:1", "no", reason="The address is taken.", what="Slag register")

    shown = page(officer)

    rows = [words(row) for row in shown.select("#waits")[0].find_parent("section").select("tbody tr")]
    assert [row.split(" Try again")[0].split(" 12 ")[0] for row in rows] == [
        "Mine-water heat tour Search entry 550 Mine-water heat tour refused",
        "To carla Letter to carla@example.org 550 To carla refused",
    ]
    assert [words(link) for link in shown.select("nav.seg a")] == ["All 2", "Letters 1", "Search entries 1"]
    assert "Slag register Page The address is taken. 1" in words(shown)
    assert "12345" not in str(shown)


def test_an_empty_list_says_so_and_the_duties_are_there(officer):
    shown = words(page(officer))

    assert "Nothing is set aside." in shown
    assert "Erase registrations whose time is over Not done yet" in shown


@pytest.mark.parametrize(
    ("group", "may"),
    [
        (OFFICERS, True),
        (ADMINISTRATORS, True),
        (EXPERTS, False),
        (AUDITORS, False),
        (CONTRIBUTORS, False),
        ("", False),
    ],
)
def test_only_officers_and_administrators_may_see_and_decide(signed_in, group, may):
    setback = letter_aside()
    client = signed_in(person(group))

    answers = [
        client.get(reverse("set_aside")),
        client.get(reverse("set_aside_give_up", args=[setback.pk])),
        client.get(reverse("set_aside_all_again", args=["letter"])),
    ]
    refused = client.post(reverse("set_aside_give_up", args=[setback.pk]), {"reason": "I want to"})

    assert [answer.status_code == 200 for answer in answers] == [may] * 3
    assert (refused.status_code in (302, 403), Setback.objects.count()) == (True, 0 if may else 1)


def test_what_is_tried_again_is_due_at_once_and_it_is_written_down_who_wanted_it(signed_in):
    bruno = UserFactory(first_name="Bruno", last_name="Berg", groups=[Group.objects.get(name=OFFICERS)])
    client = signed_in(bruno)
    setback = letter_aside()

    client.post(reverse("set_aside_again", args=[setback.pk]))

    fresh = Setback.objects.get()
    assert (fresh.set_aside_at, fresh.again_at <= timezone.now()) == (None, True)
    assert list(Letter.objects.waiting()) == [setback.letter]
    assert "Tried again To carla Bruno Berg" in words(page(client))


def test_a_letter_that_is_given_up_is_not_sent_loses_its_secret_and_the_reason_is_kept(officer):
    setback = letter_aside(is_secret=True)
    address = reverse("set_aside_give_up", args=[setback.pk])

    without = officer.post(address, {"reason": " "})
    assert (without.status_code, Setback.objects.count()) == (200, 1)
    officer.post(address, {"reason": "She wrote from another address"})

    letter = Letter.objects.get()
    assert (letter.text, letter.sent_at, letter.ended_at is not None) == ("", None, True)
    assert not Setback.objects.exists()
    assert "Given up To carla: She wrote from another address" in words(page(officer))


def test_everything_of_one_kind_is_decided_at_once_after_being_asked(officer):
    letter_aside("aino"), letter_aside("carla"), aside("row", "page:7", "A row")
    again, given_up = (reverse(f"set_aside_all_{what}", args=["letter"]) for what in ("again", "give_up"))

    assert "Try 2 things again?" in words(page(officer, again))
    officer.post(again)
    assert sorted(Setback.objects.set_aside().values_list("kind", flat=True)) == ["row"]

    letter_aside("bruno"), letter_aside("dora")
    assert "Give 2 things up?" in words(page(officer, given_up))
    officer.post(given_up, {"reason": "Too late"})
    assert Letter.objects.exclude(ended_at=None).count() == 2
    assert Setback.objects.count() == 3


def test_the_workers_own_parts_are_tried_again_and_never_given_up(officer):
    setback = aside("job", "letters", "Sending letters")

    officer.post(reverse("set_aside_give_up", args=[setback.pk]), {"reason": "No"})

    assert Setback.objects.count() == 1
    assert "Give up:" not in words(page(officer))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/set-aside/999/give-up/",
        "/admin/set-aside/999/again/",
        "/admin/set-aside/all/nonsense/again/",
        "/admin/set-aside/all/letter/give-up/",
    ],
)
def test_what_somebody_else_decided_before_is_said_in_words(officer, address):
    answer = officer.post(address, {"reason": "Too late"}, follow=True)

    assert "It is done, or somebody else has decided about it already." in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["?kind=nonsense", "?kind=%00", "?page=x", "?page=-1", "?page=99999999999999999999"]
)
def test_odd_addresses_show_the_list(officer, query):
    letter_aside()

    assert "To carla" in words(page(officer, reverse("set_aside") + query))


def test_the_list_costs_as_much_with_five_as_with_one(officer):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(officer)
        return len(asked)

    letter_aside("person1"), setbacks.note("page", "a", "no", what="A")
    page(officer)
    one = cost()
    for number in range(2, 6):
        letter_aside(f"person{number}"), setbacks.note("page", number, "no", what="A")

    assert cost() == one


def test_the_page_says_how_many_pages_are_kept(officer, settings):
    off = facts(officer)["Pages in memory"]
    settings.KEPT_PAGES_MB = 8
    on = facts(officer)["Pages in memory"]

    assert off == "None: switched off"
    assert on == "0 pages 0.0 of 8 MB"


def facts(client):
    """The figures at the head of the page: {name: value}."""
    found = BeautifulSoup(client.get(reverse("set_aside")).content, "html.parser").select("dl div")
    return {row.dt.get_text(strip=True): " ".join(row.dd.get_text(" ").split()) for row in found}
