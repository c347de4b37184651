"""Where the admin learns about the desk, evidence and policy changes."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import HeaderButton
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from knowledge import claims, gone, logged, rights, texts
from knowledge.drafts import drafts_that_name
from knowledge.files import may_read_file
from knowledge.models import (
    Evidence,
    Inspiration,
    KnowledgePage,
    PolicyChange,
    PolicyInstrumentPage,
    Validation,
)
from knowledge.views import admin_lists, desk
from knowledge.views.conflict import save_knowingly
from knowledge.views.files import refused
from knowledge.views.rows import KnowledgeGroup
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
        ("knowledge.take_up", _("Took up the policy change: everybody reads it")),
        ("knowledge.put_back", _("Edited: it waits for an officer again")),
        ("knowledge.validate", _("Validated the policy change")),
        ("knowledge.decline", _("Did not accept the policy change")),
        ("knowledge.reopen", _("Reopened: decisive evidence is gone")),
    ):
        logged.register(actions, action, label)


@hooks.register("after_bulk_action")
def log_what_went_together(request, action_type, objects, action):
    """Wagtail logs each page that it deletes and everything deleted alone; the rest is logged here."""
    if action_type == "delete":
        logged.log_deletions([one for one in objects if not isinstance(one, Page)], request.user)


# What one may see


@hooks.register("construct_explorer_page_queryset")
def only_visible_in_explorer(parent_page, pages, request):
    """What one may see, with what the question whether it may be deleted needs."""
    links = (Validation, "page"), (Inspiration, "practice"), (PolicyChange, "instrument")
    rows = [Exists(model.objects.filter(**{name: OuterRef("pk")})) for model, name in links]
    return rights.visible_to(request.user, pages).annotate(is_built_on=rows[0] | rows[1] | rows[2])


@hooks.register("construct_page_chooser_queryset")
def only_visible_in_choosers(pages, request):
    return rights.visible_to(request.user, pages)


@hooks.register("register_rich_text_features", order=10)
def links_tell_no_address_of_a_draft(features):
    """After Wagtail's own, which they replace."""
    texts.register(features)


@hooks.register("before_serve_document")
def only_files_one_may_read(document, request):
    return None if may_read_file(request.user, document) else refused(request)


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


@hooks.register("register_admin_urls")
def lists_in_the_place_of_wagtails():
    """Ours come first, as this room stands before Wagtail's in the settings."""
    pictures, documents = admin_lists.PictureList, admin_lists.DocumentList
    return [
        path("documents/", documents.as_view()),
        path("documents/results/", documents.as_view(results_only=True)),
        path("images/", pictures.as_view()),
        path("images/results/", pictures.as_view(results_only=True)),
    ]


class DeskMenuItem(MenuItem):
    """The desk, for those who decide."""

    def is_shown(self, request):
        return is_officer(request.user) or is_expert(request.user)


@hooks.register("register_admin_menu_item")
def desk_menu():
    return DeskMenuItem(_("Desk"), reverse("knowledge_desk"), icon_name="clipboard-list", order=90)


class DecideMenuItem(ActionMenuItem):
    """In the editor of a page in review: the way to its decision, for those who may take it."""

    name = "action-decide"
    label = _("Decide")
    icon_name = "clipboard-list"

    def is_shown(self, context):
        page = context.get("page")
        if context["view"] != "edit" or not isinstance(page, KnowledgePage):
            return False
        return bool(page.current_workflow_task) and rights.may_review(context["request"].user, page)

    def get_url(self, parent_context):
        return reverse("knowledge_page_desk", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def decide_in_the_editor():
    return DecideMenuItem(order=-1)


@hooks.register("register_page_header_buttons")
def page_buttons(page, user, view_name, next_url=None):
    """Beside a page: where it stands, and evidence to add."""
    if not isinstance(page, KnowledgePage) or not page.pk:
        return
    if rights.may_read_decisions(user, page):
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


@hooks.register("before_edit_page", order=-1)
@hooks.register("before_edit_snippet", order=-1)
def nobody_overwrites_unknowingly(request, instance):
    """Pages and rows alike: what somebody saved in the meantime is shown before it is overwritten."""
    return save_knowingly(request, instance, type(instance).get_edit_handler().get_form_class())


@hooks.register("before_delete_page")
def say_which_drafts_name_it(request, page):
    """Wagtail's question whether to delete a page has no place of its own for what else to know."""
    if request.method == "GET" and (named := drafts_that_name([page], request.user)):
        messages.warning(request, render_to_string("knowledge/admin/drafts.html", {"drafts": named}))


@hooks.register("before_edit_page")
def say_what_is_gone(request, page):
    """Above the form: what the draft named and somebody deleted since."""
    if request.method == "GET" and getattr(page, "gone", ()):
        for sentence in gone.sentences(page):
            messages.warning(request, sentence)


@hooks.register("before_delete_snippet")
def remove_evidence_by_the_rule(request, instances):
    """One or many at once: evidence goes by the rule that looks after what it proved."""
    pieces = [one for one in instances if isinstance(one, Evidence)]
    if request.method != "POST" or not pieces:
        return None
    with transaction.atomic():
        for piece in pieces:
            claims.remove_evidence(piece, request.user)
    messages.success(request, _("Removed."))
    return redirect("wagtailsnippets_knowledge_evidence:list")


register_snippet(KnowledgeGroup)
