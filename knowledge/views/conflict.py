"""Saving over what somebody else saved in the meantime: only knowingly, whatever the form is of.

A form names the version that it was made from: a page its latest revision, as Wagtail writes it there, any
other row the digest of what it said. Where that is not the newest, and the two differ, the answer is 409 and
both texts; saving again names the version that was shown there. A form that names nothing counts as having
seen the newest version only if that is the person's own. Everything happens under the row's lock, so of two
who save in the same moment the second sees what the first wrote.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page

from knowledge.conflicts import differences
from knowledge.refusal import moment
from knowledge.versions import ROW_FIELD, version_of

OVERWRITTEN, LOADED, LOADED_AT = "overwrite_revision_id", "loaded_revision_id", "loaded_revision_created_at"


@dataclass(frozen=True)
class Newest:
    """The newest version of what is edited: who saved it when, and the fields by which a form names it."""

    fields: dict
    by: AbstractBaseUser | None
    at: datetime | None


def newest_of(instance):
    """The newest version of a page or row; None for a page of which there is no revision."""
    if isinstance(instance, Page):
        revision = instance.get_latest_revision()
        if revision is None:
            return None
        fields = {LOADED: str(revision.pk), LOADED_AT: revision.created_at.isoformat()}
        return Newest(fields, revision.user, revision.created_at)
    entry = log_registry.get_logs_for_instance(instance).select_related("user").first()
    fields = {ROW_FIELD: version_of(instance)}
    return Newest(fields, entry.user if entry else None, entry.timestamp if entry else None)


def has_seen(newest, posted, user):
    """Whether the sent form was made from the newest version."""
    if own := posted.get(OVERWRITTEN):
        # The form has saved by itself since it was opened; Wagtail checks whose revision that is.
        return own == newest.fields.get(LOADED)
    if not any(name in posted for name in newest.fields):
        return newest.at is None or newest.by == user
    return all(posted.get(name) == value for name, value in newest.fields.items())


def save_knowingly(request, instance, form_class):
    """For a hook before editing: saves under the lock of the row, or answers with both texts."""
    if request.method != "POST" or getattr(request, "is_saved_knowingly", False):
        return None
    if not request.accepts("text/html"):
        # It saves by itself while somebody types: Wagtail refuses what is out of date where it is told.
        newest = newest_of(instance)
        return None if newest is None or has_seen(newest, request.POST, request.user) else _refuse_autosave()
    request.is_saved_knowingly = True
    with transaction.atomic():
        stored = _locked(instance)
        if stored is None:
            return None
        answer = _stale_decision(request, stored) or _conflict(request, stored, form_class)
        if answer is None:
            match = request.resolver_match
            answer = match.func(request, *match.args, **match.kwargs)
    return answer


def _refuse_autosave():
    return JsonResponse(
        {
            "success": False,
            "error_code": "invalid_revision",
            "error_message": _("Saving will overwrite a newer version."),
        },
        status=400,
    )


def _locked(instance):
    model = Page if isinstance(instance, Page) else type(instance)
    row = model._base_manager.select_for_update().filter(pk=instance.pk).first()
    return row.specific if isinstance(row, Page) else row


def _stale_decision(request, stored):
    """A decision about a page that is in review no more must not save the page instead."""
    is_decision = isinstance(stored, Page) and "action-workflow-action" in request.POST
    if is_decision and not stored.workflow_in_progress:
        messages.warning(request, _("It is not in review any more: it was decided already."))
        return redirect("knowledge_page_desk", stored.pk)
    return None


def _conflict(request, stored, form_class):
    """Both texts, where the sent one was made from an older version and differs from the newest."""
    newest = newest_of(stored)
    if newest is None or has_seen(newest, request.POST, request.user):
        return None
    mine = _form(form_class, stored, request.user, request.POST, request.FILES)
    theirs = _form(form_class, stored, request.user)
    found = differences(mine, theirs)
    if not found:
        return None
    left_out = {"csrfmiddlewaretoken", ROW_FIELD, OVERWRITTEN, LOADED, LOADED_AT}
    sent = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in left_out
    ]
    context = {
        "page_title": _("Somebody else saved this in the meantime"),
        "page_subtitle": stored.get_admin_display_title() if isinstance(stored, Page) else str(stored),
        "header_icon": "warning",
        "by": newest.by,
        "when": moment(newest.at) if newest.at else "",
        "differences": found,
        "sent": [*sent, *newest.fields.items()],
        "address": request.get_full_path(),
        "theirs_address": request.path,
    }
    return render(request, "knowledge/admin/conflict.html", context, status=409)


def _form(form_class, stored, user, *sent):
    """A form of what is stored now, each with an instance of its own: a sent form writes into it."""
    if isinstance(stored, Page):
        page = stored.get_latest_revision_as_object()
        return form_class(*sent, instance=page, parent_page=page.get_parent(), for_user=user)
    row = type(stored)._base_manager.get(pk=stored.pk)
    return form_class(*sent, instance=row, for_user=user)


class SavedKnowingly:
    """For views that edit a row which is no snippet: the same rule."""

    saves_knowingly = True

    def run_before_hook(self):
        return save_knowingly(self.request, self.get_object(), self.get_form_class())
