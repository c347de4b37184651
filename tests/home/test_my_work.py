import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.my_work import my_work
from knowledge import review
from knowledge.models import GoodPracticePage
from network.models import Letter
from network.rights import EXPERTS
from tests.factories import EvidenceFactory, GoodPracticePageFactory, PolicyInstrumentPageFactory
from tests.knowledge.test_waiting import one_of_each, send_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(people):
    """Something of every kind from an author and from an officer; Bruno is expert too."""
    one_of_each(people.aino, people.authority, "Her")
    one_of_each(people.birgit, people.authority, "Their")
    people.bruno.groups.add(Group.objects.get(name=EXPERTS))


@pytest.mark.parametrize("name", ["bruno", "birgit", "ilse", "ada"])
def test_my_work_and_the_desk_say_the_same_numbers_in_the_same_place(everything, people, signed_in, name):
    client = signed_in(getattr(people, name))
    desk = client.get(reverse("knowledge_desk")).content.decode()
    listed = re.findall(r'<h2 id="([\w-]+)">([^<]*) \((\d+)\)</h2>', desk)

    tasks = my_work(getattr(people, name)).tasks

    assert tasks == [
        {"label": label, "detail": number, "url": f"/admin/knowledge/desk/#{anchor}"}
        for anchor, label, number in listed
        if number != "0"
    ]
    assert tasks != []


def test_who_decides_nothing_has_nothing_to_decide(everything, people):
    assert [my_work(user).tasks for user in (people.aino, people.axel)] == [[], []]


@pytest.mark.parametrize("make", [GoodPracticePageFactory, PolicyInstrumentPageFactory])
def test_what_was_sent_back_waits_with_the_officers_words(people, make):
    page = make(owner=people.aino, organisation=people.authority, live=False, title="Sent back")
    send_back(page, people.aino, "Add the sources.")

    work = my_work(people.cato)

    assert work.tasks == [
        {
            "label": "Answer the reviewer",
            "detail": "Sent back",
            "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }
    ]
    (listed,) = work.practices + work.instruments
    assert (listed["status"], listed["note"]) == ("Changes requested", "Add the sources.")


@pytest.fixture
def counted(people):
    page = GoodPracticePageFactory(
        owner=people.aino,
        organisation=people.authority,
        title="Old pond",
        first_published_at=timezone.now(),
    )
    page.save_revision(user=people.cato)
    EvidenceFactory(page=page, added_by=people.aino)
    review.count(page, people.bruno)
    return GoodPracticePage.objects.get(pk=page.pk)


def test_a_practice_that_was_taken_back_is_called_withdrawn_and_its_authors_get_a_letter(
    counted, people, signed_in
):
    signed_in(people.bruno).post(reverse("wagtailadmin_pages:unpublish", args=[counted.pk]))

    (listed,) = my_work(people.aino).practices
    assert listed["status"] == "Withdrawn"
    assert re.fullmatch(
        r"Not public any more since \d+ \w+ \d{4}\. It does not count meanwhile\. "
        r"Change it and submit it again to have it published\.",
        listed["note"],
    )
    assert [step["label"] for step in listed["path"]] == ["Draft", "Submitted", "Review", "Withdrawn"]
    letters = Letter.objects.order_by("to")
    assert {(letter.to, letter.subject) for letter in letters} == {
        (people.aino.email, "Not public any more: Old pond"),
        (people.cato.email, "Not public any more: Old pond"),
    }
    assert f"{people.bruno} took it back on" in letters[0].text
    assert "It does not count while it is not public" in letters[0].text
    assert listed["edit_url"] in letters[0].text


def test_a_page_whose_time_is_over_is_withdrawn_by_nobody(counted, people):
    counted.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")

    assert my_work(people.aino).practices[0]["status"] == "Withdrawn"
    assert "It was taken back on" in Letter.objects.first().text


def test_nobody_is_told_of_a_draft_that_is_deleted_with_its_page(people):
    GoodPracticePageFactory(owner=people.aino, title="Old pond").delete()

    assert Letter.objects.count() == 0


def test_an_officer_who_takes_back_their_own_page_gets_no_letter(people, signed_in):
    page = GoodPracticePageFactory(owner=people.bruno, title="Old pond")
    page.save_revision(user=people.bruno)

    signed_in(people.bruno).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert Letter.objects.count() == 0


def test_the_desk_says_that_a_page_was_withdrawn(counted, people, signed_in):
    counted.unpublish(user=people.bruno)

    text = signed_in(people.birgit).get(reverse("knowledge_page_desk", args=[counted.pk])).content.decode()

    assert "Withdrawn: it was public once." in text


def test_what_was_never_public_is_a_draft_that_nobody_submitted(people):
    GoodPracticePageFactory(owner=people.aino, live=False, first_published_at=None, title="New")

    (listed,) = my_work(people.aino).practices

    assert (listed["status"], listed["note"]) == ("Draft", "Not submitted yet.")


def test_my_work_asks_as_often_with_five_of_each_as_with_one(people):

    counts = []
    my_work(people.bruno), my_work(people.aino)  # what each process asks only once
    for number in (1, 4):
        for one in range(number):
            one_of_each(people.aino, people.authority, f"Her {number} {one}")
        for person in (people.bruno, people.aino):
            with CaptureQueriesContext(connection) as asked:
                my_work(person)
            counts.append(len(asked))

    assert counts[:2] == counts[2:]
