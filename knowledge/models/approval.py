from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Task, TaskState

from knowledge import limits, notices, rights
from knowledge.completeness import missing_in_words
from knowledge.models.knowledge_page import KnowledgePage
from knowledge.refusal import AlreadyDecided, Refused
from language.fields import ProseField
from network.rights import is_officer


class ReviewLock(WorkflowLock):
    """What is reviewed is what was submitted: nobody edits a page while it waits for its decision."""

    def for_user(self, user):
        return True

    def get_message(self, user):
        return gettext(
            "This page is in review and cannot be edited meanwhile. An officer approves it or sends it back; "
            "who submitted it can withdraw it with “Take it back from the review”."
        )


class OfficerDecision(TaskState):
    """One officer's decision about one submitted revision, taken once whoever asks in the same moment."""

    class Meta:
        verbose_name = _("officer’s decision")
        verbose_name_plural = _("officers’ decisions")

    @transaction.atomic
    def approve(self, user=None, update=True, comment=""):
        """Publish what was submitted; raise Refused for its authors and for who comes too late."""
        page = self._page_to_decide(user)
        super().approve(user=user, update=update, comment=comment)
        notices.approved(page, self.workflow_state.requested_by, user, comment)
        return self

    @transaction.atomic
    def reject(self, user=None, update=True, comment=""):
        """Send it back to its authors with the comment, or raise Refused."""
        page = self._page_to_decide(user)
        super().reject(user=user, update=update, comment=comment)
        notices.sent_back(page, self.workflow_state.requested_by, user, comment)
        return self

    def _page_to_decide(self, user):
        """The page, locked for this decision; raises Refused for who may not decide or comes too late."""
        # The lock first: what is read after it is what the other officer left.
        page = Page.objects.select_for_update().filter(pk=self.workflow_state.object_id).first()
        if page is None:
            raise Refused(gettext("This page was deleted meanwhile."))
        page = page.specific
        self.refresh_from_db()
        draft = self.revision.as_object()
        # The draft may name another owner than the public page: people of both are its authors.
        if not (rights.may_review(user, page) and rights.may_review(user, draft)):
            raise Refused(
                gettext(
                    "Another officer has to decide: nobody reviews what they or their organisation wrote."
                )
            )
        if self.status != self.STATUS_IN_PROGRESS:
            raise AlreadyDecided(user, self.finished_by, self.finished_at)
        return page


class DecisionForm(TaskStateCommentForm):
    """Why an officer approves a page or sends it back."""

    comment = ProseField(
        label=_("Comment"),
        required=False,
        max_length=limits.COMMENT,
        widget=forms.Textarea({"rows": 2}),
    )


class OfficerApproval(Task):
    """The step of the review in which an officer who is not among the authors approves or sends back."""

    task_state_class = OfficerDecision
    lock_class = ReviewLock

    class Meta:
        verbose_name = _("officer’s approval")
        verbose_name_plural = _("officers’ approvals")

    @classmethod
    def get_description(cls):
        return _("Officers approve what others wrote")

    @transaction.atomic
    def start(self, workflow_state, user=None):
        """Begin the review, or raise Refused with what is missing."""
        page = workflow_state.content_object.specific.get_latest_revision_as_object()
        if isinstance(page, KnowledgePage) and (sentences := missing_in_words(page)):
            raise Refused(" ".join(sentences))
        state = super().start(workflow_state, user=user)
        notices.submitted(page, user)
        return state

    def on_action(self, task_state, user, action_name, **kwargs):
        # The guard sits in OfficerDecision: make sure that no plain TaskState walks around it.
        return super().on_action(task_state.specific, user, action_name, **kwargs)

    def locked_for_user(self, obj, user):
        return True

    def user_can_access_editor(self, obj, user):
        return is_officer(user)

    def get_actions(self, obj, user):
        if not rights.may_review(user, obj):
            return []
        return [
            ("reject", _("Send back with a comment"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def get_form_for_action(self, action):
        return DecisionForm

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """What waits for this person: nothing of their own."""
        if not is_officer(user):
            return TaskState.objects.none()
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        ids = [int(key) for key in waiting.values_list("workflow_state__object_id", flat=True)]
        own = [str(pk) for pk in rights.written_by(user, ids)]
        return waiting.exclude(workflow_state__object_id__in=own)
