"""Pages for what is stopped before any view of ours is asked."""

from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def form_out_of_date(request, reason=""):
    """A form whose secret does not fit: open too long, from another sign-in, or without cookies."""
    return render(request, "403_csrf.html", {"has_cookies": bool(request.COOKIES)}, status=403)
