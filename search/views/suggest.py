"""What is suggested while somebody types."""

from django.http import JsonResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.client import client_of
from search.rate_limit import RateLimit
from search.suggest import suggestions

# Nobody types faster; a program that does is given nothing, which is no error.
A_MINUTE = 300

rate_limit = RateLimit()


@require_safe
@never_cache
def search_suggest(request):
    """Suggestions in groups, and how many there are in words for who does not see them."""
    groups = []
    if not rate_limit.wait(client_of(request), A_MINUTE):
        groups = suggestions(request.GET.get("q", ""), get_language())
    count = sum(len(options) for _name, options in groups)
    return JsonResponse(
        {
            "groups": [
                {"label": label, "options": [option._asdict() for option in options]}
                for label, options in groups
            ],
            "said": ngettext("%(count)s suggestion", "%(count)s suggestions", count) % {"count": count}
            if count
            else _("No suggestions"),
        }
    )
