"""Tables as CSV files that spreadsheets open rightly and safely."""

import csv

from django.http import HttpResponse

# A cell that begins so is run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(name, header, rows):
    """A CSV file to download: UTF-8 with its mark, so that accents survive, and no cell is a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return response


def safe(cell):
    """The cell as it is, or with an apostrophe before what a spreadsheet would run."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return "" if cell is None else cell
