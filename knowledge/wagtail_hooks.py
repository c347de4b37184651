"""Where the admin learns about the desk, evidence and policy changes."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import HeaderButton
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    SnippetViewSet,
    SnippetViewSetGroup,
    UsageView,
)

from knowledge import review, rights
from knowledge.models import Evidence, KnowledgePage, PolicyChange, PolicyInstrumentPage
from knowledge.views import desk
from network.rights import is_expert, is_officer

# What is logged


@hooks.register("register_log_actions")
def log_actions(actions):
    """Each decision by its name; the history shows who, when and why."""
    for action, label in (
        ("knowledge.count", _("Let it count")),
        ("knowledge.admit", _("Admitted to the database")),
        ("knowledge.confirm", _("Confirmed by its owner")),
        ("knowledge.accept_evidence", _("Accepted evidence")),
        ("knowledge.remove_evidence", _("Removed evidence")),
        ("knowledge.claim", _("Claimed a policy change")),
        ("knowledge.validate", _("Validated the policy change")),
        ("knowledge.decline", _("Did not accept the policy change")),
        ("knowledge.reopen", _("Reopened: decisive evidence is gone")),
    ):
        actions.register_action(action, label, said(label))


def said(label):
    """How the history words an action: its label, and the comment if there is one."""

    def message(data):
        comment = (data or {}).get("comment")
        return f"{label}: {comment}" if comment else label

    return message


# What one may see


@hooks.register("construct_explorer_page_queryset")
def only_visible_in_explorer(parent_page, pages, request):
    return rights.visible_to(request.user, pages)


@hooks.register("construct_page_chooser_queryset")
def only_visible_in_choosers(pages, request):
    return rights.visible_to(request.user, pages)


@hooks.register("before_serve_document")
def only_evidence_one_may_open(document, request):
    """A file goes out only when every piece of evidence made of it may be opened by this person.

    A file that nothing refers to yet is for who brought it and for officers.
    """
    user = request.user
    pieces = document.evidence.select_related("page", "change__instrument")
    may_open = [rights.may_open(user, piece) for piece in pieces]
    if not may_open:
        is_used = ReferenceIndex.get_references_to(document).exists()
        own = rights.is_person(user) and (is_officer(user) or document.uploaded_by_user_id == user.pk)
        may_open = [is_used or own]
    if all(may_open):
        return None
    if user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path())


# The desk


@hooks.register("register_admin_urls")
def desk_urls():
    return [
        path("knowledge/desk/", desk.desk, name="knowledge_desk"),
        path("knowledge/desk/page/<int:pk>/", desk.page_desk, name="knowledge_page_desk"),
        path("knowledge/desk/evidence/<int:pk>/", desk.evidence_desk, name="knowledge_evidence_desk"),
        path("knowledge/desk/change/<int:pk>/", desk.change_desk, name="knowledge_change_desk"),
        path("knowledge/regions/", desk.regions, name="knowledge_regions"),
    ]


class DeskMenuItem(MenuItem):
    """The desk, for those who decide."""

    def is_shown(self, request):
        return is_officer(request.user) or is_expert(request.user)


@hooks.register("register_admin_menu_item")
def desk_menu():
    return DeskMenuItem(_("Desk"), reverse("knowledge_desk"), icon_name="clipboard-list", order=90)


@hooks.register("register_page_header_buttons")
def page_buttons(page, user, view_name, next_url=None):
    """Beside a page: where it stands, and evidence to add."""
    if not isinstance(page, KnowledgePage) or not page.pk:
        return
    yield HeaderButton(
        label=_("State and decisions"),
        url=reverse("knowledge_page_desk", args=[page.pk]),
        icon_name="clipboard-list",
        priority=15,
    )
    if rights.may_edit(user, page):
        address = reverse("wagtailsnippets_knowledge_evidence:add")
        yield HeaderButton(
            label=_("Add evidence"), url=f"{address}?page={page.pk}", icon_name="doc-full", priority=16
        )
        if isinstance(page, PolicyInstrumentPage):
            address = reverse("wagtailsnippets_knowledge_policychange:add")
            yield HeaderButton(
                label=_("Report a change"),
                url=f"{address}?instrument={page.pk}",
                icon_name="plus",
                priority=17,
            )


# Evidence and policy changes


class OwnRowMixin:
    """One row opens only for those who may edit it."""

    needed = "change"

    def get_object(self, *args):
        found = super().get_object(*args)
        if not self.user_has_permission_for_instance(self.needed, found):
            raise PermissionDenied
        return found


class AddEvidence(CreateView):
    """A piece of evidence of the page or change named in the address."""

    def get_initial(self):
        asked = {name: self.request.GET.get(name, "") for name in ("page", "change")}
        return {name: int(value) for name, value in asked.items() if value.isdecimal() and len(value) < 18}


class EditEvidence(OwnRowMixin, EditView):
    pass


class OwnDelete(OwnRowMixin, DeleteView):
    needed = "delete"


class OwnHistory(OwnRowMixin, HistoryView):
    pass


class OwnUsage(OwnRowMixin, UsageView):
    pass


@hooks.register("before_delete_snippet")
def remove_evidence_by_the_rule(request, instances):
    """One or many at once: evidence goes by the rule that looks after what it proved."""
    pieces = [one for one in instances if isinstance(one, Evidence)]
    if request.method != "POST" or not pieces:
        return None
    with transaction.atomic():
        for piece in pieces:
            review.remove_evidence(piece, request.user)
    messages.success(request, _("Removed."))
    return redirect("wagtailsnippets_knowledge_evidence:list")


class AddChange(CreateView):
    """A change of the instrument named in the address; whoever saves it claims it."""

    def get_initial(self):
        asked = self.request.GET.get("instrument", "")
        return {"instrument": int(asked)} if asked.isdecimal() and len(asked) < 18 else {}

    def save_instance(self):
        return review.claim(super().save_instance(), self.request.user)


class EditChange(OwnRowMixin, EditView):
    def save_instance(self):
        return review.claim(super().save_instance(), self.request.user)


class EvidenceViewSet(SnippetViewSet):
    model = Evidence
    icon = "doc-full"
    menu_label = _("Evidence")
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
        return rows.filter(pk__in=own_rows(Evidence, request.user))


class PolicyChangeViewSet(SnippetViewSet):
    model = PolicyChange
    icon = "history"
    menu_label = _("Policy changes")
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
        return rows.filter(pk__in=own_rows(PolicyChange, request.user))


def own_rows(model, user):
    """The keys of the rows that this person may see in the admin."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ["view", "change"]).values("pk")


class KnowledgeGroup(SnippetViewSetGroup):
    """Evidence and policy changes, in one menu."""

    menu_label = _("Knowledge")
    menu_icon = "folder-open-inverse"
    menu_order = 210
    items = (PolicyChangeViewSet, EvidenceViewSet)


register_snippet(KnowledgeGroup)
