"""The staff page of what was set aside: what, to whom, why and how often; the daily duties; what waits."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import ModelLogEntry

from home import duties, giving_up
from home.kept_pages import MEGABYTE, kept_pages
from home.models import Operator
from language.fields import LineField
from network import waiting
from network.choices import SetbackKind
from network.models import DutyDone, Letter, Setback
from network.rights import is_officer

A_PAGE = 50
LATELY = 10
ICONS = {
    SetbackKind.LETTER: "letter",
    SetbackKind.PAGE: "file",
    SetbackKind.ROW: "table",
    SetbackKind.TASK: "list",
    SetbackKind.DUTY: "calendar",
    SetbackKind.JOB: "clock",
}
MANY = {
    SetbackKind.LETTER: gettext_lazy("Letters"),
    SetbackKind.PAGE: gettext_lazy("Pages"),
    SetbackKind.ROW: gettext_lazy("Search entries"),
    SetbackKind.TASK: gettext_lazy("Tasks"),
    SetbackKind.DUTY: gettext_lazy("Duties"),
    SetbackKind.JOB: gettext_lazy("Parts of the worker"),
}


class ReasonForm(forms.Form):
    """Why something is given up."""

    reason = LineField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("One sentence for those who look at it later."),
    )


def refuse_others(request):
    """Officers and administrators only: those who can do something about it."""
    if not is_officer(request.user):
        raise PermissionDenied


@require_safe
@never_cache
def set_aside(request):
    """What was set aside, and how the worker is."""
    refuse_others(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in SetbackKind.values else ""
    aside = Setback.objects.set_aside()
    counts = dict(aside.order_by().values_list("kind").annotate(number=Count("pk")))
    page = Paginator(aside.filter(kind=kind) if kind else aside, A_PAGE).get_page(request.GET.get("page"))
    now, sign = timezone.now(), waiting.last_sign()
    unsaid = Operator.of_the_site().problems()
    context = {
        "total": sum(counts.values()),
        "oldest": aside.aggregate(since=Min("set_aside_at"))["since"],
        "again": Setback.objects.tried_again().count(),
        "next": Setback.objects.tried_again().aggregate(next=Min("again_at"))["next"],
        "trying": [row(one) for one in Setback.objects.tried_again()[:A_PAGE]],
        "rows": [row(one) for one in page],
        "page": page,
        "kind": kind,
        "may_give_up_all": kind and kind not in giving_up.NEVER_GIVEN_UP,
        "kinds": kinds(counts, kind),
        "letters": waiting.letters_waiting(now),
        "sent": Letter.objects.filter(sent_at__gte=midnight(now)).count(),
        "sign": sign,
        "is_there": sign is not None and now - sign <= waiting.ABSENT,
        "problems": [*waiting.background(now)["problems"], *unsaid],
        "operator_url": operator_url(request.user) if unsaid else "",
        "kept": kept_in_words(kept_pages.figures()),
        "duties": duty_rows(now),
        "now": now,
        "decided": decided(),
    }
    return render(request, "home/admin/set_aside.html", context)


def operator_url(user):
    """Where this person says who runs the site; nothing when that is for others to say."""
    may_say = user.has_perm("home.change_operator")
    return reverse("wagtailsettings:edit", args=["home", "operator"]) if may_say else ""


def kept_in_words(figures):
    """How many pages this process keeps for anonymous readers, and how many of them that answers."""
    if not figures["on"]:
        return {"label": _("None: switched off"), "note": ""}
    pages = ngettext("%(number)s page", "%(number)s pages", figures["pages"]) % {"number": figures["pages"]}
    sizes = {"size": round(figures["bytes"] / MEGABYTE, 1), "limit": figures["limit_bytes"] // MEGABYTE}
    note = _("%(size)s of %(limit)s MB") % sizes
    if figures["hit_rate"] is not None:
        note += _(", %(share)s %% answered from it") % {"share": round(figures["hit_rate"] * 100)}
    return {"label": pages, "note": note}


def midnight(now):
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def row(setback):
    return {
        "setback": setback,
        "icon": ICONS[setback.kind],
        "kind": setback.get_kind_display(),
        "may_give_up": giving_up.may_give_up(setback),
    }


def kinds(counts, chosen):
    """The kinds that were set aside, each with how many and its address."""
    here = reverse("set_aside")
    some = [
        {"label": MANY[kind], "count": counts[kind], "url": f"{here}?kind={kind}", "current": kind == chosen}
        for kind in SetbackKind.values
        if kind in counts
    ]
    every = {"label": _("All"), "count": sum(counts.values()), "url": here, "current": not chosen}
    return [every, *some]


def duty_rows(now):
    """Each duty with when it was last done, of how many things, and whether it is late."""
    today = duties.day_of(now)
    latest = {}
    names = [name for name, _label, _do in duties.DUTIES]
    since = today - timedelta(days=90)
    for done in DutyDone.objects.filter(name__in=names, day__gte=since).order_by("day"):
        latest[done.name] = done
    rows = []
    for name, label, _do in duties.DUTIES:
        done = latest.get(name)
        days = (today - done.day).days if done else None
        if done is None:
            state, words = "none", _("Not done yet")
        elif days == 0:
            state, words = "ok", _("Done")
        else:
            state = "late"
            words = ngettext("Late by %(days)s day", "Late by %(days)s days", days) % {"days": days}
        rows.append({"label": label, "done": done, "state": state, "words": words})
    return rows


def decided():
    """What was decided by hand lately."""
    entries = ModelLogEntry.objects.filter(action__in=[giving_up.AGAIN, giving_up.GIVEN_UP])
    return [
        {
            "what": entry.label,
            "is_given_up": entry.action == giving_up.GIVEN_UP,
            "reason": entry.data.get("comment", ""),
            "by": entry.user_display_name,
            "at": entry.timestamp,
        }
        for entry in entries.select_related("user").order_by("-timestamp")[:LATELY]
    ]


@require_POST
def try_again(request, pk):
    """Have one thing tried at once."""
    refuse_others(request)
    done = giving_up.try_again(Setback.objects.filter(pk=pk), request.user)
    return back(request, _("It is tried in the worker's next round.") if done else gone())


@never_cache
def give_up(request, pk):
    """Have one thing not tried any more, with a reason."""
    refuse_others(request)
    if request.method == "POST" and not Setback.objects.filter(pk=pk).exists():
        return back(request, gone())
    setback = get_object_or_404(Setback, pk=pk)
    if not giving_up.may_give_up(setback):
        return back(request, _("This is only tried again: nothing else would do its work."))
    return asked(request, Setback.objects.filter(pk=pk), [row(setback)])


@never_cache
def all_of_kind(request, kind, decision):
    """Have everything of one kind that was set aside tried again, or given up."""
    refuse_others(request)
    chosen = Setback.objects.set_aside().filter(kind=kind)
    if kind not in SetbackKind.values or not chosen.exists():
        return back(request, gone())
    if decision == "give-up":
        if kind in giving_up.NEVER_GIVEN_UP:
            return back(request, _("This is only tried again: nothing else would do its work."))
        return asked(request, chosen, [row(one) for one in chosen[:A_PAGE]], chosen.count())
    if request.method == "POST":
        number = giving_up.try_again(chosen, request.user)
        return back(request, tried(number))
    rows = [row(one) for one in chosen[:A_PAGE]]
    return render(request, "home/admin/try_again.html", {"rows": rows, "number": chosen.count()})


def asked(request, chosen, rows, number=1):
    """Ask for the reason, then give these up."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        number = giving_up.give_up(chosen, form.cleaned_data["reason"], request.user)
        text = ngettext("%(number)s thing was given up.", "%(number)s things were given up.", number)
        return back(request, text % {"number": number})
    return render(request, "home/admin/give_up.html", {"form": form, "rows": rows, "number": number})


def tried(number):
    text = ngettext(
        "%(number)s thing is tried in the worker's next round.",
        "%(number)s things are tried in the worker's next round.",
        number,
    )
    return text % {"number": number}


def gone():
    return _("It is done, or somebody else has decided about it already.")


def back(request, sentence):
    messages.info(request, sentence)
    return redirect("set_aside")
