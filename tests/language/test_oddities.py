"""Three hundred oddities go through the real forms, and are kept, shown and found as they were meant."""

import csv
import io
import itertools

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook
from wagtail.test.utils.form_data import inline_formset, rich_text

from events.models import Participant, Registration, SurveyAnswer
from knowledge.models import GoodPracticePage
from language.typed import without_marks
from network.models import Letter, Organisation, User
from network.rights import CONTRIBUTORS, OFFICERS
from search import sync
from search.models import SynonymSet
from tests.factories import (
    AttendanceFactory,
    CollectedSourceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.knowledge.test_forms import add_address, written
from tests.language.oddities import SHARES, all_oddities, oddities, table
from tests.search.test_exports import csv_rows, json_file, xlsx_rows

pytestmark = pytest.mark.django_db
KEYS = oddities("key", SHARES["key"])
# A synonym begins with a letter or a number.
SYNONYMS = [one for one in KEYS if one.meant[0].isalnum()][:28]
SEARCHES = [one for one in KEYS if one not in SYNONYMS]


def of(field, first, last):
    return oddities(field, SHARES[field])[first:last]


def typed(found):
    return [one.typed for one in found]


def meant(found):
    return [one.meant for one in found]


def somebody(group):
    return UserFactory(groups=[Group.objects.get(name=group)])


def text_in(html):
    return BeautifulSoup(html, "html.parser").get_text().strip()


@pytest.fixture
def event():
    return LearningEventPageFactory(slug="permits")


@pytest.fixture
def practices(signed_in):
    """Fourteen drafts, written in the editor."""
    lines, prose, rich = of("line", 0, 56), of("prose", 0, 28), of("rich", 0, 42)
    names, pages = of("name", 0, 14), of("web", 0, 14)
    browser = signed_in(somebody(CONTRIBUTORS))
    for number in range(14):
        title, original, place, label = typed(lines[number::14])
        summary, note = typed(prose[number::14])
        texts = {
            name: rich_text(f"<p>{text}</p>")
            for name, text in zip(RICH, typed(rich[number::14]), strict=True)
        }
        figure = {"value": "1", "label": label, "basis": ""}
        answer = browser.post(
            add_address(),
            written(
                title=title,
                slug=f"oddity-{number}",
                title_original=original,
                place=place,
                summary=summary,
                cost_note=note,
                organisation_as_stated=names[number].typed,
                website=pages[number].typed,
                key_figures=inline_formset([figure]),
                **texts,
            ),
        )
        assert answer.status_code == 302, answer.context["form"].errors
    return list(GoodPracticePage.objects.order_by("pk"))


RICH = ("description", "challenge", "difficulties")


def test_there_are_three_hundred_and_they_are_always_the_same():
    print(table())  # noqa: T201

    assert len(all_oddities()) == 300
    assert all_oddities() == all_oddities()
    assert len(SYNONYMS) == 28


def test_what_is_written_in_the_editor_is_kept_as_it_was_meant(practices):
    lines, prose, rich = of("line", 0, 56), of("prose", 0, 28), of("rich", 0, 42)

    kept = [
        (
            [page.title, page.title_original, page.place, page.key_figures.get().label],
            [page.summary, page.cost_note],
            [text_in(getattr(page, name)) for name in RICH],
            page.organisation_as_stated,
            page.website,
        )
        for page in (one.get_latest_revision_as_object() for one in practices)
    ]

    assert kept == [
        (
            meant(lines[number::14]),
            meant(prose[number::14]),
            meant(rich[number::14]),
            of("name", number, number + 1)[0].meant,
            of("web", number, number + 1)[0].meant,
        )
        for number in range(14)
    ]


@pytest.fixture
def published(practices):
    """The same practices, open to everybody."""
    for page in practices:
        page.get_latest_revision().publish()
    sync.synchronise()
    return practices


READERS = itertools.count()


def found_by(client, asked):
    """{permanent id: title} of what the search has for these words; each question is another reader's."""
    reader = f"2001:db8:{next(READERS):x}::1"
    answer = client.get("/api/v1/search", {"q": asked, "page_size": 100}, REMOTE_ADDR=reader).json()
    return {result["id"]: result["title"] for result in answer["results"]}


def test_what_is_published_is_found_by_what_was_typed_and_shown_as_it_was_meant(published, client):
    for page, title in zip(published, of("line", 0, 14), strict=True):
        for asked in (title.typed, title.meant):
            shown = client.get("/search/", {"q": asked}).content.decode()
            assert (title.kind, found_by(client, asked).get(str(page.permanent_id))) == (
                title.kind,
                title.meant,
            )
            assert title.meant in BeautifulSoup(shown, "html.parser").get_text()


def test_what_any_field_of_a_practice_says_finds_it(published, client):
    lines, prose, rich = of("line", 0, 56), of("prose", 0, 28), of("rich", 0, 42)
    names, missed = of("name", 0, 14), []

    for number, page in enumerate(published):
        said = [*lines[number::14][:3], prose[number::14][0], *rich[number::14], names[number]]
        missed += [
            (one.kind, one.field, asked)
            for one in said
            for asked in (one.typed, one.meant)
            if str(page.permanent_id) not in found_by(client, asked)
        ]

    assert missed == []


def test_what_is_published_leaves_in_every_file_as_it_was_meant(published, client):
    titles, summaries = sorted(meant(of("line", 0, 14))), sorted(meant(of("prose", 0, 28)[:14]))

    names = sorted(meant(of("name", 0, 14)))
    lines, cells, items = csv_rows(client), xlsx_rows(client), json_file(client)["results"]

    for of_kind in (cells, lines):
        assert sorted(row["Title"] for row in of_kind) == titles
        assert sorted(row["Organisation"] for row in of_kind) == names
    assert sorted(row["Summary"] for row in cells) == summaries
    assert sorted(item["title"] for item in items) == titles


def test_events_are_found_and_called_in_calendar_files_what_they_were_meant_to_be_called(client):
    # As they leave the guard before every form.
    events = [
        (title, LearningEventPageFactory(slug=f"odd-{number}", title=without_marks(title.typed)))
        for number, title in enumerate(of("line", 0, 84))
    ]
    sync.synchronise()

    for title, event in events:
        found = str(event.permanent_id) in found_by(client, title.typed)
        file = Calendar.from_ical(client.get(f"/events/{event.slug}/event.ics").content)
        said = str(file.walk("VEVENT")[0]["SUMMARY"])
        assert (title.kind, found, said) == (title.kind, True, title.meant)


def test_what_guests_and_members_say_at_an_event_is_kept_as_it_was_meant(event, client, signed_in):
    names, organisations = of("name", 14, 21), of("name", 21, 28)
    needs, mailboxes = of("line", 56, 63), of("mailbox", 0, 7)
    for name, organisation, need, mailbox in zip(names, organisations, needs, mailboxes, strict=True):
        data = {"name": name.typed, "organisation": organisation.typed, "email": mailbox.typed}
        client.post(
            "/events/permits/register/", data | {"mode": "on-site", "needs": need.typed, "country": ""}
        )
    guests = list(Registration.objects.order_by("pk"))

    member_names, member_needs = of("name", 28, 35), of("line", 63, 70)
    for name, need in zip(member_names, member_needs, strict=True):
        data = {"name": name.typed, "organisation": "", "country": "", "needs": need.typed}
        signed_in(UserFactory()).post("/events/permits/register/", data | {"mode": "on-site"})
    members = Registration.objects.order_by("pk")[7:]

    assert [(one.stated["name"], one.stated["organisation"], one.stated["needs"]) for one in guests] == list(
        zip(meant(names), meant(organisations), meant(needs), strict=True)
    )
    assert [one.participant.email for one in guests] == meant(mailboxes)
    assert set(Letter.objects.values_list("to", flat=True)) >= set(meant(mailboxes))
    assert [(one.participant.name, one.needs) for one in members] == list(
        zip(meant(member_names), meant(member_needs), strict=True)
    )
    assert Participant.objects.count() == 14


def test_the_list_of_participants_calls_people_what_they_were_meant_to_be_called(event, signed_in):
    said = list(zip(of("name", 0, 28), of("name", 14, 42), of("line", 56, 84), strict=True))
    for name, organisation, needs in said:
        # As they leave the form, where the test above has them from.
        RegistrationFactory(
            event=event,
            participant__name=name.meant,
            participant__organisation_as_stated=organisation.meant,
            needs=needs.meant,
        )
    browser = signed_in(somebody(OFFICERS))

    text = browser.get("/events/permits/participants.csv").content.decode("utf-8-sig")
    book = browser.get("/events/permits/participants.xlsx").content
    lines = list(csv.DictReader(io.StringIO(text)))
    heading, *cells = load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)

    expected = sorted(tuple(one.meant for one in person) for person in said)
    columns = ("Name", "Organisation", "To arrange")
    assert sorted(tuple(row[column] for column in columns) for row in lines) == expected
    assert sorted(tuple(row[heading.index(column)] for column in columns) for row in cells) == expected


def test_what_people_say_after_an_event_is_kept_as_it_was_meant(client):
    comments, event = of("prose", 42, 56), LearningEventPageFactory(days=-3)
    for comment in comments:
        place = RegistrationFactory(event=event)
        AttendanceFactory(registration=place)
        answer = {"capacity": "4", "respondent_type": "staff", "policy_role": "", "comment": comment.typed}
        client.post(f"/events/registration/{place.token}/survey/", answer)

    assert list(SurveyAnswer.objects.order_by("pk").values_list("comment", flat=True)) == meant(comments)


def test_who_signs_up_is_called_and_written_to_as_they_meant(client):
    names, mailboxes = of("name", 35, 42), of("mailbox", 7, 14)
    for name, mailbox in zip(names, mailboxes, strict=True):
        client.post(
            "/account/signup/",
            {
                "email": mailbox.typed,
                "first_name": name.typed,
                "last_name": "Example",
                "password1": "tailings-and-daylight",
                "password2": "tailings-and-daylight",
            },
        )
        client.logout()

    people = User.objects.order_by("pk").values_list("first_name", "email")
    assert list(people) == list(zip(meant(names), meant(mailboxes), strict=True))


def test_what_readers_write_about_a_page_arrives_as_they_meant(client):
    officer = somebody(OFFICERS)
    texts, mailboxes = of("prose", 28, 42), of("mailbox", 14, 20)
    for number, text in enumerate(texts):
        practice = GoodPracticePageFactory()
        CollectedSourceFactory(page=practice)
        mailbox = mailboxes[number % len(mailboxes)]
        answer = client.post(
            reverse("confirm_page", args=[practice.permanent_id]),
            {
                "name": "Elena",
                "email": mailbox.typed,
                "organisation": "Oficina",
                "kind": "right",
                "message": text.typed,
            },
            REMOTE_ADDR=f"192.0.2.{number}",
        )
        letter = Letter.objects.filter(to=officer.email).latest("pk")

        assert answer.status_code == 302
        assert text.meant in letter.text
        assert mailbox.meant in letter.text


def test_searches_are_kept_under_the_names_that_were_meant(signed_in):
    aino = UserFactory()
    browser = signed_in(aino)
    for number, name in enumerate(SEARCHES):
        browser.post(f"/my/searches/save/?q=slag{number}", {"name": name.typed, "frequency": "never"})

    assert list(aino.saved_searches.order_by("pk").values_list("name", flat=True)) == meant(SEARCHES)


def test_synonyms_are_kept_as_they_were_meant(signed_in):
    browser = signed_in(somebody(OFFICERS))
    names, terms = SYNONYMS[:14], SYNONYMS[14:]
    for number, (name, term) in enumerate(zip(names, terms, strict=True)):
        data = {"name": f"{name.typed} {number}", "note": "", "is_active": "on"}
        data |= {"terms-TOTAL_FORMS": 2, "terms-INITIAL_FORMS": 0}
        data |= {"terms-MIN_NUM_FORMS": 2, "terms-MAX_NUM_FORMS": 1000}
        for row, text in enumerate([term.typed, "slag"]):
            data |= {f"terms-{row}-text": text, f"terms-{row}-language": "en", f"terms-{row}-id": ""}
        answer = browser.post(reverse("wagtailsnippets_search_synonymset:add"), data)
        assert answer.status_code == 302, answer.context["form"].errors

    sets = SynonymSet.objects.order_by("pk")
    assert [one.name for one in sets] == [f"{name.meant} {number}" for number, name in enumerate(names)]
    assert [one.terms.first().text for one in sets] == meant(terms)


def test_organisations_are_in_the_towns_that_were_meant(signed_in):
    browser, towns = signed_in(somebody(OFFICERS)), of("line", 70, 84)
    for number, town in enumerate(towns):
        data = {"name": f"Organisation {number}", "city": town.typed}
        browser.post(reverse("wagtailsnippets_network_organisation:add"), data)

    assert list(Organisation.objects.order_by("pk").values_list("city", flat=True)) == meant(towns)
