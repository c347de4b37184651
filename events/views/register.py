"""The page with the form to register for an event: of its own, so that the event's page holds no token."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import registration, wording
from events.details import cancel_reason, closes, keep_until, notice, own_place, place_lines, when
from events.forms import RegistrationForm
from events.models import LearningEventPage
from events.queries import registration_of, situation
from events.views.place import confirmed
from network.attempts import too_many_attempts
from network.client import client_of

# Registrations of one client, or of one account, in an hour: enough for an office behind one address.
AN_HOUR_AND_EVENT, AN_HOUR = 10, 30
HOUR = timedelta(hours=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, slug):
    """Show the form, and by it give a place or a number in line.

    The answer to a guest never tells whether the address was known.
    """
    event = public_event(request, slug)
    data = request.POST if request.method == "POST" else None
    form = RegistrationForm(data, event=event, situation=situation(event), user=request.user)
    if form.is_valid() and allowed(request, event, form):
        try:
            made = registration.register(
                event,
                form.person(form.user),
                form.cleaned_data["mode"],
                by=form.user,
                needs=form.cleaned_data["needs"],
                shows_name=form.cleaned_data.get("shows_name", False),
                client=client_of(request),
            )
        except registration.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, thanks(form, made))
            return redirect(wording.address_path(event))
    return render(request, "events/register.html", about(event, request.user, form))


def about(event, user, form):
    """What the page prints. Without a form, why there is none or which place this reader has."""
    stands = situation(event)
    place = own_place(registration_of(user, event))
    has_place = place is not None and place.stands
    takes_part = stands.takes_registrations and not has_place
    return {
        "event": event,
        "crumbs": [
            (_("Home"), "/"),
            (_("Events"), reverse("events")),
            (event.title, wording.address_path(event)),
        ],
        "heading": heading(stands, has_place),
        "when": when(event),
        "where": (event.city or wording.where(event), ", ".join(place_lines(event))),
        "closes": closes(event),
        "place": place if has_place else None,
        "notice": notice(event, stands),
        "cancel_reason": cancel_reason(event),
        "form": form if takes_part else None,
        "is_full": stands.is_full,
        "keep_until": keep_until(event),
    }


def heading(stands, has_place):
    """What the page is for."""
    if has_place:
        return _("Your place")
    if not stands.takes_registrations:
        return _("Registration")
    return _("Join the waiting list") if stands.is_full else _("Register")


def allowed(request, event, form):
    """Whether so many may still register from here; else the form says so, with what was typed kept."""
    limits = ((f"register:{event.pk}", AN_HOUR_AND_EVENT), ("register", AN_HOUR))
    if any(too_many_attempts(request, what, limit=limit, within=HOUR) for what, limit in limits):
        form.add_error(
            None, _("There were many registrations from your connection just now. Send it again in an hour.")
        )
        return False
    return True


def thanks(form, made):
    """What is said at once. Everybody without an account reads the same, whoever has the address."""
    if form.user is None:
        return _(
            "Thank you. A letter to %(email)s is on its way. Open its link and confirm that you take part, "
            "best within half an hour: so long a place can be held for you."
        ) % {"email": form.cleaned_data["email"]}
    return confirmed(made)


def public_event(request, slug):
    """The published event with this slug that this visitor may see, or 404."""
    event = LearningEventPage.objects.live().filter(slug=slug).first()
    if event is None or not all(
        restriction.accept_request(request) for restriction in event.get_view_restrictions()
    ):
        raise Http404
    return event
