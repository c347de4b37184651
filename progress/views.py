from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.addresses import full_address
from network.spreadsheets import KINDS, table_file
from progress import queries
from progress.chart import chart_of
from progress.counting import counted
from progress.forms import ProgressForm
from progress.report import addressed, counters, examples_among, records_address

RECORDS_A_PAGE = 50
LATEST = 10


@require_safe
def progress(request):
    """All counters, period by period, with the rules and the latest records behind them."""
    form = ProgressForm(request.GET)
    project = form.chosen
    today = timezone.localdate()
    projects = queries.projects_that_count()
    shown = counters(project, today)
    charted = project or only_one_with_periods(projects)
    in_periods = shown if charted == project else counters(charted, today)
    latest = sorted(
        ((record, counter) for counter in shown for record in counter.records),
        key=lambda pair: pair[0].date,
        reverse=True,
    )
    context = {
        "remark": form.remark,
        "project": project,
        "projects": project_links("progress", project, projects),
        "today": today,
        "counters": shown,
        "has_targets": any(counter.target for counter in shown),
        **examples_among(shown),
        "charted": charted,
        "charts": [(counter, chart_of(counter)) for counter in in_periods if counter.columns],
        "by_year": any(column.is_year for column in first_columns(in_periods)),
        "is_planned": any(column.plan is not None for counter in in_periods for column in counter.columns),
        "is_locked": any(column.is_locked for column in first_columns(in_periods)),
        "period": next((column for column in first_columns(in_periods) if column.is_current), None),
        "period_count": len(first_columns(in_periods)),
        "corrections": [counter for counter in in_periods if counter.withdrawn or counter.added],
        "latest": latest[:LATEST],
        "tabs": record_tabs(shown),
        "files": files("progress_figures_file", project=project),
    }
    return render(request, "progress/progress.html", context)


@require_safe
def records(request, key):
    """The records behind one number."""
    indicator = indicator_or_404(key)
    form = ProgressForm(request.GET)
    project = form.chosen
    found = counted(indicator, project)
    page = Paginator(found, RECORDS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "remark": form.remark,
        "indicator": indicator,
        "project": project,
        "projects": project_links("progress_records", project, queries.projects_that_count(), key),
        "today": timezone.localdate(),
        "records": page,
        "total": len(found),
        "has_examples": any(record.is_example for record in found),
        "crumbs": [(_("Progress"), addressed("progress", project=project))],
        "files": files("progress_records_file", key, project=project),
        **pager(page, records_address(indicator, project)),
    }
    return render(request, "progress/records.html", context)


@require_safe
def records_file(request, key, kind):
    """The same list as a file, CSV or a workbook."""
    indicator = indicator_or_404(key)
    header = [
        _("Indicator"),
        _("Record"),
        _("Title"),
        _("Address"),
        _("Counted since"),
        _("Project"),
        _("Region"),
        _("Because"),
        _("Proof"),
        _("Example"),
    ]
    rows = [
        [
            indicator.key,
            record.id,
            record.title,
            full_address(record.url),
            record.date,
            record.project,
            record.region,
            record.because,
            full_address(record.because_url),
            _("yes") if record.is_example else "",
        ]
        for record in counted(indicator, ProgressForm(request.GET).chosen)
    ]
    return table_file(f"progress-{indicator.key.lower()}", kind, header, rows)


@require_safe
def figures_file(request, kind):
    """All counters, and each of their periods, as a file, CSV or a workbook."""
    project = ProgressForm(request.GET).chosen
    header = [
        _("Project"),
        _("Indicator"),
        _("Official code"),
        _("Name"),
        _("Period"),
        _("First day"),
        _("Last day"),
        _("New"),
        _("Total"),
        _("Plan"),
        _("Target"),
        _("Locked"),
    ]
    today = timezone.localdate()
    whose = project.acronym if project else _("All projects")
    rows = []
    for counter in counters(project, today):
        name = [whose, counter.key, counter.official_code, counter.label]
        rows += [
            [
                *name,
                column.number,
                column.start,
                column.end,
                column.new,
                column.total,
                column.plan,
                counter.target,
                _("yes") if column.is_locked else "",
            ]
            for column in counter.columns
        ]
        rows.append([*name, _("to date"), "", today, None, counter.value, None, counter.target, ""])
    return table_file("progress-figures", kind, header, rows)


def indicator_or_404(key):
    """The indicator with this key; case does not matter."""
    for indicator in queries.all_indicators():
        if indicator.key.lower() == key.lower():
            return indicator
    raise Http404


def only_one_with_periods(projects):
    """The single project whose periods can be shown beside the sum, or None."""
    having = {period.project_id for period in queries.periods()}
    return next((one for one in projects if one.pk in having), None) if len(having) == 1 else None


def first_columns(counters):
    """The periods, which all counters share."""
    return counters[0].columns if counters else []


def record_tabs(counters):
    """The lists of records, all of them first."""
    everything = {"label": _("All"), "url": "#records", "count": sum(counter.value for counter in counters)}
    return [everything | {"current": True}] + [
        {"label": capfirst(counter.unit), "url": counter.url, "count": counter.value} for counter in counters
    ]


def project_links(name, chosen, projects, *arguments):
    """The switch between all projects and each; nothing to switch with a single one."""
    if len(projects) < 2 and chosen is None:
        return []
    everything = {"label": _("All projects"), "url": addressed(name, *arguments), "current": chosen is None}
    return [everything] + [
        {
            "label": project.acronym,
            "url": addressed(name, *arguments, project=project),
            "current": project == chosen,
        }
        for project in projects
    ]


def pager(page, address):
    """What components/pager.html takes."""
    joined = f"{address}{'&' if '?' in address else '?'}page="
    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "pages": [
            {"gap": True}
            if number == paginator.ELLIPSIS
            else {"number": number, "url": f"{joined}{number}", "current": number == page.number}
            for number in numbers
        ],
        "previous_url": f"{joined}{page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{joined}{page.next_page_number()}" if page.has_next() else "",
    }


def files(name, *arguments, project):
    """A table as a file of each kind: (kind in words, address)."""
    return [(kind.upper(), addressed(name, *arguments, kind, project=project)) for kind in KINDS]
