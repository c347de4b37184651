"""The rows of this room in the admin. There is no field anywhere into which a count could be typed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from knowledge.views.conflict import SavedKnowingly
from progress.locking import PeriodNotReadyError, lock_period, refuse_unless_ready
from progress.models import Indicator, ReportingPeriod, Snapshot, Target
from progress.report import counters
from progress.rights import may_lock, may_plan


class EditRow(SavedKnowingly, generic.EditView):
    """A row is saved over somebody else's only knowingly."""


class IndicatorViewSet(ModelViewSet):
    """The five indicators: their names and the programme's codes."""

    model = Indicator
    icon = "list-ol"
    menu_label = gettext_lazy("Indicators")
    list_display = ["name", "key", "official_code", "kind", "unit"]
    panels = [FieldPanel("name"), FieldPanel("official_code")]
    edit_view_class = EditRow
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False


class TargetIndexView(generic.IndexView):
    """Targets with whose and of what they are."""

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("project", "indicator")


class TargetViewSet(ModelViewSet):
    """What projects promised."""

    model = Target
    icon = "crosshairs"
    menu_label = gettext_lazy("Targets")
    list_display = ["project", "indicator", "value", "planned"]
    index_view_class = TargetIndexView
    edit_view_class = EditRow
    panels = [FieldPanel("project"), FieldPanel("indicator"), FieldPanel("value"), FieldPanel("planned")]
    copy_view_enabled = False
    add_to_reference_index = False


class PeriodIndexView(generic.IndexView):
    """Periods, each with the way to lock it; a locked one can only be read."""

    def get_base_queryset(self):
        locked = Prefetch("snapshots", Snapshot.objects.only("pk", "period"))
        return super().get_base_queryset().select_related("project").prefetch_related(locked)

    def get_list_more_buttons(self, instance):
        if instance.is_locked:
            return []
        buttons = super().get_list_more_buttons(instance)
        if may_lock(self.request.user):
            address = reverse("progress_periods:lock", args=[instance.pk])
            buttons.append(MenuItem(_("Lock"), url=address, icon_name="lock", priority=25))
        return buttons


class OpenPeriodMixin:
    """A locked period cannot be changed or deleted; the page says so."""

    def dispatch(self, request, *args, **kwargs):
        period = get_object_or_404(ReportingPeriod, pk=kwargs["pk"])
        if may_plan(request.user) and period.is_locked:
            messages.error(request, _("This period is locked: it can no longer be changed or deleted."))
            return redirect("progress_periods:index")
        return super().dispatch(request, *args, **kwargs)


class PeriodEditView(OpenPeriodMixin, EditRow):
    """An open period's number and days."""


class PeriodDeleteView(OpenPeriodMixin, generic.DeleteView):
    """An open period goes."""


class PeriodViewSet(ModelViewSet):
    """Reporting periods."""

    model = ReportingPeriod
    name = "progress_periods"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Reporting periods")
    list_display = ["__str__", "start", "end", BooleanColumn("is_locked", label=gettext_lazy("Locked"))]
    panels = [FieldPanel("project"), FieldPanel("number"), FieldPanel("start"), FieldPanel("end")]
    index_view_class = PeriodIndexView
    edit_view_class = PeriodEditView
    delete_view_class = PeriodDeleteView
    copy_view_enabled = False
    add_to_reference_index = False

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("lock/<int:pk>/", lock, name="lock")]


class SnapshotIndexView(generic.IndexView):
    """Locked figures, each with whether it still is what was locked."""

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("period__project", "indicator")


class SnapshotViewSet(ModelViewSet):
    """Locked figures, to read only."""

    model = Snapshot
    icon = "lock"
    menu_label = gettext_lazy("Locked figures")
    list_display = [
        "period",
        "indicator",
        "value",
        BooleanColumn("is_intact", label=gettext_lazy("As it was locked")),
        "locked_at",
    ]
    index_view_class = SnapshotIndexView
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
