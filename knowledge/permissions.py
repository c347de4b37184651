"""Wagtail's questions about pages and rows, answered from groups and memberships (knowledge.rights).

Nothing here lets anybody publish: a knowledge page goes public only when an officer approves it.
"""

from django.db.models import Q
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from knowledge import rights
from knowledge.choices import Confidentiality
from network.rights import is_auditor, is_contributor, is_expert, is_officer, organisation_ids


class SectionPermissionTester(PagePermissionTester):
    """Sections: what is made in them is made as a draft, whoever makes it."""

    def can_publish_subpage(self):
        return False


class KnowledgePermissionTester(PagePermissionTester):
    """Knowledge pages: members edit what their organisation owns, and only the review publishes."""

    def can_edit(self):
        return rights.may_edit(self.user, self.page)

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_submit_for_moderation(self):
        return self.can_edit() and super().can_submit_for_moderation()

    def can_unpublish(self):
        return self.page.live and self._is_officer() and not self.page_locked()

    def can_set_view_restrictions(self):
        return self._is_officer()

    def can_unschedule(self):
        return self._is_officer()

    def can_lock(self):
        return self._is_officer()

    def can_unlock(self):
        return self._is_officer() or self.user_has_lock()

    def can_delete(self, ignore_bulk=False):
        """What was never public may go with its authors' will; what others build on stays."""
        was_public = self.page.live or self.page.first_published_at
        may = self._is_officer() or (not was_public and self.can_edit())
        return may and not self._is_built_on()

    def can_move(self):
        return self._is_officer()

    def can_move_to(self, destination):
        return self._is_officer() and super().can_move_to(destination)

    def _is_officer(self):
        return rights.is_person(self.user) and is_officer(self.user)

    def _is_built_on(self):
        # The explorer knows it for all pages of its list at once.
        if hasattr(self.page, "is_built_on"):
            return self.page.is_built_on
        links = ("validations", "inspirations", "changes", "registrations")
        return any(getattr(self.page, link).exists() for link in links if hasattr(self.page, link))


class VisiblePagesPolicy(PagePermissionPolicy):
    """Wagtail's page permissions, with drafts shown only to those who may see them."""

    def explorable_instances(self, user):
        return rights.visible_to(user, super().explorable_instances(user))


class OwnRowsPolicy(ModelPermissionPolicy):
    """Rows that hang on content: officers all of them, others those of what they may edit, auditors read.

    Subclasses say which question decides about one row, and which rows are a person's own.
    """

    # What experts read besides their own: all of them, unless a subclass says otherwise.
    for_experts = ~Q(pk=None)

    def user_has_permission(self, user, action):
        if not rights.is_person(user):
            return False
        if is_officer(user):
            return True
        if action == "view" and (is_auditor(user) or is_expert(user)):
            return True
        return is_contributor(user) or bool(organisation_ids(user))

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        if action == "view":
            return self.instances_user_has_any_permission_for(user, ["view"]).filter(pk=instance.pk).exists()
        return self.user_has_permission(user, action) and self.may_edit(user, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user, actions):
        rows = self.model._default_manager.all()
        if not rights.is_person(user):
            return rows.none()
        if is_officer(user) or ("view" in actions and is_auditor(user)):
            return rows
        seen = self.own(user)
        if "view" in actions and is_expert(user):
            seen |= self.for_experts
        return rows.filter(seen).distinct()

    def instances_user_has_permission_for(self, user, action):
        return self.instances_user_has_any_permission_for(user, [action])


class EvidencePolicy(OwnRowsPolicy):
    for_experts = Q(confidentiality=Confidentiality.PUBLIC)

    def may_edit(self, user, instance):
        return rights.may_edit_evidence(user, instance)

    def own(self, user):
        return rights.about_their_pages(user)


class PolicyChangePolicy(OwnRowsPolicy):
    def may_edit(self, user, instance):
        return rights.may_edit_change(user, instance)

    def own(self, user):
        return Q(instrument__owner=user) | Q(instrument__organisation__in=organisation_ids(user))


# What Wagtail calls the ways in which a person may have to do with a row.
ANY_WAY = ("view", "add", "change", "delete", "choose")


def seen_by(user, rows):
    """The rows of a query set of any model whose names this person may read: the one place that is asked."""
    model = rows.model
    if issubclass(model, Page):
        return rights.visible_to(user, rows)
    policy = policy_registry.get_by_type(model)
    return rows.filter(pk__in=policy.instances_user_has_any_permission_for(user, ANY_WAY).values("pk"))
