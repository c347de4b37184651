"""Good practices side by side, at an address that can be passed on."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.compare import MOST, comparison
from search.compared_file import compared_file
from search.views.addresses import without_empty


@require_safe
@without_empty
def compare(request):
    """Up to four practices, named in the address by reference or permanent id."""
    shown = comparison(request.GET.getlist("practice"))
    return render(request, "search/compare.html", {"comparison": shown, "most": MOST})


@require_safe
def compare_download(request, kind):
    """The same as a table for a spreadsheet, one practice a line."""
    return compared_file(comparison(request.GET.getlist("practice")), kind)
