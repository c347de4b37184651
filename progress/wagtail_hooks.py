from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from progress.models import Indicator, ReportingPeriod, Snapshot, Target
from progress.permissions import OfficersPolicy
from progress.viewsets import ProgressViewSetGroup

EVERYTHING = ["view", "add", "change", "delete"]

register_permission_policy(Indicator, OfficersPolicy(Indicator, ["view", "change"]))
register_permission_policy(Target, OfficersPolicy(Target, EVERYTHING))
register_permission_policy(ReportingPeriod, OfficersPolicy(ReportingPeriod, EVERYTHING))
register_permission_policy(Snapshot, OfficersPolicy(Snapshot, ["view"]))


@hooks.register("register_admin_viewset")
def progress_viewsets():
    return ProgressViewSetGroup()


@hooks.register("register_log_actions")
def progress_log_actions(actions):
    actions.register_action("progress.lock", _("Lock reporting period"), _("Locked the reporting period"))
