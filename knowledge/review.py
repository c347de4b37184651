"""The gates that pages pass: submitted, published, counted, admitted to the database, confirmed.

Each function owns its transaction and lock, writes who, when and why to the log, and raises Refused with
a sentence when it is not allowed. Of two decisions about one thing the first counts; the second raises
AlreadyDecided, which says whose it is: one entry in the log, one letter.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from knowledge import limits, rights
from knowledge.choices import RecordKind, ValidationKind
from knowledge.completeness import missing_in_words
from knowledge.models import CollectedSource, KnowledgePage, OfficerApproval, SectionPage, Validation
from knowledge.refusal import NOT_YOURS, AlreadyDecided, Refused, locked

WORKFLOW = "Review"
TASK = "Officer approval"


def ensure_workflow():
    """The review, and its place on the section pages; safe to repeat. Returns a line for each thing made."""
    made = []
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if is_new:
        made.append(f"Made the workflow {WORKFLOW}.")
    task = OfficerApproval.objects.first() or OfficerApproval.objects.create(name=TASK)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for section in SectionPage.objects.all():
        _row, is_new = WorkflowPage.objects.get_or_create(page_id=section.pk, defaults={"workflow": workflow})
        if is_new:
            made.append(f"“{section.title}” is reviewed.")
    return made


def missing_to_submit(page):
    """What the page still needs, as sentences that name the field; empty when it can be submitted."""
    return missing_in_words(page)


@transaction.atomic
def submit(page, user):
    """Put the latest draft of the page in front of the officers. A page already there stays there."""
    Page.objects.select_for_update().get(pk=page.pk)
    if not rights.may_edit(user, page):
        raise Refused(_("Only the owner and their organisation can submit this page."))
    if page.workflow_in_progress:
        return page.current_workflow_state
    state = page.current_workflow_state
    if state:
        state.resume(user)
        return state
    return page.get_workflow().start(page, user)


def _locked_page(page):
    """The page as published, locked until the end of the transaction."""
    return locked(page, KnowledgePage).specific


def _refuse_a_second(page, kind, user):
    """Raise AlreadyDecided when the page has its validation of this kind."""
    found = page.validations.filter(kind=kind).select_related("by").first()
    if found:
        raise AlreadyDecided(user, found.by, found.at)


def _validate_page(page, kind, user, action, opinion=""):
    """Make the validation of this kind, and log it."""
    row = Validation.objects.create(page_id=page.pk, kind=kind, by=user, opinion=opinion)
    log(instance=page, action=action, user=user, data={"comment": opinion})
    return row


@transaction.atomic
def count(page, user):
    """Let a published good practice count for the indicator."""
    page = _locked_page(page)
    if rights.is_officer(user):
        _refuse_a_second(page, ValidationKind.COUNTED, user)
    if not rights.may_count(user, page):
        raise Refused(str(NOT_YOURS))
    refuse_to_count(page)
    return _validate_page(page, ValidationKind.COUNTED, user, "knowledge.count")


def refuse_to_count(page):
    """Raise Refused with the reason when this page cannot count, whoever asks."""
    if not hasattr(page, "record_kind"):
        raise Refused(_("Only good practices are counted here."))
    if page.record_kind == RecordKind.LESSON:
        raise Refused(_("A lesson learnt is worth reading and never counts as a good practice."))
    if page.origin == "collected":
        raise Refused(_("Collected from a public source: it counts only after its owner has confirmed it."))
    if not page.live:
        raise Refused(_("Not published yet: approve it first."))
    if not page.evidence.exists():
        raise Refused(_("No evidence yet: at least one piece is needed."))


@transaction.atomic
def admit(page, user, opinion):
    """Admit a good practice to the database, with the expert's printed opinion."""
    page = _locked_page(page)
    if rights.is_expert(user):
        _refuse_a_second(page, ValidationKind.DATABASE, user)
    if not rights.may_admit(user, page):
        raise Refused(_("An expert decides who neither wrote the practice nor decided about it before."))
    if not page.live or not hasattr(page, "record_kind"):
        raise Refused(_("Only published good practices enter the database."))
    if page.origin == "collected":
        raise Refused(_("Collected from a public source: its owner has to confirm it first."))
    if not page.summary.strip():
        raise Refused(_("An English summary is needed first."))
    if not opinion.strip():
        raise Refused(_("Write your opinion: it is printed on the page."))
    surplus = limits.too_long("opinion", opinion)
    if surplus:
        raise Refused(
            _("At most %(limit)s characters. Shorten the opinion by %(surplus)s.")
            % {"limit": limits.LIMITS["opinion"], "surplus": surplus}
        )
    return _validate_page(page, ValidationKind.DATABASE, user, "knowledge.admit", opinion.strip())


@transaction.atomic
def confirm(page, user):
    """Say that a collected page is true; from now on it is its owner's."""
    page = _locked_page(page)
    source = CollectedSource.objects.filter(page_id=page.pk).first()
    if source is None:
        raise Refused(_("This page was not collected: there is nothing to confirm."))
    if not rights.may_confirm(user, page):
        raise Refused(_("Only its owner’s people and officers can confirm it."))
    if source.confirmed_at:
        raise AlreadyDecided(user, source.confirmed_by, source.confirmed_at)
    source.confirmed_at, source.confirmed_by = timezone.now(), user
    source.save(update_fields=["confirmed_at", "confirmed_by"])
    log(instance=page, action="knowledge.confirm", user=user, data={"comment": source.url})
    return source
