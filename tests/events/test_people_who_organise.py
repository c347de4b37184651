"""What named organisers are led to, what they have to arrange, and what is said when nothing happens."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse

from events import attendance
from events.queries import events_organised_by
from knowledge.choices import EvidenceKind
from knowledge.models import Evidence
from network.models import Letter
from network.rights import CONTRIBUTORS, OFFICERS
from tests.factories import AttendanceFactory, LearningEventPageFactory, RegistrationFactory, UserFactory
from tests.knowledge.answers import status

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga():
    """A named organiser, who is nothing else here."""
    return UserFactory(email="olga@example.org")


@pytest.fixture
def officer():
    return UserFactory(groups=[Group.objects.get(name=OFFICERS)])


def hers(olga, **facts):
    event = LearningEventPageFactory(slug="hers", **facts)
    event.organisers.create(email=olga.email)
    return event


def links(page):
    soup = BeautifulSoup(page.content, "html.parser")
    return {link["href"] for link in soup.main.select("a[href]")}


def test_who_is_named_is_led_nowhere_where_she_is_refused(olga, signed_in):
    hers(olga, days=-3, live=False)
    AttendanceFactory(registration__event__slug="other")
    browser = signed_in(olga)

    pages = [f"/events/hers/{name}/" for name in ("participants", "places", "organisers", "cancel")]
    addresses = set().union(*(links(browser.get(page)) for page in ["/my/", *pages]))

    refused = {address for address in addresses if browser.get(address).status_code == 403}
    # That page says how one gets the right to write.
    assert refused - {"/my/submit-a-practice/"} == set()
    assert {address for address in addresses if "/admin/" in address} == set()
    assert [row["url"] for row in events_organised_by(olga)] == ["/events/hers/participants/"]
    assert "The page itself is changed by its author" in browser.get(pages[0]).content.decode()


def test_the_author_is_led_to_the_editor_and_to_the_agenda(signed_in):
    aino = UserFactory(groups=[Group.objects.get(name=CONTRIBUTORS)])
    event = LearningEventPageFactory(slug="mine", days=-3, owner=aino)
    RegistrationFactory(event=event)

    found = links(signed_in(aino).get("/events/mine/participants/"))

    assert {
        reverse("wagtailadmin_pages:edit", args=[event.pk]),
        f"{reverse('wagtailsnippets_knowledge_evidence:add')}?page={event.pk}",
    } <= found


def test_who_attached_the_list_opens_it_from_the_page_and_others_are_not_led_there(olga, officer, signed_in):
    event = hers(olga, days=-3)
    AttendanceFactory(registration__event=event)
    theirs = UserFactory(email="other@example.org")
    event.organisers.create(email=theirs.email)
    browser = signed_in(olga)

    browser.post("/events/hers/participants/list/")
    file = Evidence.objects.get(kind=EvidenceKind.ATTENDANCE_LIST).document.url

    led, opened = links(browser.get("/events/hers/participants/")), status(browser, file)
    other = signed_in(theirs)

    assert (file in led, opened) == (True, 200)
    assert file not in links(other.get("/events/hers/participants/"))
    assert status(other, file) == 403


@pytest.mark.parametrize("days", [3, -3])
def test_what_is_to_be_arranged_is_read_before_and_after_the_beginning(days, olga, signed_in):
    event = hers(olga, days=days)
    RegistrationFactory(event=event, participant__name="Aino", needs="Step-free access")
    RegistrationFactory(event=event, participant__name="Wanda", state="waiting", needs="Vegan")
    RegistrationFactory(event=event, participant__name="Carla", state="withdrawn", needs="Kosher")
    RegistrationFactory(event=event, participant__name="Piotr")

    page = BeautifulSoup(signed_in(olga).get("/events/hers/participants/").content, "html.parser")

    rows = page.find(id="arrange").parent.select("tbody tr")
    assert [row.get_text(" ", strip=True) for row in rows] == [
        "Aino Step-free access On site Confirmed",
        "Wanda Vegan On site On the waiting list",
    ]


def test_no_attached_list_says_what_somebody_needs(olga):
    event = hers(olga, days=-3)
    AttendanceFactory(registration__event=event, registration__needs="Kosher")

    evidence = attendance.attach_list(event, by=olga)

    with evidence.document.file.open("rb") as file:
        assert b"Kosher" not in file.read()


def test_when_nobody_is_left_to_ask_no_success_is_claimed(olga, signed_in):
    event = hers(olga, days=-3)
    row = RegistrationFactory(event=event)
    browser = signed_in(olga)

    asked = browser.post("/events/hers/participants/ask/", follow=True)
    browser.post("/events/hers/participants/", {f"presence-{row.pk}": "absent"}, follow=True)
    marked = browser.post("/events/hers/participants/", {f"presence-{row.pk}": "absent"}, follow=True)

    assert [(m.level_tag, str(m)) for m in [*asked.context["messages"], *marked.context["messages"]]] == [
        ("info", "Nobody is left to ask: who was present has been asked, or has answered."),
        ("info", "Nothing was changed: these marks were there already."),
    ]


def test_calling_off_what_nobody_registered_for_speaks_of_no_letters(olga, signed_in):
    hers(olga)

    page = signed_in(olga).get("/events/hers/cancel/").content.decode()

    assert "Nobody has registered, so no letter goes to participants." in page
    assert "0 registrations" not in page


def test_everybody_concerned_reads_why_the_event_was_called_off(olga, officer, signed_in, client):
    author = UserFactory(email="author@example.org")
    event = hers(olga, owner=author)
    rows = {
        state: RegistrationFactory(event=event, state=state)
        for state in ("confirmed", "waiting", "asked", "withdrawn")
    }

    signed_in(officer).post("/events/hers/cancel/", {"reason": "The mine is flooded"})

    own = [client.get(f"/events/registration/{row.token}/").content.decode() for row in rows.values()]
    pages = [client.get("/events/hers/"), signed_in(olga).get("/events/hers/participants/")]
    told = [letter.to for letter in Letter.objects.all() if "The mine is flooded" in letter.text]
    assert [page.count("The mine is flooded") for page in own] == [1, 1, 1, 1]
    assert ["The mine is flooded" in page.content.decode() for page in pages] == [True, True]
    assert sorted(told) == sorted(
        [
            olga.email,
            author.email,
            rows["confirmed"].participant.email,
            rows["waiting"].participant.email,
        ]
    )


def test_a_cancelled_event_says_so_at_its_title(officer, signed_in, client):
    LearningEventPageFactory(slug="one")

    signed_in(officer).post("/events/one/cancel/", {"reason": "The mine is flooded"})

    public = BeautifulSoup(client.get("/events/one/").content, "html.parser")
    managed = BeautifulSoup(signed_in(officer).get("/events/one/participants/").content, "html.parser")
    badges = [page.select_one("header.pagehead .badge--bad").text for page in (public, managed)]
    assert badges == ["Cancelled", "Cancelled"]


def test_my_work_says_that_i_organise_an_event_and_starts_a_new_one(signed_in):
    aino = UserFactory(groups=[Group.objects.get(name=CONTRIBUTORS)])
    LearningEventPageFactory(slug="mine", title="A workshop", owner=aino)
    browser = signed_in(aino)

    page = BeautifulSoup(browser.get("/my/").content, "html.parser")
    start = browser.get("/my/start-an-event/")

    row = next(row for row in page.select("tr") if "A workshop" in row.text)
    assert row.find_all("td")[1].get_text(" ", strip=True) == "You organise it Registration open"
    assert page.select_one('a[href="/my/start-an-event/"]').get_text(strip=True) == "Start a new one: event"
    assert (start.status_code, "/events/learningeventpage/" in start.headers["Location"]) == (302, True)
