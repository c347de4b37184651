import pytest
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from tests.factories import GoodPracticePageFactory, PolicyChangeFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def ours():
    """The actions of our rooms."""
    log_registry.scan_for_actions()
    return [action for action in log_registry.formatters if not action.startswith("wagtail.")]


def test_every_action_of_ours_reads_as_a_sentence_in_the_history():
    page = GoodPracticePageFactory()

    messages = {action: str(log(instance=page, action=action).message) for action in ours()}

    assert len(messages) > 15
    assert {text for text in messages.values() if not text or "<" in text or "object at" in text} == set()
    assert messages["knowledge.count"] == "Let it count"


@pytest.mark.parametrize("make", [GoodPracticePageFactory, PolicyChangeFactory, ProjectFactory])
def test_the_comment_stands_behind_the_action(make):
    thing = make()

    log(instance=thing, action="knowledge.claim", data={"comment": "A call for re-mining"})

    last = log_registry.get_logs_for_instance(thing).first()
    assert last.message == "Claimed a policy change: A call for re-mining"
