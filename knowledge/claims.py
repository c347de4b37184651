"""The gates of policy changes and evidence: claimed, taken up, validated or declined; accepted, removed.

What knowledge.review promises about pages holds here too: each function owns its transaction and lock, logs
who, when and why, and raises Refused or AlreadyDecided with a sentence.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from knowledge import notices, rights
from knowledge.choices import DECISIVE_EVIDENCE, ChangeStatus
from knowledge.fields import date_bounds
from knowledge.models import CollectedChange, Evidence, PolicyChange, TakenUp
from knowledge.refusal import NOT_YOURS, AlreadyDecided, Refused, locked
from knowledge.versions import version_of

# What an officer decides about a policy change, as the log names it.
DECISIONS = ("knowledge.take_up", "knowledge.validate", "knowledge.decline")


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
    row = locked(change, PolicyChange)
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


# Evidence


@transaction.atomic
def accept(evidence, user):
    """Say that a piece of evidence proves what it is said to prove."""
    evidence = locked(evidence, Evidence)
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
def remove_evidence(evidence, user):
    """Take a piece of evidence away. A change that loses its last decisive one is only claimed again."""
    evidence = locked(evidence, Evidence)
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
