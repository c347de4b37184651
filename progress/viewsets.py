"""The rows of this room in the admin. There is no field anywhere into which a count could be typed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from progress.locking import PeriodNotReadyError, lock_period, refuse_unless_ready
from progress.models import Indicator, ReportingPeriod, Snapshot, Target
from progress.report import counters
from progress.rights import may_lock


class IndicatorViewSet(ModelViewSet):
    """The five indicators: their names and the programme's codes."""

    model = Indicator
    icon = "list-ol"
    menu_label = gettext_lazy("Indicators")
    list_display = ["name", "key", "official_code", "kind", "unit"]
    panels = [FieldPanel("name"), FieldPanel("official_code")]
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False


class TargetViewSet(ModelViewSet):
    """What projects promised."""

    model = Target
    icon = "crosshairs"
    menu_label = gettext_lazy("Targets")
    list_display = ["project", "indicator", "value", "planned"]
    panels = [FieldPanel("project"), FieldPanel("indicator"), FieldPanel("value"), FieldPanel("planned")]
    copy_view_enabled = False
    add_to_reference_index = False


class PeriodIndexView(generic.IndexView):
    """Periods, each with the way to lock it."""

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if may_lock(self.request.user) and not instance.is_locked:
            address = reverse("progress_periods:lock", args=[instance.pk])
            buttons.append(MenuItem(_("Lock"), address, icon_name="lock", priority=25))
        return buttons


class PeriodViewSet(ModelViewSet):
    """Reporting periods."""

    model = ReportingPeriod
    name = "progress_periods"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Reporting periods")
    list_display = ["__str__", "start", "end", "is_locked"]
    panels = [FieldPanel("project"), FieldPanel("number"), FieldPanel("start"), FieldPanel("end")]
    index_view_class = PeriodIndexView
    copy_view_enabled = False
    add_to_reference_index = False

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("lock/<int:pk>/", lock, name="lock")]


class SnapshotViewSet(ModelViewSet):
    """Locked figures, to read only."""

    model = Snapshot
    icon = "lock"
    menu_label = gettext_lazy("Locked figures")
    list_display = ["period", "indicator", "value", "is_intact", "locked_at"]
    panels = []
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False


class ProgressViewSetGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Progress")
    menu_icon = "success"
    items = (IndicatorViewSet, TargetViewSet, PeriodViewSet, SnapshotViewSet)


def lock(request, pk):
    """Show an officer what locking a period writes down; lock it once they say so."""
    if not may_lock(request.user):
        raise PermissionDenied
    period = get_object_or_404(ReportingPeriod.objects.select_related("project"), pk=pk)
    try:
        if request.method == "POST":
            lock_period(period, request.user)
            messages.success(
                request, _("Period %(number)s is locked. Its figures stay.") % {"number": period.number}
            )
            return redirect("progress_periods:index")
        refuse_unless_ready(period)
    except PeriodNotReadyError as refusal:
        messages.error(request, str(refusal))
        return redirect("progress_periods:index")
    context = {
        "header_title": _("Lock period %(period)s") % {"period": period},
        "page_title": _("Lock period %(period)s") % {"period": period},
        "header_icon": "lock",
        "period": period,
        "counters": counters(period.project, period.end),
        "back": reverse("progress_periods:index"),
    }
    return render(request, "progress/lock_period.html", context)
