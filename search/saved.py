"""Keeping searches: each once a person, named in words, knowing what its owner has seen already."""

import hashlib
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import queries
from search.chips import band_in_words, chips
from search.choices import Frequency, Kind
from search.facets import FACETS, MAIN
from search.forms import LIST, SearchForm
from search.letter_times import last_boundary
from search.models import SavedSearch, SearchDocument
from search.query import BEST_MATCH
from search.vocabulary import facet_name

# So many searches may one person keep.
MOST = 50
NAMED = 3
# As many characters of what was typed fit in a line.
QUOTED = 100


class TooMany(Exception):  # noqa: N818
    """A person keeps as many searches as one may."""


def asked(form):
    """What the search asks, as it stands behind the question mark: the same for the same search, however it
    was typed, sorted or shown."""
    text = " ".join(form.query.text.split())
    address = form.url(
        address=reverse("search"), kind=form.query.kind, text=text, sort=BEST_MATCH, view=LIST, page=1
    )
    return urlencode(sorted(parse_qsl(address.partition("?")[2])))


def address(saved):
    """Where the saved search shows its results."""
    return f"{reverse('search')}?{saved.asked}" if saved.asked else reverse("search")


def form_of(saved, language="en"):
    """The saved search read again; a choice that is gone since is left out, and the form's notes say so."""
    return SearchForm(QueryDict(saved.asked), address=reverse("search"), language=language)


def has_lost_a_filter(saved, form):
    """Whether all choices of one of its filters are gone, so that it would find far more than was asked."""
    named = {pair[0] for pair in parse_qsl(saved.asked)}
    return any(name in named and name not in form.query.facets for name in FACETS)


def proposed_name(form):
    """The search in words, as short as a name: "tailings, good practices, Recycling or Use, Finland"."""
    query = form.query
    pieces = [" ".join(query.text.split())]
    if query.kind:
        pieces.append(str(Kind(query.kind).label).lower())
    for facet, values in query.facets.items():
        names = [form.vocabulary.name(facet, value) for value in values[:NAMED]]
        more = len(values) - NAMED
        if more > 0:
            names.append(_("%(number)s more") % {"number": more})
        pieces.append((_(" and ") if facet in query.match_all else _(" or ")).join(names))
    if query.stage_weight:
        pieces.append(_("main stage only") if query.stage_weight == MAIN else _("touched only"))
    pieces += [f"{facet_name(band)} {band_in_words(band, *ends)}" for band, ends in query.bands.items()]
    name = ", ".join(filter(None, pieces)) or _("Everything")
    return Truncator(name).chars(SavedSearch.NAME_LENGTH)


def described(form):
    """The search in a line: "“tailings” in good practices, with 4 filters"."""
    query = form.query
    text = Truncator(" ".join(query.text.split())).chars(QUOTED)
    where = str(Kind(query.kind).label).lower() if query.kind else ""
    if text and where:
        line = _("“%(text)s” in %(where)s") % {"text": text, "where": where}
    elif text:
        line = f"“{text}”"
    else:
        line = _("All %(where)s") % {"where": where} if where else _("Everything")
    number = len(list(chips(form)))
    if not number:
        return line
    return ngettext("%(line)s, with %(number)s filter", "%(line)s, with %(number)s filters", number) % {
        "line": line,
        "number": number,
    }


def save(user, form, *, name="", frequency=Frequency.WEEKLY, now=None):
    """The saved search, and whether it is new: who saves the same search again gets the one there is.

    Raises TooMany. What fits now counts as seen.
    """
    question = asked(form)
    fingerprint = hashlib.sha256(question.encode()).hexdigest()
    kept = SavedSearch.objects.filter(user=user)
    if found := kept.filter(fingerprint=fingerprint).first():
        return found, False
    now = now or timezone.now()
    up_to = latest_version()
    seen = fitting(form)
    with transaction.atomic():
        # Two tabs of one person take turns here.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        if found := kept.filter(fingerprint=fingerprint).first():
            return found, False
        if kept.count() >= MOST:
            raise TooMany
        saved = SavedSearch(
            user=user,
            name=name or proposed_name(form),
            asked=question,
            fingerprint=fingerprint,
            frequency=frequency,
            saved_at=now,
            looked_at=now,
            looked_up_to=up_to,
        )
        saved.seen_keys = seen
        saved.save()
    return saved, True


def change(saved, *, name, frequency, now=None):
    """Give the search another name or frequency."""
    with transaction.atomic():
        saved = SavedSearch.objects.select_for_update().get(pk=saved.pk)
        wrote = saved.writes
        saved.name, saved.frequency = name or saved.name, frequency
        if saved.writes and not wrote:
            leave_out_what_came_meanwhile(saved, now or timezone.now())
        saved.save()
    return saved


def pause(searches, now=None):
    """Stop the letters of these searches; the searches stay."""
    searches.filter(paused_at=None).update(paused_at=now or timezone.now())


def resume(searches, now=None):
    """Let these searches write again, about what is new from now on."""
    with transaction.atomic():
        for saved in searches.select_for_update().exclude(paused_at=None):
            saved.paused_at = None
            leave_out_what_came_meanwhile(saved, now or timezone.now())
            saved.save()


def leave_out_what_came_meanwhile(saved, now):
    """Count all that fits now as seen, unless no letter was missed: then nothing is lost by the pause."""
    if saved.frequency != Frequency.NEVER and saved.looked_at < last_boundary(saved.frequency, now):
        saved.looked_up_to = latest_version()
        saved.seen_keys = saved.seen_keys | set(fitting(form_of(saved)))
        saved.looked_at = now


def fitting(form):
    """The keys of what has all that is asked for: what a letter would have told of."""
    return queries.keys(replace(form.query, may_loosen=False))


def latest_version():
    """How far the projection has come."""
    return SearchDocument.objects.aggregate(latest=Max("version"))["latest"] or 0
