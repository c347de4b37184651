"""What an address may do without."""

from functools import wraps
from urllib.parse import urlencode

from django.shortcuts import redirect


def without_empty(view):
    """Leave out what a form sent empty: without scripts it sends all its fields, and the address is to be
    passed on."""

    @wraps(view)
    def shown(request, *arguments, **keywords):
        asked = [(name, value) for name, values in request.GET.lists() for value in values]
        said = [pair for pair in asked if pair[1]]
        if len(said) == len(asked) or request.htmx:
            return view(request, *arguments, **keywords)
        return redirect(f"{request.path}?{urlencode(said)}" if said else request.path)

    return shown
