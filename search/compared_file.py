"""A comparison as a table for spreadsheets: one practice a line, one subject a column."""

import csv
import io

from django.utils.translation import gettext as _

from network.addresses import full_address
from search.exports import cell

WEIGHTS = {"main": "2", "touched": "1", "": "0"}


def csv_of(comparison):
    """The comparison as CSV, with a mark that tells spreadsheets that accents are UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(headings(comparison))
    for number, one in enumerate(comparison.practices):
        said = [row.cells[number].whole for row in comparison.rows]
        weights = [WEIGHTS[stage["weight"]] for stage in one.stages]
        page = one.page
        values = [page.reference, page.title, page.summary, full_address(one.url), *weights, *said]
        writer.writerow([cell(value) for value in values])
    return "\ufeff" + file.getvalue()


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
