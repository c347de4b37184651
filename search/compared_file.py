"""A comparison as a table for spreadsheets: one practice a line, one subject a column."""

from django.utils import timezone
from django.utils.translation import gettext as _

from network.addresses import full_address
from network.spreadsheets import table_file

WEIGHTS = {"main": 2, "touched": 1, "": 0}


def compared_file(comparison, kind):
    """The comparison as a file to take along, "csv" or "xlsx"."""
    name = f"adit-comparison-{timezone.localdate():%Y-%m-%d}"
    return table_file(name, kind, headings(comparison), rows(comparison))


def rows(comparison):
    for number, one in enumerate(comparison.practices):
        said = [row.cells[number].whole for row in comparison.rows]
        weights = [WEIGHTS[stage["weight"]] for stage in one.stages]
        page = one.page
        yield [page.reference, page.title, page.summary, full_address(one.url), *weights, *said]


def headings(comparison):
    """The first line. A stage is 2 where it is a main one, 1 where it is touched, else 0."""
    stages = [_("%(stage)s (2 main, 1 also, 0 no)") % {"stage": stage["name"]} for stage in comparison.stages]
    return [
        _("Reference"),
        _("Title"),
        _("Summary"),
        _("Address"),
        *stages,
        *(row.label for row in comparison.rows),
    ]
