"""What the admin lets people do with the rows of this room, as Wagtail's permission policies."""

from wagtail.permission_policies import ModelPermissionPolicy

from progress.rights import may_plan


class OfficersPolicy(ModelPermissionPolicy):
    """Officers and administrators may do the named actions, and nobody anything else."""

    def __init__(self, model, actions):
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user, action):
        return action in self.actions and may_plan(user)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)
