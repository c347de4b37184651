"""Evidence and policy changes in the admin: one opens the rows of what one may edit."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    SnippetViewSet,
    SnippetViewSetGroup,
    UsageView,
)

from knowledge import claims, rights
from knowledge.choosers import SeenRowsChooser
from knowledge.models import Evidence, KnowledgePage, PolicyChange, PolicyInstrumentPage
from knowledge.permissions import seen_by
from knowledge.versions import stored_version
from network.choosers import NoChooser
from network.keys import key_in


class OwnRowMixin:
    """One row opens only for those who may edit it."""

    needed = "change"

    def get_object(self, *args):
        found = super().get_object(*args)
        if not self.user_has_permission_for_instance(self.needed, found):
            raise PermissionDenied
        return found


def row_named(request, name, model):
    """The row whose key the address gives under this name, or None."""
    return model.objects.filter(pk=key_in(request.GET.get(name, ""))).first()


class AddEvidence(CreateView):
    """A piece of evidence of the page or change named in the address."""

    def get_initial(self):
        page = row_named(self.request, "page", KnowledgePage)
        change = row_named(self.request, "change", PolicyChange)
        found = {}
        if page and rights.may_edit(self.request.user, page):
            found["page"] = page.pk
        if change and rights.may_edit(self.request.user, change.instrument):
            found["change"] = change.pk
        return found


class EditEvidence(OwnRowMixin, EditView):
    pass


class OwnDelete(OwnRowMixin, DeleteView):
    needed = "delete"


class OwnHistory(OwnRowMixin, HistoryView):
    pass


class OwnUsage(OwnRowMixin, UsageView):
    pass


class AddChange(CreateView):
    """A change of the instrument named in the address; whoever saves it claims it."""

    def get_initial(self):
        instrument = row_named(self.request, "instrument", PolicyInstrumentPage)
        may = instrument and rights.may_claim(self.request.user, instrument)
        return {"instrument": instrument.pk} if may else {}

    def save_instance(self):
        return claims.claim(super().save_instance(), self.request.user)


class EditChange(OwnRowMixin, EditView):
    """Whoever edits a change claims it; what is public waits for an officer again (knowledge.claims)."""

    def get(self, request, *args, **kwargs):
        if sentence := self.what_saving_does():
            messages.info(request, sentence)
        return super().get(request, *args, **kwargs)

    def what_saving_does(self):
        if self.object.is_collected:
            return _("Whoever saves this change claims it: it is no longer shown as collected, and waits.")
        if rights.may_validate_change(self.request.user, self.object):
            return ""
        if self.object.is_public:
            return _(
                "Everybody reads this change. If you save something else, it is taken back until an officer "
                "has looked at it."
            )
        return _("Only its authors and the reviewers read this change until an officer takes it up.")

    def save_instance(self):
        before = stored_version(self.object)
        change = super().save_instance()
        return claims.claim(change, self.request.user, is_edited=stored_version(change) != before)


class EvidenceViewSet(SnippetViewSet):
    model = Evidence
    icon = "doc-full"
    menu_label = _("Evidence")
    chooser_viewset_class = NoChooser
    list_display = ["title", "subject", Column("kind", accessor="get_kind_display"), "accepted_at"]
    list_filter = ["kind", "confidentiality"]
    copy_view_enabled = False
    add_view_class = AddEvidence
    edit_view_class = EditEvidence
    delete_view_class = OwnDelete
    history_view_class = OwnHistory
    usage_view_class = OwnUsage

    def get_queryset(self, request):
        rows = Evidence.objects.select_related("page", "change__instrument")
        return seen_by(request.user, rows)


class PolicyChangeViewSet(SnippetViewSet):
    model = PolicyChange
    icon = "history"
    menu_label = _("Policy changes")
    chooser_viewset_class = SeenRowsChooser
    list_display = ["title", "instrument", Column("status", accessor="get_status_display"), "decision_date"]
    list_filter = ["status"]
    copy_view_enabled = False
    add_view_class = AddChange
    edit_view_class = EditChange
    delete_view_class = OwnDelete
    history_view_class = OwnHistory
    usage_view_class = OwnUsage

    def get_queryset(self, request):
        rows = PolicyChange.objects.select_related("instrument")
        return seen_by(request.user, rows)


class KnowledgeGroup(SnippetViewSetGroup):
    """Evidence and policy changes, in one menu."""

    menu_label = _("Knowledge")
    menu_icon = "folder-open-inverse"
    menu_order = 210
    items = (PolicyChangeViewSet, EvidenceViewSet)
