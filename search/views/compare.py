"""Good practices side by side, at an address that can be passed on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from search import compared_file
from search.compare import MOST, comparison
from search.views.addresses import without_empty


@require_safe
@without_empty
def compare(request):
    """Up to four practices, named in the address by reference or permanent id."""
    shown = comparison(request.GET.getlist("practice"))
    return render(request, "search/compare.html", {"comparison": shown, "most": MOST})


@require_safe
def compare_download(request):
    """The same as a table for a spreadsheet, one practice a line."""
    content = compared_file.csv_of(comparison(request.GET.getlist("practice")))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"adit-comparison-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
