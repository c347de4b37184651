"""Wagtail's own door to a decision, answering with our sentences instead of “you do not have permission”."""

from django.contrib import messages
from django.shortcuts import redirect
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.workflow import WorkflowActionView

from knowledge import rights
from knowledge.refusal import AlreadyDecided, Refused


class Decide(WorkflowActionView):
    """Approves or sends back; who comes second, or may not, reads why and is led back."""

    def dispatch(self, request, *args, **kwargs):
        state = self.task_state
        try:
            if rights.may_review(request.user, self.object.specific) and state.finished_at:
                raise AlreadyDecided(request.user, state.finished_by, state.finished_at)
            return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


decide = require_admin_access(Decide.as_view())
