"""The desk in the admin: what waits for an officer or expert, and each decision on a page of its own.

A decision is shown with what it means before it is taken; taking it is a POST that names what was shown. Who
comes second reads who decided first.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.log_actions import registry as log_registry

from knowledge import claims, gone, review, rights
from knowledge.choices import ChangeStatus, Origin, ValidationKind
from knowledge.files import may_read_file
from knowledge.forms import CommentForm, OpinionForm
from knowledge.models import Evidence, KnowledgePage, OfficerDecision, PolicyChange
from knowledge.reading.proof import address as evidence_address
from knowledge.reading.values import day
from knowledge.refusal import NOT_YOURS, AlreadyDecided, Refused
from knowledge.versions import version_of
from knowledge.waiting import waiting_for
from knowledge.widgets import regions_like
from language.typed import as_line
from network.keys import key_in
from network.rights import is_auditor, is_expert, is_officer

ROWS = 50


@dataclass
class Decision:
    """One thing that this person can decide here: what it means, and what they write with it."""

    name: str
    label: str
    meaning: str
    form: forms.Form | None = None


@require_safe
def regions(request):
    """Regions whose name or code contains what an editor typed."""
    found = regions_like(as_line(request.GET.get("q", ""))[:100])
    return JsonResponse({"results": [{"id": region.pk, "label": str(region)} for region in found]})


@require_safe
def desk(request):
    """What waits for this person's decision, of each kind the oldest first."""
    if not (is_officer(request.user) or is_expert(request.user)):
        raise PermissionDenied
    shown = [
        {
            "name": kind.name,
            "heading": kind.label,
            "count": kind.things.count(),
            "rows": [line(one) for one in kind.things[:ROWS]],
        }
        for kind in waiting_for(request.user)
    ]
    context = {"page_title": _("Desk"), "header_icon": "clipboard-list", "tables": shown, "limit": ROWS}
    return render(request, "knowledge/admin/desk.html", context)


def line(thing):
    """One line of the desk: title, what it belongs to, where it is decided."""
    if isinstance(thing, Evidence):
        kind, of = "evidence", thing.subject.title
    elif isinstance(thing, PolicyChange):
        kind, of = "change", thing.instrument.title
    else:
        kind, of = "page", thing.reference
    return {"title": thing.title, "of": of, "url": reverse(f"knowledge_{kind}_desk", args=[thing.pk])}


@require_http_methods(["GET", "HEAD", "POST"])
def page_desk(request, pk):
    """Where one page stands, and what this person can decide about it."""
    page = get_object_or_404(KnowledgePage, pk=pk).specific
    if not rights.may_read_decisions(request.user, page):
        raise PermissionDenied
    decisions = page_decisions(page, request)
    taken = {
        "approve": lambda words, seen: act(page, request.user, "approve", words, seen),
        "reject": lambda words, seen: act(page, request.user, "reject", words, seen),
        "confirm": lambda words, seen: review.confirm(page, request.user),
        "count": lambda words, seen: review.count(page, request.user),
        "admit": lambda words, seen: review.admit(page, request.user, words),
    }
    facts = [
        (_("Reference"), page.reference),
        (_("State"), state_words(page)),
        *((one.get_kind_display(), f"{one.by}, {day(one.at)}") for one in page.validations.all()),
    ]
    context = {"title": page.get_admin_display_title(), "facts": facts, "page": page}
    context["log"] = log_of(page, request.user)
    context["may_edit"] = rights.may_edit(request.user, page)
    draft = page.get_latest_revision_as_object()
    context["still_needed"] = gone.sentences(draft) + review.missing_to_submit(draft)
    waiting = page.current_workflow_task_state
    context["seen"] = str(waiting.pk) if waiting else ""
    return decide(request, decisions, taken, context)


def state_words(page):
    """Who has the page, in a sentence."""
    if page.current_workflow_task:
        since = page.current_workflow_task_state.started_at
        return _("In review since %(day)s: an officer decides.") % {"day": day(since)}
    if page.current_workflow_state:
        return _("Sent back: its authors change it and submit it again.")
    if page.was_withdrawn:
        return _("Withdrawn: it was public once. Its authors may change it and submit it again.")
    if page.live and page.has_unpublished_changes:
        return _("Public; its authors are changing it.")
    return _("Public.") if page.live else _("Draft: its authors are writing it.")


def act(page, user, action, comment, seen):
    """Let the review decide about the submission that was shown; one that is decided stays as it is."""
    if not rights.may_review(user, page):
        raise Refused(str(NOT_YOURS))
    submissions = OfficerDecision.objects.filter(workflow_state__in=page.workflow_states)
    state = submissions.filter(pk=key_in(seen)).first() or page.current_workflow_task_state
    if state is None:
        last = submissions.filter(finished_at__isnull=False).order_by("finished_at").last()
        if last:
            raise AlreadyDecided(user, last.finished_by, last.finished_at)
        raise Refused(_("It is not in review."))
    if action == "reject" and not comment:
        raise Refused(_("Write what has to be changed: the authors read it."))
    state.task.specific.on_action(state, user, action, comment=comment)


def page_decisions(page, request):
    """What this person can decide about the page now."""
    user, found = request.user, []
    if page.current_workflow_task and rights.may_review(user, page.get_latest_revision_as_object()):
        found.append(
            Decision(
                "approve",
                _("Approve and publish"),
                _("Everybody can read it."),
                CommentForm(prefix="approve"),
            )
        )
        found.append(
            Decision(
                "reject",
                _("Send back"),
                _("Its authors change it and submit again."),
                CommentForm(prefix="reject"),
            )
        )
    is_collected = page.origin == Origin.COLLECTED
    if is_collected and rights.may_confirm(user, page):
        found.append(
            Decision(
                "confirm",
                _("Confirm"),
                _("Its owner says that it is true. From now on it is theirs and can be counted."),
            )
        )
    kinds = {one.kind for one in page.validations.all()}
    if not is_collected and hasattr(page, "record_kind"):
        if ValidationKind.COUNTED not in kinds and rights.may_count(user, page) and page.live:
            found.append(
                Decision(
                    "count",
                    _("Let it count"),
                    _("The number of good practices rises by one, for as long as the page is public."),
                )
            )
        if ValidationKind.DATABASE not in kinds and rights.may_admit(user, page) and page.live:
            found.append(
                Decision(
                    "admit",
                    _("Admit to the database"),
                    _("Your opinion is printed on the page with your name."),
                    OpinionForm(prefix="admit"),
                )
            )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_desk(request, pk):
    """One piece of evidence, and whether this person can accept it."""
    evidence = get_object_or_404(
        Evidence.objects.select_related("page", "change__instrument", "document"), pk=pk
    )
    user = request.user
    if not (rights.may_open(user, evidence) and rights.may_read_decisions(user, evidence.subject)):
        raise PermissionDenied
    decisions = []
    if not evidence.accepted_at and rights.may_accept_evidence(request.user, evidence):
        decisions.append(Decision("accept", _("Accept"), _("It proves what it is said to prove.")))
    taken = {"accept": lambda words, seen: claims.accept(evidence, request.user)}
    facts = [
        (_("Belongs to"), evidence.subject.title),
        (_("Kind"), evidence.get_kind_display()),
        (_("What it proves"), evidence.claim),
        (_("Who may open it"), evidence.get_confidentiality_display()),
        (_("Added by"), evidence.added_by or "–"),
        (
            _("Accepted"),
            f"{evidence.accepted_by}, {day(evidence.accepted_at)}" if evidence.accepted_at else "–",
        ),
    ]
    context = {"title": evidence.title, "facts": facts}
    context["document"] = evidence_address(evidence) if may_follow(user, evidence) else ""
    return decide(request, decisions, taken, context | {"log": log_of(evidence, user)})


def may_follow(user, evidence):
    """Whether this person may read what the evidence was made of: a file may be somebody else's."""
    return not evidence.document_id or may_read_file(user, evidence.document)


@require_http_methods(["GET", "HEAD", "POST"])
def change_desk(request, pk):
    """One policy change, and what this person can decide about it."""
    change = get_object_or_404(
        PolicyChange.objects.select_related("instrument", "decided_by", "taken_up__by", "collected_source"),
        pk=pk,
    )
    user = request.user
    if not (rights.may_read_decisions(user, change.instrument) or rights.claimed(user, change)):
        raise PermissionDenied
    decisions = []
    still_needed = claims.missing_to_validate(change)
    if rights.may_validate_change(request.user, change):
        if not change.is_public and change.status not in (ChangeStatus.DECLINED, ChangeStatus.WITHDRAWN):
            decisions.append(
                Decision(
                    "take_up",
                    _("Take up"),
                    _("Everybody reads it on the instrument’s page. It does not count yet."),
                )
            )
        if change.status != ChangeStatus.VALIDATED and not still_needed:
            decisions.append(
                Decision(
                    "validate",
                    _("Validate"),
                    _("The instrument counts as improved, the funding as influenced."),
                    CommentForm(prefix="validate"),
                )
            )
        if change.status != ChangeStatus.DECLINED:
            decisions.append(
                Decision(
                    "decline",
                    _("Do not accept"),
                    _("It does not count. The claimant reads your reason."),
                    CommentForm(prefix="decline"),
                )
            )
    taken = {
        "take_up": lambda words, seen: claims.take_up(change, request.user, seen),
        "validate": lambda words, seen: claims.validate(change, request.user, words, seen),
        "decline": lambda words, seen: claims.decline(change, request.user, words, seen),
    }
    facts = [
        (_("Instrument"), change.instrument.title),
        (_("Status"), change.get_status_display()),
        (_("Who reads it"), readers(change)),
        (_("Decided by"), f"{change.decided_by}, {change.decision_date}"),
        (_("Claimed by"), change.claimed_by or "–"),
        (_("What changed"), change.what_changed),
        (_("What would have happened anyway"), change.attribution_note),
        (
            _("Inspired by"),
            ", ".join(str(one.practice) for one in change.inspirations.select_related("practice")),
        ),
    ]
    context = {"title": change.title, "facts": facts, "still_needed": still_needed}
    context["log"] = log_of(change, request.user)
    context["seen"] = version_of(change)
    pieces = change.evidence.select_related("page", "change__instrument")
    context["evidence"] = [line(one) for one in pieces if rights.may_know(request.user, one)]
    return decide(request, decisions, taken, context)


def readers(change):
    """Who reads a policy change on the instrument's page, in a sentence."""
    if change.is_collected:
        return _("Everybody, as collected from %(url)s and not checked.") % {
            "url": change.collected_source.url
        }
    if hasattr(change, "taken_up"):
        words = {"who": change.taken_up.by or _("somebody"), "day": day(change.taken_up.at)}
        return _("Everybody: taken up by %(who)s on %(day)s.") % words
    if change.is_public:
        return _("Everybody: it is validated.")
    return _("Only its authors and the reviewers: it waits until an officer takes it up.")


def decide(request, decisions, taken, context):
    """Show the decisions, or take the one that was posted and say what came of it."""
    status = 200
    if request.method == "POST":
        name = request.POST.get("decision")
        if name not in taken:
            raise PermissionDenied
        form = next((one.form for one in decisions if one.name == name), None)
        words = " ".join(request.POST.getlist(f"{name}-comment") + request.POST.getlist(f"{name}-opinion"))
        try:
            taken[name](words.strip(), request.POST.get("seen", ""))
        except AlreadyDecided as decided:
            (messages.info if decided.is_own else messages.warning)(request, str(decided))
            return redirect(request.path)
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = 422
            if form:
                form.is_bound, form.data, form.files = True, request.POST, {}
        else:
            messages.success(request, _("Done."))
            return redirect(request.path)
    context |= {"decisions": decisions, "page_title": context["title"], "header_icon": "clipboard-list"}
    return render(request, "knowledge/admin/decide.html", context, status=status)


# What the log says of evidence holds its title, which experts may not know of every piece.
OF_EVIDENCE = ("knowledge.accept_evidence", "knowledge.remove_evidence")


def log_of(thing, user):
    """The last things that happened to it, the latest first, as far as this person may know."""
    lines = log_registry.get_logs_for_instance(thing).select_related("user")
    page = thing.subject if isinstance(thing, Evidence) else getattr(thing, "instrument", thing)
    if not (is_officer(user) or is_auditor(user) or rights.wrote(user, page)):
        lines = lines.exclude(action__in=OF_EVIDENCE)
    return lines[:20]
