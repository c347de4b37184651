"""What the people who run an event do: mark attendance, set places, take the list away."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from events.attendance import erase_list
from events.models import Attendance, EventOrganiser, EventStatus, JoinLink, Places, Registration
from events.queries import events_organised_by
from events.rights import may_manage
from knowledge.files import may_read_file
from knowledge.models import Evidence, SourceDocument
from network.models import Letter
from network.rights import OFFICERS
from tests.factories import (
    AttendanceFactory,
    LearningEventPageFactory,
    MembershipFactory,
    OrganisationFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(signed_in):
    """The browser of an officer."""
    return signed_in(UserFactory(groups=[Group.objects.get(name=OFFICERS)]))


@pytest.fixture
def over():
    """An event that is over."""
    return LearningEventPageFactory(slug="over", days=-3)


def message_of(page):
    return str(next(iter(page.context["messages"])))


def marks(event):
    rows = Attendance.objects.filter(registration__event=event).order_by("registration__number")
    return [(row.registration_id, row.presence) for row in rows]


def test_attendance_is_marked_for_all_in_one_form_and_sending_it_twice_is_harmless(officer, over):
    one, two, three = RegistrationFactory.create_batch(3, event=over)
    waiting = RegistrationFactory(event=over, state="waiting")
    form = {
        f"presence-{one.pk}": "present",
        f"presence-{two.pk}": "excused",
        f"presence-{waiting.pk}": "present",
    }

    first = officer.post("/events/over/participants/", form)
    recorded = Attendance.objects.order_by("pk").values_list("recorded_at", flat=True)
    before = list(recorded)
    officer.post("/events/over/participants/", form)

    assert first.status_code == 302
    assert marks(over) == [(one.pk, "present"), (two.pk, "excused")]
    assert list(recorded) == before
    assert three.pk not in [key for key, _mark in marks(over)]
    assert PageLogEntry.objects.filter(action="events.attendance").count() == 1


def test_attendance_can_be_corrected_but_not_marked_before_the_event(officer, over):
    row = RegistrationFactory(event=over)
    coming = RegistrationFactory(event=LearningEventPageFactory(slug="coming"))

    officer.post("/events/over/participants/", {f"presence-{row.pk}": "present"})
    officer.post("/events/over/participants/", {f"presence-{row.pk}": "absent"})
    early = officer.post("/events/coming/participants/", {f"presence-{coming.pk}": "present"})

    assert (marks(over), marks(coming.event)) == ([(row.pk, "absent")], [])
    assert "The event has not begun yet." in early.content.decode()


def test_rubbish_for_a_mark_is_refused_in_the_page(officer, over):
    row = RegistrationFactory(event=over)

    answer = officer.post("/events/over/participants/", {f"presence-{row.pk}": "asleep"})

    assert (answer.status_code, marks(over)) == (200, [])


def test_the_list_is_a_csv_that_spreadsheets_read_and_cannot_execute(officer, over):
    AttendanceFactory(
        registration__event=over,
        registration__participant__name="Ελένη Παπαδοπούλου",
        registration__participant__email="eleni@example.org",
        registration__participant__organisation_as_stated="Община Перник",
    )
    RegistrationFactory(
        event=over, state="waiting", participant__name='=HYPERLINK("x")', participant__email="x@example.org"
    )

    answer = officer.get("/events/over/participants.csv")

    text = answer.content.decode()
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [
        ["Name", "Organisation", "Country", "How", "State", "Attendance", "E-mail"],
        ["Ελένη Παπαδοπούλου", "Община Перник", "SE", "On site", "Confirmed", "Present", "eleni@example.org"],
        ['\'=HYPERLINK("x")', "", "SE", "On site", "On the waiting list", "", "x@example.org"],
    ]


def test_the_list_can_be_had_as_a_workbook_with_the_names_themselves(officer, over):
    RegistrationFactory(event=over, participant__name='=HYPERLINK("x")', participant__email="x@example.org")

    soup = BeautifulSoup(officer.get("/events/over/participants/").content, "html.parser")
    answer = officer.get("/events/over/participants.xlsx")

    links = [link["href"] for link in soup.select("a[download]")]
    assert links == ["/events/over/participants.xlsx", "/events/over/participants.csv"]
    _headings, row = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert row == ('=HYPERLINK("x")', None, "SE", "On site", "Confirmed", None, "x@example.org")
    assert answer["Content-Disposition"] == f'attachment; filename="{over.reference.lower()}.xlsx"'


def test_the_attendance_list_becomes_evidence_that_only_auditors_and_officers_open(officer, over):
    nobody_marked = officer.post("/events/over/participants/list/")
    AttendanceFactory(registration__event=over, registration__participant__name="Aino")

    officer.post("/events/over/participants/list/")
    officer.post("/events/over/participants/list/")

    evidence = Evidence.objects.get()
    assert nobody_marked.status_code == 302
    assert (evidence.page_id, evidence.kind, evidence.confidentiality) == (
        over.pk,
        "attendance-list",
        "auditor",
    )
    with evidence.document.file.open() as file:
        assert "Aino" in file.read().decode()
    assert SourceDocument.objects.count() == 1


def test_an_attached_list_has_no_addresses_a_name_nobody_guesses_and_opens_for_who_attached_it(
    signed_in, over
):
    over.organisation = OrganisationFactory()
    over.save()
    organiser, colleague = (MembershipFactory(organisation=over.organisation).user for _ in range(2))
    AttendanceFactory(
        registration__event=over,
        registration__participant__name="Aino",
        registration__participant__email="aino@example.org",
    )

    signed_in(organiser).post("/events/over/participants/list/")

    file = Evidence.objects.get().document
    with file.file.open() as opened:
        text = opened.read().decode()
    assert ("Aino" in text, "@" in text, "E-mail" in text) == (True, False, False)
    assert re.fullmatch(r"documents/attendance-[0-9a-f]{32}\.csv", file.file.name)
    assert (file.organisation, file.confidentiality) == (over.organisation, "auditor")
    readers = (organiser, colleague, AnonymousUser())
    assert [may_read_file(one, file) for one in readers] == [True, False, False]
    assert "@" in signed_in(organiser).get("/events/over/participants.csv").content.decode()


def test_an_erased_list_keeps_its_numbers_and_no_names(officer, over, django_capture_on_commit_callbacks):
    AttendanceFactory(
        registration__event=over,
        registration__participant__name="Aino",
        registration__participant__organisation_as_stated="Example authority",
    )
    officer.post("/events/over/participants/list/")
    before = Evidence.objects.get().document.file

    with django_capture_on_commit_callbacks(execute=True):
        replaced = erase_list(over)
    again = erase_list(over)

    document = Evidence.objects.get().document
    with document.file.open() as opened:
        content = opened.read()
    assert (replaced, again) == (1, 0)
    assert list(csv.reader(io.StringIO(content.decode()[1:]))) == [
        ["Name", "Organisation", "Country", "How", "State", "Attendance"],
        ["", "", "SE", "On site", "Confirmed", "Present"],
    ]
    assert (before.storage.exists(before.name), document.file_size) == (False, len(content))
    assert Evidence.objects.get().confidentiality == "auditor"


def test_a_list_whose_file_is_gone_is_made_again_without_names(officer, over):
    AttendanceFactory(registration__event=over, registration__participant__name="Aino")
    officer.post("/events/over/participants/list/")
    file = Evidence.objects.get().document.file
    file.storage.delete(file.name)

    erase_list(over)

    with Evidence.objects.get().document.file.open() as opened:
        assert ("Aino" in (text := opened.read().decode()), "Present" in text) == (False, True)


def test_places_and_join_link_are_set_together_and_checked_together(officer):
    event = LearningEventPageFactory(slug="hybrid", mode="hybrid")
    good = {
        "on-site": "2",
        "online": "",
        "url": "https://meet.example.org/a",
        "code": "1",
        "visible_hours": "4",
    }

    bad = officer.post("/events/hybrid/places/", good | {"url": "not a link"})
    nothing_kept = (Places.objects.filter(capacity=2).count(), JoinLink.objects.count())
    answer = officer.post("/events/hybrid/places/", good)

    assert (bad.status_code, nothing_kept, answer.status_code) == (200, (0, 0), 302)
    places = event.places.order_by("mode").values_list("mode", "capacity")
    assert dict(places) == {"on-site": 2, "online": None}
    assert JoinLink.objects.values_list("event", "url", "code", "visible_hours").get() == (
        event.pk,
        "https://meet.example.org/a",
        "1",
        4,
    )
    entries = PageLogEntry.objects.filter(page=event.pk, action__startswith="events.")
    assert sorted(entries.values_list("action", flat=True)) == ["events.join_link", "events.places"]
    assert not any("meet.example.org" in str(entry.data) for entry in entries)
    assert ModelLogEntry.objects.filter(action__startswith="events.").count() == 0


@pytest.mark.parametrize("value", ["-1", "1.5", "many", "9" * 30])
def test_rubbish_for_a_number_of_places_is_refused(officer, value):
    LearningEventPageFactory(slug="one")

    answer = officer.post("/events/one/places/", {"on-site": value})

    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)


def test_fewer_places_than_people_are_refused_in_the_form(officer):
    event = LearningEventPageFactory(slug="one")
    RegistrationFactory.create_batch(2, event=event)

    answer = officer.post("/events/one/places/", {"on-site": "1"})

    assert answer.context["form"].non_field_errors() == [
        "On site: 2 people have a place, so there cannot be fewer places."
    ]


def test_organisers_are_named_by_their_address_and_released(officer):
    event = LearningEventPageFactory(slug="one")

    for email in ["Olga@example.org", "olga@example.org"]:
        officer.post("/events/one/organisers/", {"email": email})
    named = list(event.organisers.values_list("email", flat=True))
    for rubbish in ["x", "", "9" * 40, "9" * 5000, "-1"]:
        officer.post("/events/one/organisers/", {"remove": rubbish})
    officer.post("/events/one/organisers/", {"remove": event.organisers.get().pk})

    assert (named, EventOrganiser.objects.count()) == (["olga@example.org"], 0)
    assert [letter.to for letter in Letter.objects.all()] == ["olga@example.org"]


def test_naming_an_organiser_never_tells_whether_there_is_an_account_and_whose(signed_in):
    author = UserFactory()
    LearningEventPageFactory(slug="one", title="Secret draft", live=False, owner=author)
    UserFactory(email="olga@example.org", first_name="Olga", last_name="Kaczmarek")
    browser = signed_in(author)

    pages = [
        browser.post("/events/one/organisers/", {"email": f"{name}@example.org"}, follow=True)
        for name in ("olga", "nobody")
    ]

    assert [message_of(page) for page in pages] == [
        f"Whoever signs in with {name}@example.org manages this event too. A letter tells them."
        for name in ("olga", "nobody")
    ]
    assert "Kaczmarek" not in pages[1].content.decode()
    assert [organiser.email for organiser in pages[1].context["named"]] == [
        "olga@example.org",
        "nobody@example.org",
    ]
    texts = {letter.subject + letter.text for letter in Letter.objects.all()}
    assert (len(texts), "Secret draft" in texts.pop()) == (1, False)


def test_only_the_owner_of_the_address_manages_the_event(signed_in, officer):
    event = LearningEventPageFactory(slug="one")
    olga, eve = UserFactory(email="olga@example.org"), UserFactory()
    eve.emailaddress_set.create(email="olga2@example.org", verified=False)
    for name in ("olga", "olga2"):
        officer.post("/events/one/organisers/", {"email": f"{name}@example.org"})

    answers = [
        (signed_in(user).get("/events/one/participants/").status_code, len(events_organised_by(user)))
        for user in (olga, eve)
    ]

    assert (answers, may_manage(olga, event)) == ([(200, 1), (403, 0)], True)


def test_who_names_people_without_end_has_to_wait(officer):
    event = LearningEventPageFactory(slug="one")

    for number in range(21):
        answer = officer.post("/events/one/organisers/", {"email": f"p{number}@example.org"})

    assert (event.organisers.count(), answer.status_code) == (20, 200)
    assert answer.context["form"].non_field_errors() == [
        "You have named many people just now. Please name the others in an hour."
    ]


def test_calling_off_needs_a_reason_and_is_seen_on_the_page(officer, client):
    event = LearningEventPageFactory(slug="one")
    RegistrationFactory(event=event)

    without = officer.post("/events/one/cancel/", {"reason": " "})
    officer.post("/events/one/cancel/", {"reason": "The mine is flooded"})

    page = client.get("/events/one/").content.decode()
    assert (without.status_code, EventStatus.objects.get().cancel_reason) == (200, "The mine is flooded")
    assert ("This event has been called off." in page, "The mine is flooded" in page) == (True, True)
    assert Registration.objects.get().state == "cancelled"


def test_those_who_were_there_are_asked_once(officer, over):
    asked = AttendanceFactory(registration__event=over, registration__participant__email="a@example.org")
    AttendanceFactory(registration__event=over, presence="absent")
    answered = AttendanceFactory(registration__event=over).registration
    SurveyAnswerFactory(registration=answered)

    officer.post("/events/over/participants/ask/")
    officer.post("/events/over/participants/ask/")

    letter = Letter.objects.get()
    assert letter.to == "a@example.org"
    assert f"/events/registration/{asked.registration.token}/survey/" in letter.text


def test_an_event_that_still_runs_cannot_be_reported(officer):
    now = timezone.now()
    event = LearningEventPageFactory(slug="now", start=now - timedelta(hours=1), end=now + timedelta(hours=1))
    AttendanceFactory(registration__event=event)

    officer.post("/events/now/participants/list/")
    officer.post("/events/now/participants/ask/")

    assert (Evidence.objects.count(), Letter.objects.count()) == (0, 0)
