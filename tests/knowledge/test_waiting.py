"""What waits for whom: each thing for everybody who may decide about it, and for nobody else."""

import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from knowledge import review
from knowledge.models import OfficerApproval, OfficerDecision
from knowledge.waiting import sent_back_to, waiting_for
from network.rights import EXPERTS
from tests.factories import (
    CollectedSourceFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    OrganisationFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    TakenUpFactory,
    complete_practice,
)

pytestmark = pytest.mark.django_db
DECISIONS = {"accept": "accept", "take-up": "take_up", "validate": "decline"}


def waits(user):
    """Titles by the name of their kind, without the kinds of which nothing waits."""
    found = {kind.name: sorted(str(one.title) for one in kind.things) for kind in waiting_for(user)}
    return {name: titles for name, titles in found.items() if titles}


def one_of_each(writer, organisation, word):
    """Something for every decision, all of it this person's and their organisation's."""
    own = {"owner": writer, "organisation": organisation}
    submitted = complete_practice(title=f"{word} submitted", **own)
    submitted.save_revision(user=writer)
    review.submit(submitted, writer)
    EvidenceFactory(page=submitted, title=f"{word} paper", added_by=writer)
    published = GoodPracticePageFactory(title=f"{word} published", **own)
    EvidenceFactory(page=published, title=f"{word} proof", added_by=writer)
    CollectedSourceFactory(page=GoodPracticePageFactory(title=f"{word} collected", **own))
    instrument = PolicyInstrumentPageFactory(title=f"{word} plan", **own)
    fields = {"instrument": instrument, "claimed_by": writer, "decided_by": organisation}
    PolicyChangeFactory(title=f"{word} claim", **fields)
    read = PolicyChangeFactory(title=f"{word} change", **fields)
    TakenUpFactory(change=read)
    EvidenceFactory(change=read, title=f"{word} decree", added_by=writer)


def test_everything_that_an_officer_may_decide_waits_for_them(people):
    one_of_each(people.aino, people.authority, "Her")

    assert waits(people.bruno) == {
        "approve": ["Her submitted"],
        "count": ["Her published"],
        "take-up": ["Her claim"],
        "validate": ["Her change"],
        "accept": waits(people.birgit)["accept"],
        "confirm": ["Her collected"],
    }
    assert {"Her paper", "Her proof", "Her decree"} < set(waits(people.bruno)["accept"])
    assert waits(people.ilse) == {"admit": ["Her published"]}
    assert [waits(user) for user in (people.aino, people.cato, people.axel)] == [{}, {}, {}]


def test_what_an_officer_wrote_waits_for_the_other_officers_only(people):
    one_of_each(people.bruno, OrganisationFactory(), "His")

    assert waits(people.bruno) == {"confirm": ["His collected"]}
    assert set(waits(people.birgit)) == {"approve", "count", "take-up", "validate", "accept", "confirm"}


def test_what_somebody_revised_once_does_not_wait_for_them(people):
    practice = GoodPracticePageFactory(owner=people.aino, title="Old pond")
    EvidenceFactory(page=practice)
    practice.save_revision(user=people.bruno)

    assert "count" not in waits(people.bruno)
    assert waits(people.birgit)["count"] == ["Old pond"]


def test_an_expert_who_decided_before_is_not_asked_again(people):
    people.bruno.groups.add(Group.objects.get(name=EXPERTS))
    practice = GoodPracticePageFactory(owner=people.aino, title="Old pond")
    EvidenceFactory(page=practice, added_by=people.aino)
    review.count(practice, people.bruno)

    assert "admit" not in waits(people.bruno)
    assert waits(people.ilse) == {"admit": ["Old pond"]}


def offered(client, kind, thing):
    """Whether the page of this thing offers the decision for which it waits."""
    room = {"accept": "evidence", "take-up": "change", "validate": "change"}.get(kind, "page")
    answer = client.get(reverse(f"knowledge_{room}_desk", args=[thing.pk]))
    names = re.findall(r'name="decision" value="(\w+)"', answer.content.decode())
    return DECISIONS.get(kind, kind) in names


@pytest.mark.parametrize("name", ["bruno", "birgit", "ilse", "ada"])
def test_what_waits_is_what_its_page_lets_one_decide(people, signed_in, name):
    """Seen from the other side too: what does not wait for this person is not offered to them."""
    for writer, organisation, word in (
        (people.aino, people.authority, "Her"),
        (people.bruno, OrganisationFactory(), "His"),
        (people.ada, OrganisationFactory(), "Its"),
    ):
        one_of_each(writer, organisation, word)
    everything = {}
    for who in (people.bruno, people.birgit, people.ilse, people.ada):
        for kind in waiting_for(who):
            everything |= {(kind.name, one.pk): one for one in kind.things}
    client = signed_in(getattr(people, name))

    waiting = {(kind.name, one.pk) for kind in waiting_for(getattr(people, name)) for one in kind.things}

    assert len(everything) > 20
    assert waiting == {key for key, thing in everything.items() if offered(client, key[0], thing)}


def test_the_desk_lists_exactly_what_waits(people, signed_in):
    one_of_each(people.aino, people.authority, "Her")
    one_of_each(people.bruno, OrganisationFactory(), "His")

    text = signed_in(people.bruno).get(reverse("knowledge_desk")).content.decode()

    shown = dict(re.findall(r'<h2 id="([\w-]+)">[^<]*\((\d+)\)</h2>', text))
    assert shown == {kind.name: str(kind.things.count()) for kind in waiting_for(people.bruno)}
    assert "His published" not in text
    assert "Her published" in text


def test_the_desk_asks_as_often_with_five_of_each_as_with_one(people, signed_in):
    client, counts = signed_in(people.bruno), []
    for number in (1, 4):
        for one in range(number):
            one_of_each(people.aino, people.authority, f"Her {number} {one}")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("knowledge_desk"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def send_back(page, author, comment):
    """The rows that are there once an officer has sent the page back, however complete it is."""
    task = OfficerApproval.objects.get()
    state = WorkflowState.objects.create(
        content_type=ContentType.objects.get_for_model(page),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        workflow=task.workflow_tasks.get().workflow,
        status=WorkflowState.STATUS_NEEDS_CHANGES,
        requested_by=author,
    )
    state.current_task_state = OfficerDecision.objects.create(
        workflow_state=state,
        task=task,
        revision=page.save_revision(user=author),
        status=OfficerDecision.STATUS_REJECTED,
        comment=comment,
    )
    state.save()


@pytest.mark.parametrize(
    "make", [GoodPracticePageFactory, PolicyInstrumentPageFactory, LearningEventPageFactory]
)
def test_pages_of_every_kind_that_were_sent_back_wait_for_their_owners(people, make):
    page = make(owner=people.aino, organisation=people.authority, live=False, title="Sent back")
    send_back(page, people.aino, "Add the sources.")

    assert [found.title for found in sent_back_to(people.aino)] == ["Sent back"]
    assert [found.title for found in sent_back_to(people.cato)] == ["Sent back"]
    assert list(sent_back_to(people.olof)) == []
    assert sent_back_to(people.aino)[0].review_comment == "Add the sources."
