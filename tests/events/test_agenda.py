"""Points of an agenda that lie outside the event's hours are named when it is saved."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group

from events.agenda import doubts
from events.models import AgendaItem
from network.rights import CONTRIBUTORS
from tests.factories import LearningEventPageFactory, UserFactory
from tests.knowledge.sent_forms import filled

pytestmark = pytest.mark.django_db
DAY = date(2027, 7, 10)


def event(*items, **facts):
    athens = ZoneInfo("Europe/Athens")
    made = LearningEventPageFactory(
        timezone="Europe/Athens",
        start=datetime(2027, 7, 10, 10, 30, tzinfo=athens),
        end=datetime(2027, 7, 10, 15, tzinfo=athens),
        **facts,
    )
    made.agenda_items = [
        AgendaItem(title=title, day=day, start=time(*start), end=end and time(*end))
        for title, day, start, end in items
    ]
    made.save()
    return made


def test_what_lies_outside_the_hours_or_ends_before_it_begins_is_named():
    found = event(
        ("Coffee", DAY, (9, 30), None),
        ("Welcome", DAY, (10, 30), (11, 0)),
        ("Talks", DAY, (14, 0), (15, 30)),
        ("Visit", date(2027, 7, 11), (11, 0), None),
        ("Lunch", DAY, (13, 0), (12, 0)),
    )

    hours = "is outside the event’s hours: 10 July 2027, 10:30–15:00 EEST."
    assert doubts(found) == [
        f"The agenda’s “Coffee” on 10 July, 09:30 {hours}",
        f"The agenda’s “Talks” on 10 July, 14:00 {hours}",
        f"The agenda’s “Visit” on 11 July, 11:00 {hours}",
        "The agenda’s “Lunch” on 10 July, 13:00 ends before it begins.",
    ]


def test_an_agenda_of_an_event_without_dates_is_outside_of_nothing():
    found = event(("Coffee", DAY, (9, 30), None))
    found.start = found.end = None

    assert doubts(found) == []


def test_who_saves_the_event_is_told_and_it_is_saved_all_the_same(signed_in):
    aino = UserFactory(groups=[Group.objects.get(name=CONTRIBUTORS)])
    found = event(("Coffee", DAY, (9, 30), None), owner=aino, live=False)
    browser, address = signed_in(aino), f"/admin/pages/{found.pk}/edit/"
    sent = filled(browser.get(address))

    by_hand = browser.post(address, sent)
    told = [str(message) for message in browser.get(address).context["messages"]]
    browser.post(address, sent, headers={"accept": "application/json"})
    told_again = [str(message) for message in browser.get(address).context["messages"]]

    assert by_hand.status_code == 302
    assert [sentence for sentence in told if "Coffee" in sentence] == doubts(found)
    assert [sentence for sentence in told_again if "Coffee" in sentence] == []
