from urllib.parse import urlencode

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
from progress.period_records import records_of_period
from progress.report import addressed, counters, examples_among

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
    # Each counter has its newest records first.
    latest = sorted(
        ((record, counter) for counter in shown for record in counter.records[:LATEST]),
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
        "tabs": record_tabs(shown, project),
        "files": files("progress_figures_file", project=project),
    }
    return render(request, "progress/progress.html", context)


@require_safe
def records(request, key):
    """The records behind one number: of all time, or by the end of one period, or what that period added."""
    indicator = indicator_or_404(key)
    form = ProgressForm(request.GET)
    project = form.chosen
    of_period, found = chosen_records(indicator, form)
    address = addressed("progress_records", key, project=project)
    context = {
        "indicator": indicator,
        "remark": form.remark or unknown_period(form, of_period),
        "projects": project_links("progress_records", project, queries.projects_that_count(), key),
        "crumbs": [(_("Progress"), addressed("progress", project=project))],
        "files": [
            (kind, with_period(url, of_period, form))
            for kind, url in files("progress_records_file", key, project=project)
        ],
        "whole_url": address if of_period else "",
        "of_period": of_period,
        "is_new_only": form.is_new_only,
        **listed(request, found, with_period(address, of_period, form), project),
    }
    return render(request, "progress/records.html", context)


@require_safe
def all_records(request):
    """The records behind all numbers, the newest first."""
    form = ProgressForm(request.GET)
    project = form.chosen
    context = {
        "remark": form.remark,
        "projects": project_links("progress_all_records", project, queries.projects_that_count()),
        "crumbs": [(_("Progress"), addressed("progress", project=project))],
        "files": files("progress_all_records_file", project=project),
        **listed(request, all_counted(project), addressed("progress_all_records", project=project), project),
    }
    return render(request, "progress/records.html", context)


def listed(request, found, address, project):
    """One page of (record, indicator), and the way to the others."""
    page = Paginator(found, RECORDS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "project": project,
        "today": timezone.localdate(),
        "records": page,
        "total": len(found),
        "has_examples": any(record.is_example for record, _indicator in found),
        **pager(page, address),
    }


def all_counted(project):
    """Every record with its indicator, the newest first."""
    found = [
        (record, indicator)
        for indicator in queries.all_indicators()
        for record in counted(indicator, project)
    ]
    return sorted(found, key=lambda pair: pair[0].date, reverse=True)


def chosen_records(indicator, form):
    """The records of the period that was asked for (None for all time), and (record, indicator) to list."""
    number = form.period_asked
    of_period = None if number is None else records_of_period(indicator, form.chosen, number)
    if of_period is None:
        found = counted(indicator, form.chosen)
    else:
        found = of_period.added if form.is_new_only else of_period.reached
    return of_period, [(record, indicator) for record in found]


def unknown_period(form, of_period):
    """A sentence when a period was asked for that is none."""
    if of_period or not form.data.get("period"):
        return ""
    return _("There is no such period here, so these are all records.")


def with_period(address, of_period, form):
    """The address with the period in it that was asked for and found."""
    if of_period is None:
        return address
    chosen = {"period": of_period.period.number} | ({"new": "yes"} if form.is_new_only else {})
    return f"{address}{'&' if '?' in address else '?'}{urlencode(chosen)}"


@require_safe
def records_file(request, key, kind):
    """The same list as a file, CSV or a workbook."""
    indicator = indicator_or_404(key)
    _of_period, found = chosen_records(indicator, ProgressForm(request.GET))
    return file_of(request, f"progress-{indicator.key.lower()}", kind, found)


@require_safe
def all_records_file(request, kind):
    """The records behind all numbers as a file."""
    return file_of(request, "progress-records", kind, all_counted(ProgressForm(request.GET).chosen))


def file_of(request, name, kind, found):
    """(record, indicator) as a file, CSV or a workbook."""
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
        for record, indicator in found
    ]
    return table_file(name, kind, header, rows)


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
    having = queries.projects_with_periods()
    return next((one for one in projects if one.pk in having), None) if len(having) == 1 else None


def first_columns(counters):
    """The periods, which all counters share."""
    return counters[0].columns if counters else []


def record_tabs(counters, project):
    """The lists of records, all of them first."""
    everything = {
        "label": _("All"),
        "url": addressed("progress_all_records", project=project),
        "count": sum(counter.value for counter in counters),
    }
    return [everything] + [
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
