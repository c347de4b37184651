"""Pages for readers that are no Wagtail pages."""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge import notices
from knowledge.choices import Origin
from knowledge.forms import ConfirmationForm
from knowledge.models import KnowledgePage
from network.attempts import too_many_attempts


def public_page(permanent_id):
    """The published page with this permanent id, or 404; what only some may read is not given away."""
    page = get_object_or_404(KnowledgePage.objects.live().public(), permanent_id=permanent_id)
    return page.specific


@require_safe
def permanent_address(request, permanent_id):
    """Lead from the address that never changes to the page."""
    address = public_page(permanent_id).get_url(request)
    if not address:
        raise Http404
    return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, permanent_id):
    """Take what somebody says about a collected page, and write it to the officers."""
    page = public_page(permanent_id)
    if page.origin != Origin.COLLECTED:
        raise Http404
    person = request.user
    known = {"name": person.get_full_name(), "email": person.email} if person.is_authenticated else {}
    form = ConfirmationForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid() and allowed(request, page, form):
        if not form.is_from_a_program:
            with transaction.atomic():
                notices.confirmation_asked(page, form.answers())
        messages.success(request, _("Thank you. An officer reads your message and answers you."))
        return redirect(page.get_url(request))
    status = 422 if form.is_bound else 200
    context = {"page": page, "form": form, "address": page.get_url(request)}
    return render(request, "knowledge/confirm.html", context, status=status)


def allowed(request, page, form):
    """Whether this client has not written too often about the page; else the form says so, words kept."""
    if too_many_attempts(request, f"confirm:{page.pk}", limit=5, within=timedelta(hours=1)):
        form.add_error(None, _("That was often in one hour. Please send it again later."))
        return False
    return True
