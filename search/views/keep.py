"""Keeping a search, and stopping its letters without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search import saved as keeping
from search.choices import Frequency
from search.forms import SearchForm
from search.models import SavedSearch
from search.saved_form import SavedSearchForm
from search.unsubscribe import BadToken, searches_of

HIGHEST_NUMBER = 2**63 - 1
SAVED = {
    Frequency.NEVER: gettext_lazy("Saved as “%(name)s”. You find it under “My work”."),
    Frequency.DAILY: gettext_lazy(
        "Saved as “%(name)s”. On days when there is something new you get a letter, at most one a day."
    ),
    Frequency.WEEKLY: gettext_lazy(
        "Saved as “%(name)s”. You get a letter once a week when there is something new."
    ),
    Frequency.MONTHLY: gettext_lazy(
        "Saved as “%(name)s”. You get a letter once a month when there is something new."
    ),
}


@require_safe
@never_cache
@login_required
def saved_searches(request):
    """The searches that I keep."""
    rows = [
        {"saved": saved, "url": keeping.address(saved)}
        for saved in request.user.saved_searches.defer("seen").order_by("-saved_at", "-pk")
    ]
    return render(request, "search/saved.html", {"rows": rows, "most": keeping.MOST})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def save_search(request):
    """Keep the search that stands in the address."""
    asked = SearchForm(request.GET, address=reverse("search"), language=get_language())
    form = SavedSearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved, is_new = keeping.save(request.user, asked, **form.cleaned_data)
        except keeping.TooMany:
            sentence = _("You keep %(most)s searches, which is as many as one may. Delete one of them first.")
            form.add_error(None, sentence % {"most": keeping.MOST})
        else:
            say_what_was_saved(request, saved, is_new)
            return redirect(way_back(request) or asked.url())
    shown = {
        "form": form,
        "back": way_back(request),
        "search_line": keeping.described(asked),
        "search_url": asked.url(),
        "proposed": keeping.proposed_name(asked),
        "notes": asked.notes,
    }
    status = 422 if form.errors else 200
    return render(request, "search/saved_new.html", shown, status=status)


def way_back(request):
    """The page of this site that the search was saved from, or nothing."""
    address = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(address, None) and address.startswith("/")
    return address if is_ours else ""


def say_what_was_saved(request, saved, is_new):
    if not is_new:
        sentence = _("You keep this search already, as “%(name)s”. Change it under “My work”.")
    else:
        sentence = SAVED[saved.frequency if saved.writes else Frequency.NEVER]
    messages.success(request, sentence % {"name": saved.name})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def saved_search(request, number):
    """Another name or frequency for one of my searches."""
    saved = mine(request, number)
    form = SavedSearchForm(request.POST or None, instance=saved)
    if request.method == "POST" and form.is_valid():
        keeping.change(saved, **form.cleaned_data)
        messages.success(request, _("“%(name)s” has been changed.") % {"name": form.instance.name})
        return redirect("saved_searches")
    asked = keeping.form_of(saved, get_language())
    shown = {
        "form": form,
        "saved": SavedSearch.objects.get(pk=saved.pk),
        "search_line": keeping.described(asked),
        "search_url": keeping.address(saved),
        "notes": asked.notes,
    }
    return render(request, "search/saved_edit.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def pause_search(request, number):
    """Stop the letters of one of my searches, or let it write again."""
    saved = mine(request, number)
    searches = SavedSearch.objects.filter(pk=saved.pk)
    if saved.paused_at:
        keeping.resume(searches)
        sentence = _("“%(name)s” writes again.")
    else:
        keeping.pause(searches)
        sentence = _("“%(name)s” is paused: it writes no letters.")
    messages.success(request, sentence % {"name": saved.name})
    return redirect("saved_searches")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete_search(request, number):
    """Ask, and then keep one of my searches no longer."""
    saved = mine(request, number)
    if request.method == "POST":
        saved.delete()
        messages.success(request, _("“%(name)s” has been deleted.") % {"name": saved.name})
        return redirect("saved_searches")
    return render(request, "search/saved_delete.html", {"saved": saved, "search_url": keeping.address(saved)})


def mine(request, number):
    """One of my searches; somebody else's is not there."""
    if number > HIGHEST_NUMBER:
        raise Http404
    return get_object_or_404(request.user.saved_searches, pk=number)


# The signed address stands for the person, and programmes that read mail know nothing of our cookies.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop_letters(request, token):
    """Stop the letters of the searches that the signed address names. Only asking for it stops nothing."""
    try:
        searches = searches_of(token)
    except BadToken:
        return render(request, "search/saved_stop.html", {"is_unknown": True}, status=404)
    if request.method == "POST":
        if "again" in request.POST:
            keeping.resume(searches)
        else:
            keeping.pause(searches)
    rows = list(searches.defer("seen"))
    shown = {
        "rows": rows,
        "are_stopped": not any(saved.writes for saved in rows),
        "was_resumed": request.method == "POST" and "again" in request.POST,
    }
    return render(request, "search/saved_stop.html", shown)
