"""Of two decisions in the same moment one counts: on SQLite in a file, and on PostgreSQL."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry as log_registry

from knowledge import claims, review
from knowledge.models import CollectedSource, Evidence, GoodPracticePage, PolicyChange
from network.models import Letter
from tests.factories import (
    CollectedSourceFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    ProjectFactory,
    complete_practice,
)
from tests.knowledge.sent_forms import filled
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(problems):
    return [type(problem).__name__ for problem in problems]


def logged(thing, *actions):
    return [
        entry.action for entry in log_registry.get_logs_for_instance(thing) if entry.action.endswith(actions)
    ]


@pytest.fixture
def submitted(people):
    page = complete_practice(owner=people.aino)
    page.save_revision(user=people.aino)
    review.submit(page, people.aino)
    Letter.objects.all().delete()
    return page


def decide(page, user, action):
    """Decide as from a page that was open before: both officers have read that it waits."""
    state = GoodPracticePage.objects.get(pk=page.pk).current_workflow_task_state
    return lambda: state.task.specific.on_action(state, user, action, comment="Read.")


def test_two_officers_who_approve_at_once_publish_once(submitted, people):
    problems = at_once(
        decide(submitted, people.bruno, "approve"),
        decide(submitted, people.birgit, "approve"),
        decide(submitted, people.ada, "approve"),
    )

    assert kinds(problems) == ["AlreadyDecided", "AlreadyDecided"]
    assert GoodPracticePage.objects.get(pk=submitted.pk).live
    assert logged(submitted, "workflow.approve", "workflow.reject") == ["wagtail.workflow.approve"]
    assert list(Letter.objects.values_list("to", flat=True)) == [people.aino.email]


def test_of_approving_and_sending_back_at_once_one_holds(submitted, people):
    problems = at_once(decide(submitted, people.bruno, "approve"), decide(submitted, people.birgit, "reject"))

    page = GoodPracticePage.objects.get(pk=submitted.pk)
    found = logged(submitted, "workflow.approve", "workflow.reject")
    assert kinds(problems) == ["AlreadyDecided"]
    assert found == ["wagtail.workflow.approve" if page.live else "wagtail.workflow.reject"]
    assert Letter.objects.count() == 1


def test_two_who_count_admit_confirm_or_accept_at_once_do_it_once(people):
    practice = GoodPracticePageFactory(owner=people.aino)
    evidence = EvidenceFactory(page=practice)
    collected = GoodPracticePageFactory(owner=people.aino)
    CollectedSourceFactory(page=collected)

    problems = at_once(
        lambda: review.count(practice, people.bruno),
        lambda: review.count(practice, people.birgit),
        lambda: review.admit(practice, people.ilse, "New."),
        lambda: review.admit(practice, people.ilse, "New."),
        lambda: claims.accept(Evidence.objects.get(pk=evidence.pk), people.bruno),
        lambda: claims.accept(Evidence.objects.get(pk=evidence.pk), people.birgit),
        lambda: review.confirm(collected, people.aino),
        lambda: review.confirm(collected, people.bruno),
    )

    assert kinds(problems) == ["AlreadyDecided"] * 4
    assert sorted(practice.validations.values_list("kind", flat=True)) == ["counted", "database"]
    assert sorted(logged(practice, "count", "admit", "evidence")) == [
        "knowledge.accept_evidence",
        "knowledge.admit",
        "knowledge.count",
    ]
    assert CollectedSource.objects.exclude(confirmed_by=None).count() == 1
    assert logged(collected, "confirm") == ["knowledge.confirm"]


def test_two_officers_who_take_up_a_change_at_once_do_it_once(people):
    change = PolicyChangeFactory(claimed_by=people.aino)

    problems = at_once(
        lambda: claims.take_up(change, people.bruno), lambda: claims.take_up(change, people.birgit)
    )

    assert kinds(problems) == ["AlreadyDecided"]
    assert logged(change, "take_up") == ["knowledge.take_up"]
    assert list(Letter.objects.values_list("to", flat=True)) == [people.aino.email]


def test_of_validating_and_not_accepting_at_once_one_holds(people):
    instrument = PolicyInstrumentPageFactory(owner=people.aino)
    change = PolicyChangeFactory(instrument=instrument, claimed_by=people.aino)
    EvidenceFactory(change=change, kind="official-decision")
    change.inspirations.create(practice=GoodPracticePageFactory())
    change.save()
    shown = [PolicyChange.objects.get(pk=change.pk) for _ in range(3)]

    problems = at_once(
        lambda: claims.validate(shown[0], people.bruno),
        lambda: claims.validate(shown[1], people.birgit),
        lambda: claims.decline(shown[2], people.ada, "Not yet."),
    )

    change.refresh_from_db()
    assert kinds(problems) == ["AlreadyDecided"] * 2
    assert logged(change, "validate", "decline") == [
        "knowledge.validate" if change.status == "validated" else "knowledge.decline"
    ]
    assert list(Letter.objects.values_list("to", flat=True)) == [people.aino.email]


def saves_at_once(people, address, field):
    """What two officers get who save the same form in the same moment."""
    clients, answers = [Client(), Client()], []
    for client, user in zip(clients, (people.bruno, people.birgit), strict=True):
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    sent = [
        filled(client.get(address)) | {field: words}
        for client, words in zip(clients, ("What Bruno wrote", "What Birgit wrote"), strict=True)
    ]

    problems = at_once(
        *(
            lambda client=client, data=data: answers.append(client.post(address, data).status_code)
            for client, data in zip(clients, sent, strict=True)
        )
    )

    return problems, sorted(answers)


def test_of_two_who_save_one_page_at_once_the_second_is_shown_the_first(people):
    page = GoodPracticePageFactory(owner=people.aino)
    page.save_revision(user=people.aino)

    found = saves_at_once(people, reverse("wagtailadmin_pages:edit", args=[page.pk]), "summary")

    assert found == ([], [302, 409])
    assert page.revisions.count() == 2


def test_of_two_who_save_one_row_at_once_the_second_is_shown_the_first(people):
    project = ProjectFactory()

    found = saves_at_once(people, reverse("wagtailsnippets_network_project:edit", args=[project.pk]), "title")

    assert found == ([], [302, 409])
