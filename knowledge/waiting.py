"""What waits for one person: the one answer, for the desk, for My work, and for whoever counts it.

Only what this person may decide is listed: nobody decides about what they or their organisation wrote, so
that waits for others.
"""

from dataclasses import dataclass

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState

from knowledge import queries
from knowledge.models import KnowledgePage, PolicyChange
from network.rights import is_expert, is_officer, organisation_ids


@dataclass(frozen=True)
class Waiting:
    """The things of one kind that wait for one person, the longest waiting first."""

    name: str
    label: str
    things: QuerySet


def waiting_for(user):
    """What waits for this person's decision, one entry for each kind they decide about."""
    found = []
    written = written_by(user).order_by().values("pk")
    if is_officer(user):
        own = Q(claimed_by=user) | Q(decided_by__in=organisation_ids(user)) | Q(instrument__in=written)
        claimed = PolicyChange.objects.filter(own).order_by().values("pk")
        proof = Q(added_by=user) | Q(page__in=written) | Q(change__in=claimed)
        found += [
            Waiting("approve", _("Submitted, to be approved"), queries.waiting_for_approval(user)),
            Waiting(
                "count",
                _("Published, to be counted"),
                queries.waiting_to_be_counted().exclude(pk__in=written),
            ),
            Waiting(
                "take-up",
                _("Policy changes claimed, to be taken up"),
                queries.changes_to_take_up().exclude(pk__in=claimed),
            ),
            Waiting(
                "validate",
                _("Policy changes to validate"),
                queries.changes_to_validate().exclude(pk__in=claimed),
            ),
            Waiting("accept", _("Evidence to accept"), queries.waiting_evidence().exclude(proof)),
            Waiting(
                "confirm",
                _("Collected, to be confirmed on the word of their owners"),
                queries.unconfirmed_practices(),
            ),
        ]
    if is_expert(user):
        undecided = queries.waiting_for_an_expert().exclude(validations__by=user)
        found.append(Waiting("admit", _("Waiting for an expert opinion"), undecided.exclude(pk__in=written)))
    return found


def owned_by(user):
    """The condition for pages that this person or one of their organisations owns."""
    return Q(owner=user) | Q(organisation__in=organisation_ids(user))


def written_by(user):
    """The pages that this person is an author of, as rights.wrote asks of one."""
    revised = Revision.page_revisions.filter(user=user, object_id=Cast(OuterRef("pk"), CharField()))
    return KnowledgePage.objects.filter(owned_by(user) | Exists(revised))


def with_review(pages):
    """The pages with how far the open review of each has come, and what an officer wrote last in it."""
    state = WorkflowState.objects.filter(
        base_content_type__app_label=Page._meta.app_label,
        base_content_type__model=Page._meta.model_name,
        object_id=Cast(OuterRef("pk"), CharField()),
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
    )
    return pages.annotate(
        review_status=Subquery(state.values("status")[:1]),
        review_comment=Subquery(state.values("current_task_state__comment")[:1], output_field=CharField()),
    )


def sent_back_to(user):
    """The pages of every kind that an officer sent back to this person or their organisations, the longest
    waiting first."""
    owned = with_review(KnowledgePage.objects.filter(owned_by(user)))
    return owned.filter(review_status=WorkflowState.STATUS_NEEDS_CHANGES).order_by(
        "latest_revision_created_at", "pk"
    )
