"""What "My work" shows a person: what waits for them, their pages and their places at events."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from events.queries import events_organised_by, registrations_of
from knowledge.choices import ChangeStatus, ValidationKind
from knowledge.models import GoodPracticePage, PolicyChange, PolicyInstrumentPage
from network.rights import is_expert, is_officer, organisation_ids
from search.saved import address

SHOWN = 20
OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


@dataclass(frozen=True)
class MyWork:
    """Everything the page prints."""

    tasks: list
    practices: list
    instruments: list
    registrations: list
    organised: list
    searches: list
    may_write: bool


def my_work(user):
    """The page's values; the same number of queries however much there is."""
    return MyWork(
        tasks=tasks(user),
        practices=[submission(page) for page in pages_of(user, GoodPracticePage)],
        instruments=[submission(page) for page in pages_of(user, PolicyInstrumentPage)],
        registrations=registrations_of(user),
        organised=events_organised_by(user),
        searches=[
            {"saved": saved, "url": address(saved)}
            for saved in user.saved_searches.defer("seen").order_by("-saved_at", "-pk")[:SHOWN]
        ],
        may_write=user.has_perm("wagtailadmin.access_admin"),
    )


def pages_of(user, model):
    """The pages a person or their organisations own, the last edited first, with their review state."""
    state = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
        status__in=OPEN,
    )
    return (
        model.objects.filter(Q(owner=user) | Q(organisation__in=organisation_ids(user)))
        .annotate(
            review_status=Subquery(state.values("status")[:1]),
            review_comment=Subquery(
                state.values("current_task_state__comment")[:1], output_field=CharField()
            ),
        )
        .select_related("organisation", "collected_source")
        .order_by("-latest_revision_created_at", "-pk")[:SHOWN]
    )


def submission(page):
    """One page as the list shows it: its name, when it was edited, and how far its review has come."""
    if page.review_status == WorkflowState.STATUS_NEEDS_CHANGES:
        steps, at, note = (
            [_("Draft"), _("Submitted"), _("Changes requested"), _("Published")],
            2,
            page.review_comment,
        )
    elif page.review_status == WorkflowState.STATUS_IN_PROGRESS:
        steps, at, note = (
            [_("Draft"), _("Submitted"), _("Review"), _("Published")],
            2,
            _("An officer reads it."),
        )
    elif page.live:
        steps, at = [_("Draft"), _("Submitted"), _("Review"), _("Published")], 3
        note = _("There are changes that are not published yet.") if page.has_unpublished_changes else ""
    else:
        steps, at, note = (
            [_("Draft"), _("Submitted"), _("Review"), _("Published")],
            0,
            _("Not submitted yet."),
        )
    return {
        "title": page.title,
        # The permanent address costs no query; a page's own asks the cache, which is a table.
        "url": reverse("permanent_address", args=[page.permanent_id])
        if page.live
        else reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "reference": page.reference,
        "edited": page.latest_revision_created_at or page.first_published_at,
        "status": steps[at],
        "note": note or "",
        "path": [
            {
                "label": label,
                "is_done": number < at,
                "is_current": number == at,
                "is_back": number == at and page.review_status == WorkflowState.STATUS_NEEDS_CHANGES,
            }
            for number, label in enumerate(steps)
        ],
    }


def tasks(user):
    """What waits for this person: reviews, opinions, policy changes, or their own pages sent back."""
    waiting = []
    if is_officer(user):
        add(waiting, pages_in_review(), reverse("wagtailadmin_reports:workflow_tasks"), _("Pages to review"))
        add(
            waiting,
            PolicyChange.objects.exclude(
                status__in=[ChangeStatus.VALIDATED, ChangeStatus.DECLINED, ChangeStatus.WITHDRAWN]
            ).count(),
            reverse("wagtailsnippets_knowledge_policychange:list"),
            _("Policy changes to validate"),
        )
    if is_expert(user):
        add(
            waiting,
            GoodPracticePage.objects.live()
            .filter(validations__kind=ValidationKind.COUNTED)
            .exclude(validations__kind=ValidationKind.DATABASE)
            .count(),
            f"{reverse('search')}?kind=practice",
            _("Counted practices without an expert opinion"),
        )
    sent_back = [page for page in pages_of(user, GoodPracticePage) if page.review_status == OPEN[1]]
    waiting += [
        {
            "label": _("Answer the reviewer"),
            "detail": page.title,
            "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }
        for page in sent_back
    ]
    return waiting


def add(waiting, number, url, label):
    if number:
        waiting.append({"label": label, "detail": str(number), "url": url})


def pages_in_review():
    """How many pages wait for an officer."""
    return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count()
