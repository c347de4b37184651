"""The gates that content passes: submitted, published, counted, admitted; changes claimed and validated.

Each function owns its transaction and lock, writes who, when and why to the log, and raises Refused with
a sentence when it is not allowed. Of two decisions about one thing the first counts; the second raises
AlreadyDecided, which says whose it is: one entry in the log, one letter.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from knowledge import limits, notices, rights
from knowledge.choices import DECISIVE_EVIDENCE, ChangeStatus, RecordKind, ValidationKind
from knowledge.completeness import missing
from knowledge.fields import date_bounds
from knowledge.models import (
    CollectedChange,
    CollectedSource,
    Evidence,
    KnowledgePage,
    OfficerApproval,
    PolicyChange,
    SectionPage,
    TakenUp,
    Validation,
)
from knowledge.refusal import AlreadyDecided, Refused
from knowledge.versions import version_of

WORKFLOW = "Review"
TASK = "Officer approval"
NOT_YOURS = gettext_lazy(
    "Another person has to decide: nobody validates what they or their organisation wrote."
)

# What an officer decides about a policy change, as the log names it.
DECISIONS = ("knowledge.take_up", "knowledge.validate", "knowledge.decline")


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
    return [sentence for _field, sentence in missing(page)]


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


def _locked(row, model):
    """The row as it stands, locked until the end of the transaction."""
    found = model.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Refused(_("This was deleted meanwhile."))
    return found


def _locked_page(page):
    """The page as published, locked until the end of the transaction."""
    return _locked(page, KnowledgePage).specific


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


@transaction.atomic
def accept(evidence, user):
    """Say that a piece of evidence proves what it is said to prove."""
    evidence = _locked(evidence, Evidence)
    if not rights.may_accept_evidence(user, evidence):
        raise Refused(str(NOT_YOURS))
    if evidence.accepted_at:
        raise AlreadyDecided(user, evidence.accepted_by, evidence.accepted_at)
    evidence.accepted_at, evidence.accepted_by = timezone.now(), user
    evidence.save(update_fields=["accepted_at", "accepted_by"])
    log(
        instance=evidence.subject.specific,
        action="knowledge.accept_evidence",
        user=user,
        data={"comment": evidence.title},
    )
    return evidence


@transaction.atomic
def claim(change, user, *, is_edited=True):
    """Say that an instrument changed. What the dates say is its status, until an officer decides.

    Nobody but its authors and the reviewers reads it before an officer takes it up. Whoever edits it later
    and may not take it up themselves takes that away again: nothing is public that no officer looked at.
    """
    if not rights.may_edit_change(user, change):
        raise Refused(_("Only people who may edit the instrument can say what changed in it."))
    is_news = change.claimed_by is None or change.status == ChangeStatus.DECLINED
    change.claimed_by = change.claimed_by or user
    if change.status != ChangeStatus.VALIDATED:
        change.status = _status_by_dates(change, timezone.localdate())
    change.save()
    log(instance=change, action="knowledge.claim", user=user, data={"comment": change.title})
    CollectedChange.objects.filter(change=change).delete()
    if is_edited and not rights.may_validate_change(user, change):
        is_news = _look_again(change, user) or is_news
    if is_news:
        notices.change_claimed(change, user)
    return change


def _look_again(change, user):
    """Take it back from the public until an officer has looked at what was edited; whether it was public."""
    if change.status == ChangeStatus.VALIDATED:
        _reopen(change, user)
    is_gone, _rows = TakenUp.objects.filter(change=change).delete()
    if is_gone:
        log(instance=change, action="knowledge.put_back", user=user, data={"comment": change.title})
    return bool(is_gone)


def _reopen(change, user):
    """A validated change is only claimed again."""
    change.status = _status_by_dates(change, timezone.localdate())
    change.validated_by = change.validated_at = None
    change.save(update_fields=["status", "validated_by", "validated_at"])
    log(instance=change, action="knowledge.reopen", user=user, data={"comment": change.title})


@transaction.atomic
def take_up(change, user, seen=""):
    """Let everybody read a claimed change that an officer without a hand in it looked at.

    It counts for nothing before it is validated.
    """
    change = _change_to_decide(change, user, seen)
    found = TakenUp.objects.filter(change=change).select_related("by").first()
    if found:
        raise AlreadyDecided(user, found.by, found.at)
    if change.status in (ChangeStatus.DECLINED, ChangeStatus.WITHDRAWN):
        raise Refused(_("It was not accepted: its authors have to change it first."))
    row = TakenUp.objects.create(change=change, by=user)
    log(instance=change, action="knowledge.take_up", user=user, data={"comment": change.title})
    notices.change_taken_up(change, user)
    return row


def _status_by_dates(change, today):
    if change.in_force_date and date_bounds(change.in_force_date)[0] <= today:
        return ChangeStatus.IN_FORCE
    if change.decision_date and date_bounds(change.decision_date)[0] <= today:
        return ChangeStatus.DECIDED
    return ChangeStatus.ANNOUNCED


def missing_to_validate(change):
    """What a policy change still needs before it can count, as sentences."""
    found = []
    if change.is_collected:
        found.append(
            _("Collected from a public source: somebody who may edit the instrument claims it first.")
        )
    if not change.evidence.filter(kind__in=DECISIVE_EVIDENCE).exists():
        found.append(
            _("Evidence: a decision, the published text, a call or a letter of the authority is needed.")
        )
    if not change.attribution_note.strip():
        found.append(_("What would have happened anyway: write one or two honest sentences."))
    if not (change.inspirations.exists() or change.learned_at.exists()):
        found.append(_("Source: name the good practice or the learning event that inspired the change."))
    return found


def _change_to_decide(change, user, seen, decided=None):
    """The change, locked, for an officer without a hand in it who has seen it as it is now.

    `seen` is the version that the officer read (versions.version_of); without it the status of `change`
    tells. Raises AlreadyDecided when another decision came first or the change is `decided` already.
    """
    row = _locked(change, PolicyChange)
    if not rights.may_validate_change(user, row):
        raise Refused(str(NOT_YOURS))
    if row.status == decided or row.status != change.status or (seen and seen != version_of(row)):
        _refuse_what_changed(row, user, is_decided=row.status == decided)
    return row


def _refuse_what_changed(change, user, *, is_decided):
    """Say who decided about the change last, or that it says something else now."""
    entries = log_registry.get_logs_for_instance(change).select_related("user")
    last = entries.filter(action__in=DECISIONS).first() if is_decided else entries.first()
    if last and last.action in DECISIONS:
        raise AlreadyDecided(user, last.user, last.timestamp)
    if is_decided:
        raise AlreadyDecided(user, change.validated_by, change.validated_at)
    raise Refused(_("It was changed since you opened this page. Read it again, then decide."))


@transaction.atomic
def validate(change, user, comment="", seen=""):
    """Let a policy change count: its instrument is improved."""
    change = _change_to_decide(change, user, seen, ChangeStatus.VALIDATED)
    sentences = missing_to_validate(change)
    if sentences:
        raise Refused(" ".join(sentences))
    return _decide(change, user, ChangeStatus.VALIDATED, comment, "knowledge.validate")


@transaction.atomic
def decline(change, user, comment, seen=""):
    """Say why a policy change does not count. A validated one no longer counts then."""
    change = _change_to_decide(change, user, seen, ChangeStatus.DECLINED)
    if not comment.strip():
        raise Refused(_("Write the reason: the claimant reads it."))
    return _decide(change, user, ChangeStatus.DECLINED, comment, "knowledge.decline")


def _decide(change, user, status, comment, action):
    is_valid = status == ChangeStatus.VALIDATED
    change.status, change.decision_comment = status, comment.strip()
    change.validated_by = user if is_valid else None
    change.validated_at = timezone.now() if is_valid else None
    change.save(update_fields=["status", "decision_comment", "validated_by", "validated_at"])
    if is_valid:
        TakenUp.objects.get_or_create(change=change, defaults={"by": user})
    else:
        TakenUp.objects.filter(change=change).delete()
    log(instance=change, action=action, user=user, data={"comment": comment.strip()})
    notices.change_decided(change, user)
    return change


@transaction.atomic
def remove_evidence(evidence, user):
    """Take a piece of evidence away. A change that loses its last decisive one is only claimed again."""
    evidence = _locked(evidence, Evidence)
    if not rights.may_edit_evidence(user, evidence):
        raise Refused(_("Evidence that an officer accepted can only be removed by an officer."))
    change = evidence.change
    log(
        instance=evidence.subject.specific,
        action="knowledge.remove_evidence",
        user=user,
        data={"comment": evidence.title},
    )
    evidence.delete()
    if change and change.status == ChangeStatus.VALIDATED and missing_to_validate(change):
        _reopen(change, user)
