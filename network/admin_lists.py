"""Lists of the admin as files: whatever Wagtail or we list there is written as all tables of the site are."""

from django.http import FileResponse, StreamingHttpResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from network.downloads import attachment
from network.spreadsheets import CSV, XLSX, Sheet, csv_lines, workbook


def write_as_all_tables():
    """Have every list of the admin written by us. Wagtail offers no way to choose who writes: its own lists
    (history, users, redirects, ageing pages) would go out with formulas in them."""
    SpreadsheetExportMixin.write_csv_response = csv_response
    SpreadsheetExportMixin.write_xlsx_response = xlsx_response


def csv_response(view, items):
    lines = csv_lines(headings(view, items), rows(view, items, view.FORMAT_CSV))
    return named(StreamingHttpResponse(lines, content_type=CSV), view, view.FORMAT_CSV)


def xlsx_response(view, items):
    sheet = Sheet(_("List"), headings(view, items), rows(view, items, view.FORMAT_XLSX))
    return named(FileResponse(workbook([sheet]), content_type=XLSX), view, view.FORMAT_XLSX)


def named(response, view, kind):
    response.headers["Content-Disposition"] = attachment(f"{view.get_filename()}.{kind}", "list")
    return response


def headings(view, items):
    return [view.get_heading(items, field) for field in view.list_export]


def rows(view, items, kind):
    """The cells of each item: as the list itself wants a field, else as it is."""
    for item in items:
        row = view.to_row_dict(item)
        yield [shown(view, field, value, kind) for field, value in row.items()]


def shown(view, field, value, kind):
    wanted = view.custom_field_preprocess.get(field, {}).get(kind)
    return wanted(value) if wanted else force_str(value, strings_only=True)
