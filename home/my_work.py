"""What "My work" shows a person: what waits for them, their pages and their places at events."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, WorkflowState

from events.queries import events_organised_by, registrations_of
from knowledge.models import GoodPracticePage, PolicyInstrumentPage
from knowledge.reading.values import day
from knowledge.waiting import owned_by, sent_back_to, waiting_for, with_review
from search.saved import address

SHOWN = 20
SENT_BACK, IN_REVIEW = WorkflowState.STATUS_NEEDS_CHANGES, WorkflowState.STATUS_IN_PROGRESS


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
    withdrawn = PageLogEntry.objects.filter(page=OuterRef("pk"), action__startswith="wagtail.unpublish")
    return (
        with_review(model.objects.filter(owned_by(user)))
        .annotate(withdrawn_at=Subquery(withdrawn.order_by("-timestamp").values("timestamp")[:1]))
        .select_related("organisation", "collected_source")
        .order_by("-latest_revision_created_at", "-pk")[:SHOWN]
    )


def submission(page):
    """One page as the list shows it: its name, when it was edited, and how far its review has come."""
    steps, at = [_("Draft"), _("Submitted"), _("Review"), _("Published")], 0
    if page.review_status == SENT_BACK:
        steps[2], at, note = _("Changes requested"), 2, page.review_comment
    elif page.review_status == IN_REVIEW:
        at, note = 2, _("An officer reads it.")
    elif page.live:
        at = 3
        note = _("There are changes that are not published yet.") if page.has_unpublished_changes else ""
    elif page.was_withdrawn:
        steps[3], at, note = _("Withdrawn"), 3, withdrawn_words(page)
    else:
        note = _("Not submitted yet.")
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
                "is_back": number == at and (page.review_status == SENT_BACK or page.was_withdrawn),
            }
            for number, label in enumerate(steps)
        ],
    }


def withdrawn_words(page):
    """Since when a page is not public any more, and what can be done."""
    again = _("It does not count meanwhile. Change it and submit it again to have it published.")
    if not page.withdrawn_at:
        return _("Not public any more.") + " " + again
    return _("Not public any more since %(day)s.") % {"day": day(page.withdrawn_at)} + " " + again


def tasks(user):
    """What waits for this person: decisions, as many as the desk lists and there, and their own pages that
    were sent back."""
    counted = [(kind, kind.things.count()) for kind in waiting_for(user)]
    waiting = [
        {"label": kind.label, "detail": str(number), "url": f"{reverse('knowledge_desk')}#{kind.name}"}
        for kind, number in counted
        if number
    ]
    waiting += [
        {
            "label": _("Answer the reviewer"),
            "detail": page.title,
            "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }
        for page in sent_back_to(user)[:SHOWN]
    ]
    return waiting
