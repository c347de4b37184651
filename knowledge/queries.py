"""What is known about many pages at once, in a constant number of queries."""

from collections import defaultdict

from django.db.models import Q
from wagtail.models import TaskState

from knowledge import states
from knowledge.choices import ChangeStatus, RecordKind, ValidationKind
from knowledge.models import (
    Evidence,
    GoodPracticePage,
    Inspiration,
    KnowledgePage,
    OfficerApproval,
    PolicyChange,
)


def evidence_states(pages):
    """The state of evidence of each of these pages, by primary key; two queries at most, however many."""
    ids = [page.pk for page in pages]
    accepted = defaultdict(list)
    for page_id, accepted_at in Evidence.objects.filter(page__in=ids).values_list("page_id", "accepted_at"):
        accepted[page_id].append(accepted_at is not None)
    return {pk: states.evidence_state(accepted[pk]) for pk in ids}


def evidence_state(page):
    """How well the claims of one page are proved."""
    return evidence_states([page])[page.pk]


def instrument_states(instruments):
    """How far each of these instruments has come by the changes officers looked at, by primary key."""
    ids = [instrument.pk for instrument in instruments]
    statuses = defaultdict(list)
    rows = PolicyChange.objects.looked_at().filter(instrument__in=ids).values_list("instrument_id", "status")
    for instrument_id, status in rows:
        statuses[instrument_id].append(status)
    return {pk: states.instrument_state(statuses[pk]) for pk in ids}


def instrument_state(instrument):
    """How far one instrument has come."""
    return instrument_states([instrument])[instrument.pk]


def validated_inspirations():
    """What validated changes of published instruments took from practices: each is one transfer."""
    return Inspiration.objects.filter(
        change__status=ChangeStatus.VALIDATED,
        change__collected_source=None,
        change__instrument__live=True,
    ).order_by("pk")


def own_practices():
    """Published good practices that are their owners' own: neither lessons nor unconfirmed collections."""
    return GoodPracticePage.objects.live().filter(
        Q(collected_source=None) | Q(collected_source__confirmed_at__isnull=False),
        record_kind=RecordKind.GOOD_PRACTICE,
    )


def waiting_for_approval(user):
    """Pages in review that this officer may decide about, the longest waiting first."""
    task = OfficerApproval.objects.filter(active=True).first()
    states = task.get_task_states_user_can_moderate(user) if task else TaskState.objects.none()
    ids = [int(key) for key in states.values_list("workflow_state__object_id", flat=True)]
    return KnowledgePage.objects.filter(pk__in=ids).order_by("latest_revision_created_at")


def waiting_to_be_counted():
    """Practices that an officer may let count, the oldest first."""
    counted = Q(validations__kind=ValidationKind.COUNTED)
    proved = own_practices().filter(evidence__isnull=False)
    return proved.exclude(counted).distinct().order_by("first_published_at")


def waiting_for_an_expert():
    """Practices that an expert may admit to the database, the oldest first."""
    admitted = Q(validations__kind=ValidationKind.DATABASE)
    return own_practices().exclude(admitted).order_by("first_published_at")


def waiting_evidence():
    """Evidence that no officer has accepted yet, the oldest first."""
    return (
        Evidence.objects.filter(accepted_at=None).select_related("page", "change__instrument").order_by("pk")
    )


def waiting_changes():
    """Policy changes that no officer has decided about, the oldest first."""
    decided = [ChangeStatus.VALIDATED, ChangeStatus.DECLINED, ChangeStatus.WITHDRAWN]
    open_ones = PolicyChange.objects.filter(collected_source=None).exclude(status__in=decided)
    return open_ones.select_related("instrument").order_by("pk")


def changes_to_take_up():
    """Claimed policy changes that only their authors and reviewers read so far, the oldest first."""
    return waiting_changes().filter(taken_up=None)


def changes_to_validate():
    """Policy changes that everybody reads and no officer has decided about, the oldest first."""
    return waiting_changes().filter(taken_up__isnull=False)


def unconfirmed_practices():
    """Published practices collected from public sources that nobody has confirmed, the oldest first."""
    return (
        GoodPracticePage.objects.live()
        .filter(collected_source__confirmed_at=None, collected_source__isnull=False)
        .order_by("first_published_at")
    )
