"""Wagtail's questions about documents and pictures, answered by knowledge.files."""

from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy


class OwnFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Choosers offer what a person may see, lists and editors what is their own; officers have all.

    Wagtail's collections say only who may bring and choose files at all.
    """

    def __init__(self, model, auth_model, *, to_choose, to_change, to_delete):
        super().__init__(model, auth_model=auth_model, owner_field_name="uploaded_by_user")
        self.rows = {"choose": to_choose, "change": to_change, "delete": to_delete}

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        # What may be changed is among what may be chosen, what may be deleted among what may be changed.
        for action, rows in self.rows.items():
            if action in actions and self.user_has_permission(user, action):
                return rows(user)
        return self.model._default_manager.none()
