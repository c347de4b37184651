"""What the people who run an event see and do: who comes, places, who was there, calling it off."""

from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import attendance, organising, registration, wording
from events.choices import STANDING, UNCONFIRMED
from events.forms import AttendanceForm, JoinLinkForm, OrganiserForm, PlacesForm, ReasonForm
from events.models import JoinLink, LearningEventPage, Registration
from events.people import country_names, people_on_list
from events.queries import situation
from events.rights import may_manage
from network.attempts import too_many_attempts
from network.spreadsheets import table_file

NAMED_AN_HOUR = 20


def for_organisers(view):
    """The view for those who manage the event of the address; others sign in or are refused."""

    @never_cache
    @wraps(view)
    def guarded(request, slug, **keywords):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        event = LearningEventPage.objects.filter(slug=slug).select_related("status").first()
        if event is None:
            raise Http404
        if not may_manage(request.user, event):
            raise PermissionDenied
        return view(request, event, **keywords)

    return guarded


def frame(event, current):
    """What every organiser's page shows around its own part."""
    pages = [
        ("event_participants", _("Participants")),
        ("event_places", _("Places and join link")),
        ("event_organisers", _("Organisers")),
    ]
    status = getattr(event, "status", None)
    return {
        "event": event,
        "event_url": wording.address_path(event) if event.live else "",
        "edit_url": reverse("wagtailadmin_pages:edit", args=[event.pk]),
        "when": wording.when(event),
        "where": wording.where(event),
        "is_cancelled": bool(status and status.cancelled_at),
        "is_over": event.end <= timezone.now(),
        "tabs": [
            {"label": label, "url": reverse(name, args=[event.slug]), "current": name == current}
            for name, label in pages
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisers
def participants(request, event):
    """Everybody on the list, and once the event has begun a mark for each: present, absent or excused."""
    people = list(people_on_list(event))
    begun = event.start <= timezone.now()
    form = AttendanceForm(
        request.POST if request.method == "POST" else None,
        registrations=attendance.can_be_marked(people),
    )
    if request.method == "POST" and form.is_valid():
        try:
            attendance.record(event, form.marks, by=request.user)
        except attendance.TooEarly as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Attendance is saved."))
            return redirect("event_participants", slug=event.slug)
    names = country_names()
    return render(
        request,
        "events/participants.html",
        frame(event, "event_participants")
        | {
            "form": form,
            "begun": begun,
            "situation": situation(event),
            "proof": attendance.proof(event),
            "people": [
                {
                    "registration": one,
                    "known": one.erased_at is None,
                    "country": names.get(one.country, one.country),
                    "badge": wording.PLACE_BADGES[one.state],
                    "field": form[f"presence-{one.pk}"] if f"presence-{one.pk}" in form.fields else None,
                    "may_be_removed": one.state in STANDING + UNCONFIRMED,
                }
                for one in people
            ],
        },
    )


@require_safe
@for_organisers
def participants_file(request, event, kind):
    """The list as a file for a spreadsheet."""
    people = people_on_list(event)
    return table_file(event.reference.lower(), kind, attendance.COLUMNS, map(attendance.cells, people))


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisers
def remove(request, event, pk):
    """Cancel one person's registration, with a reason they read."""
    person = Registration.objects.filter(event=event, pk=pk).select_related("participant", "event").first()
    if person is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            registration.remove(person, form.cleaned_data["reason"], by=request.user)
        except registration.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The registration is cancelled; the next in line has the place."))
            return redirect("event_participants", slug=event.slug)
    context = frame(event, "") | {"form": form, "person": person}
    return render(request, "events/remove.html", context)


@require_POST
@for_organisers
def attach_list(request, event):
    """Make the attendance list a piece of evidence of the event."""
    try:
        attendance.attach_list(event, by=request.user)
    except attendance.TooEarly as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The attendance list is attached to the event as evidence."))
    return redirect("event_participants", slug=event.slug)


@require_POST
@for_organisers
def ask(request, event):
    """Ask those who were there what they learned; nobody is asked twice."""
    try:
        number = attendance.ask_those_present(event, by=request.user)
    except attendance.TooEarly as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", number)
        messages.success(request, text % {"number": number})
    return redirect("event_participants", slug=event.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisers
def places(request, event):
    """How many places there are in each mode, and where to join online."""
    link = JoinLink.objects.filter(event=event).first()
    data = request.POST if request.method == "POST" else None
    form = PlacesForm(data, places=situation(event).places)
    link_form = JoinLinkForm(data, instance=link) if event.mode != "on-site" else None
    if form.is_valid() and (link_form is None or link_form.is_valid()):
        try:
            organising.set_up(event, form.cleaned_data, link_form, by=request.user)
        except registration.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Places are saved."))
            return redirect("event_places", slug=event.slug)
    context = frame(event, "event_places") | {"form": form, "link_form": link_form}
    return render(request, "events/places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisers
def organisers(request, event):
    """Who manages the event besides its author, the members of its owner and the officers."""
    form = OrganiserForm(request.POST if "email" in request.POST else None)
    if "remove" in request.POST:
        organising.release(event, request.POST["remove"], by=request.user)
        return redirect("event_organisers", slug=event.slug)
    if form.is_valid() and may_name_more(request, form):
        email = form.cleaned_data["email"].lower()
        organising.name(event, email, by=request.user)
        sentence = _("Whoever signs in with %(email)s manages this event too. A letter tells them.")
        messages.success(request, sentence % {"email": email})
        return redirect("event_organisers", slug=event.slug)
    context = frame(event, "event_organisers") | {"form": form, "named": event.organisers.all()}
    return render(request, "events/organisers.html", context)


def may_name_more(request, form):
    """Whether this person has not named too many within the hour: each gets a letter."""
    if too_many_attempts(request, "name organisers", limit=NAMED_AN_HOUR, within=timedelta(hours=1)):
        form.add_error(None, _("You have named many people just now. Please name the others in an hour."))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisers
def cancel(request, event):
    """Call the event off, after asking for the reason that everybody will read."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            registration.cancel_event(event, form.cleaned_data["reason"], by=request.user)
        except registration.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The event is called off; everybody gets a letter."))
            return redirect("event_participants", slug=event.slug)
    number = Registration.objects.standing().filter(event=event).count()
    context = frame(event, "") | {"form": form, "number": number}
    return render(request, "events/cancel.html", context)
