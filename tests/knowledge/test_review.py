import pytest
from django.urls import reverse
from wagtail.log_actions import registry as log_registry
from wagtail.models import TaskState

from knowledge import claims, review
from knowledge.choices import ValidationKind
from knowledge.models import GoodPracticePage, OfficerApproval, Validation
from knowledge.refusal import AlreadyDecided, Refused
from network.models import Letter
from tests.factories import (
    CollectedSourceFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    complete_practice,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    page = complete_practice(owner=people.aino, organisation=people.authority, title="Tailings re-mined")
    page.save_revision(user=people.aino)
    return page


@pytest.fixture
def waiting(draft, people):
    review.submit(draft, people.aino)
    return GoodPracticePage.objects.get(pk=draft.pk)


@pytest.fixture
def practice(people):
    page = GoodPracticePageFactory(owner=people.aino, organisation=people.authority)
    page.save_revision(user=people.aino)
    EvidenceFactory(page=page)
    return page


def decide(page, user, action, comment=""):
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user, action, comment=comment)


def letters():
    return sorted(Letter.objects.values_list("to", "subject"))


def actions(thing):
    return [
        entry.action for entry in log_registry.get_logs_for_instance(thing) if "knowledge" in entry.action
    ]


def test_submitting_puts_the_page_before_the_officers_and_writes_letters(waiting, people):
    assert waiting.workflow_in_progress
    assert letters() == sorted(
        [
            (people.aino.email, "Submitted: Tailings re-mined"),
            (people.bruno.email, "Waiting for review: Tailings re-mined"),
            (people.birgit.email, "Waiting for review: Tailings re-mined"),
        ]
    )


def test_submitting_twice_is_harmless(waiting, people):
    review.submit(waiting, people.cato)

    assert len(letters()) == 3


def test_an_incomplete_page_is_not_submitted_and_says_what_is_missing(people):
    page = GoodPracticePageFactory(owner=people.aino, live=False)
    page.save_revision(user=people.aino)

    with pytest.raises(Refused, match="What was done: write this part") as refusal:
        review.submit(page, people.aino)

    assert "Evidence: add at least one piece." in str(refusal.value)
    assert (page.workflow_in_progress, letters()) == (False, [])


def test_a_stranger_does_not_submit_others_pages(draft, people):
    with pytest.raises(Refused):
        review.submit(draft, people.olof)


def test_an_officer_publishes_what_others_wrote_and_the_author_hears_of_it(waiting, people, mailoutbox):
    decide(waiting, people.bruno, "approve", "Well proved.")

    waiting.refresh_from_db()
    letter = Letter.objects.latest("pk")
    assert waiting.live
    assert (letter.to, letter.subject) == (people.aino.email, "Approved and published: Tailings re-mined")
    assert "Well proved." in letter.text
    assert [mail.subject for mail in mailoutbox] == []


def test_of_two_officers_the_second_reads_who_decided_and_nothing_is_done_twice(waiting, people):
    second_window = waiting.current_workflow_task_state
    decide(waiting, people.bruno, "approve")
    written = letters()

    with pytest.raises(AlreadyDecided, match="Already decided by Bruno"):
        second_window.task.specific.on_action(second_window, people.birgit, "reject", comment="Which year?")
    with pytest.raises(AlreadyDecided, match="You decided this already"):
        second_window.task.specific.on_action(second_window, people.bruno, "approve")

    waiting.refresh_from_db()
    assert (waiting.live, letters()) == (True, written)
    assert decisions(waiting) == ["wagtail.workflow.approve"]


def decisions(page):
    """What the log holds of approving and sending back."""
    named = {"wagtail.workflow.approve", "wagtail.workflow.reject"}
    return [entry.action for entry in log_registry.get_logs_for_instance(page) if entry.action in named]


@pytest.mark.parametrize("is_script", [False, True])
def test_wagtails_own_door_says_who_decided_first(waiting, people, signed_in, is_script):
    state = waiting.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])
    decide(waiting, people.bruno, "reject", "Which year?")
    review.submit(GoodPracticePage.objects.get(pk=waiting.pk), people.aino)
    client = signed_in(people.birgit)

    client.post(address, headers={"x-requested-with": "XMLHttpRequest"} if is_script else {})

    text = client.get(reverse("knowledge_page_desk", args=[waiting.pk])).content.decode()
    assert "Already decided by Bruno" in text
    assert (GoodPracticePage.objects.get(pk=waiting.pk).live, decisions(waiting)) == (
        False,
        ["wagtail.workflow.reject"],
    )


def test_an_officer_sends_back_with_a_comment_and_the_author_submits_again(waiting, people):
    decide(waiting, people.bruno, "reject", "Which year?")
    letter = Letter.objects.latest("pk")
    page = GoodPracticePage.objects.get(pk=waiting.pk)

    review.submit(page, people.aino)

    assert (letter.to, letter.subject) == (people.aino.email, "Changes requested: Tailings re-mined")
    assert "Which year?" in letter.text
    assert GoodPracticePage.objects.get(pk=waiting.pk).workflow_in_progress


@pytest.mark.parametrize("name", ["aino", "cato", "olof", "ilse", "axel"])
def test_who_is_no_officer_decides_nothing(waiting, people, name):
    with pytest.raises(Refused):
        decide(waiting, getattr(people, name), "approve")

    waiting.refresh_from_db()
    assert waiting.live is False


@pytest.mark.parametrize("name", ["bruno", "ada"])
def test_nobody_approves_what_they_wrote(people, name):
    author = getattr(people, name)
    page = complete_practice(owner=author)
    page.save_revision(user=author)
    review.submit(page, author)
    page = GoodPracticePage.objects.get(pk=page.pk)
    task = page.current_workflow_task

    with pytest.raises(Refused):
        decide(page, author, "approve")
    with pytest.raises(Refused):
        page.current_workflow_task_state.approve(user=author)
    with pytest.raises(Refused):
        # A plain task state must not walk around the guard either.
        state = TaskState.objects.get(pk=page.current_workflow_task_state.pk)
        task.on_action(state, author, "approve")

    page.refresh_from_db()
    assert (page.live, task.get_actions(page, author)) == (False, [])
    assert list(task.get_task_states_user_can_moderate(author)) == []


def test_an_officer_of_the_organisation_that_the_draft_names_does_not_approve_it(people):
    page = complete_practice(owner=people.aino)
    page.organisation = people.authority
    page.save_revision(user=people.aino)
    people.authority.memberships.create(user=people.bruno)
    review.submit(page, people.aino)

    with pytest.raises(Refused):
        decide(GoodPracticePage.objects.get(pk=page.pk), people.bruno, "approve")


@pytest.mark.parametrize("name", ["bruno", "ada"])
def test_no_address_of_the_admin_lets_anybody_approve_their_own_work(people, signed_in, name):
    author = getattr(people, name)
    page = complete_practice(owner=author)
    page.save_revision(user=author)
    review.submit(page, author)
    page = GoodPracticePage.objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    client = signed_in(author)

    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {"action-workflow-action": "true", "workflow-action-name": "approve"},
    )
    client.post(reverse("knowledge_page_desk", args=[page.pk]), {"decision": "approve"})

    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)


def test_what_waits_is_offered_to_officers_who_did_not_write_it(waiting, people):
    task = OfficerApproval.objects.get()

    offered = {
        name: task.get_task_states_user_can_moderate(getattr(people, name)).count()
        for name in ("aino", "bruno", "ilse", "ada")
    }

    assert offered == {"aino": 0, "bruno": 1, "ilse": 0, "ada": 1}


def test_nobody_edits_while_the_page_is_in_review(waiting, people):
    assert [waiting.get_lock().for_user(user) for user in (people.aino, people.bruno, people.ada)] == [
        True,
        True,
        True,
    ]


def test_an_officer_lets_a_practice_count_once(practice, people):
    review.count(practice, people.bruno)
    with pytest.raises(AlreadyDecided, match=r"^Already decided by Bruno .* That decision stands.$"):
        review.count(practice, people.birgit)
    with pytest.raises(AlreadyDecided, match=r"^You decided this already, on .* Nothing was done twice.$"):
        review.count(practice, people.bruno)

    assert practice.validations.get().by == people.bruno
    assert actions(practice) == ["knowledge.count"]


@pytest.mark.parametrize("name", ["aino", "cato", "olof", "ilse", "axel"])
def test_who_is_no_officer_counts_nothing(practice, people, name):
    with pytest.raises(Refused):
        review.count(practice, getattr(people, name))

    assert Validation.objects.count() == 0


def test_nobody_counts_what_they_wrote(people):
    practice = GoodPracticePageFactory(owner=people.bruno)
    EvidenceFactory(page=practice)

    with pytest.raises(Refused, match="nobody validates what they or their organisation wrote"):
        review.count(practice, people.bruno)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"live": False}, "Not published yet"),
        ({"record_kind": "lesson-learnt"}, "A lesson learnt"),
    ],
)
def test_drafts_and_lessons_do_not_count(people, fields, reason):
    practice = GoodPracticePageFactory(owner=people.aino, **fields)
    EvidenceFactory(page=practice)

    with pytest.raises(Refused, match=reason):
        review.count(practice, people.bruno)


def test_a_practice_without_evidence_does_not_count(people):
    with pytest.raises(Refused, match="No evidence yet"):
        review.count(GoodPracticePageFactory(), people.bruno)


def test_a_collected_practice_counts_only_after_its_owner_confirmed_it(practice, people):
    CollectedSourceFactory(page=practice)
    with pytest.raises(Refused, match="Collected from a public source"):
        review.count(practice, people.bruno)

    review.confirm(practice, people.aino)
    with pytest.raises(AlreadyDecided, match="Already decided by Aino"):
        review.confirm(practice, people.bruno)
    review.count(practice, people.bruno)

    assert practice.validations.get().kind == ValidationKind.COUNTED
    assert actions(practice) == ["knowledge.count", "knowledge.confirm"]


def test_an_expert_admits_with_an_opinion(practice, people):
    review.admit(practice, people.ilse, " The order of things is new. ")

    row = practice.validations.get()
    assert (row.kind, row.by, row.opinion) == ("database", people.ilse, "The order of things is new.")


@pytest.mark.parametrize("name", ["aino", "cato", "olof", "bruno", "axel", "ada"])
def test_who_is_no_expert_admits_nothing(practice, people, name):
    with pytest.raises(Refused):
        review.admit(practice, getattr(people, name), "Good.")


def test_an_opinion_is_needed_and_has_a_limit(practice, people):
    with pytest.raises(Refused, match="Write your opinion"):
        review.admit(practice, people.ilse, "  ")
    with pytest.raises(Refused, match="Shorten the opinion by 1"):
        review.admit(practice, people.ilse, "ő" * 501)


def test_a_revision_published_later_leaves_every_decision_in_place(practice, people):
    review.count(practice, people.bruno)
    review.admit(practice, people.ilse, "New.")
    page = GoodPracticePage.objects.get(pk=practice.pk)
    page.title = "Another title"

    page.save_revision(user=people.aino).publish()

    kept = GoodPracticePage.objects.get(pk=practice.pk)
    assert kept.title == "Another title"
    assert sorted(kept.validations.values_list("kind", "by")) == [
        ("counted", people.bruno.pk),
        ("database", people.ilse.pk),
    ]


def test_evidence_is_accepted_once_by_an_officer_who_did_not_bring_it(practice, people):
    evidence = EvidenceFactory(page=practice, added_by=people.bruno)
    with pytest.raises(Refused):
        claims.accept(evidence, people.bruno)

    claims.accept(evidence, people.birgit)
    with pytest.raises(AlreadyDecided, match="Already decided by Birgit"):
        claims.accept(evidence, people.ada)

    evidence.refresh_from_db()
    assert evidence.accepted_by == people.birgit
    assert actions(practice) == ["knowledge.accept_evidence"]
