import io
import re

import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from tests.factories import (
    EvidenceFactory,
    GoodPracticePageFactory,
    MembershipFactory,
    PolicyChangeFactory,
    ProjectFactory,
    UserFactory,
)

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


REMARK = {"comment": {"contentpath": "summary", "text": "Which year?"}, "reply": {"text": "2016"}}
NO_WORDS = re.compile(r"bound method|built-in|object at|&lt;function|<function|_LogFormatter|__proxy__")


def places(page, change, evidence, membership):
    """Every address at which somebody reads the log."""
    snippets = {
        "knowledge_policychange": change,
        "knowledge_evidence": evidence,
        "network_membership": membership,
        "network_organisation": membership.organisation,
    }
    yield reverse("wagtailadmin_pages:history", args=[page.pk])
    yield reverse("wagtailadmin_pages:history_results", args=[page.pk])
    for name, row in snippets.items():
        yield reverse(f"wagtailsnippets_{name}:history", args=[row.pk])
        yield reverse(f"wagtailsnippets_{name}:history_results", args=[row.pk])
    yield reverse("wagtailusers_users:history", args=[membership.user.pk])
    yield reverse("knowledge_page_desk", args=[page.pk])
    yield reverse("knowledge_change_desk", args=[change.pk])
    yield reverse("knowledge_evidence_desk", args=[evidence.pk])
    for name in ("site_history", "site_history_results"):
        yield reverse(f"wagtailadmin_reports:{name}")
    for kind in ("csv", "xlsx"):
        yield reverse("wagtailadmin_reports:site_history") + f"?export={kind}"
    yield reverse("set_aside")
    yield reverse("wagtailadmin_pages:edit", args=[page.pk])
    yield reverse("wagtailadmin_home")


def test_every_logged_action_can_be_read_wherever_the_log_is_shown(signed_in):
    page = GoodPracticePageFactory()
    change, evidence = PolicyChangeFactory(), EvidenceFactory(page=page)
    membership = MembershipFactory()
    rows = (change, evidence, membership, membership.organisation, membership.user)
    log_registry.scan_for_actions()
    client = signed_in(UserFactory(is_superuser=True, is_staff=True))

    # So many as the shortest of these places shows at once.
    for actions in batched(log_registry.formatters, 20):
        said = set()
        for action in actions:
            # Wagtail's comments are about a field of a page, and of nothing else.
            is_remark = action.startswith("wagtail.comments")
            data = REMARK if is_remark else {"comment": "Read the <b>sources</b>"}
            said.add(escape(str(log(instance=page, action=action, data=data).message)))
            for thing in () if is_remark else rows:
                log(instance=thing, action=action, data=data)
        texts = {}
        for address in places(page, change, evidence, membership):
            answer = client.get(address)
            assert answer.status_code == 200, address
            texts[address] = words_of(answer)

        assert {at: found[0] for at, text in texts.items() if (found := NO_WORDS.findall(text))} == {}
        for place in ("wagtailadmin_pages:history", "knowledge_page_desk"):
            shown = texts[reverse(place, args=[page.pk])]
            assert {sentence for sentence in said if sentence not in shown} == set()


def batched(things, size):
    things = list(things)
    return [things[start : start + size] for start in range(0, len(things), size)]


def words_of(answer):
    """What a reader of the page or file sees."""
    content = b"".join(answer) if answer.streaming else answer.content
    if "spreadsheet" in answer.headers["Content-Type"]:
        rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return "\n".join(str(value) for row in rows for value in row)
    return content.decode()
