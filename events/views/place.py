"""The page behind a person's own link: confirm, change or give up the place, answer the survey."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import attendance, registration, wording
from events.choices import STANDING, UNCONFIRMED, RegState
from events.details import cancel_reason, keep_until, notice
from events.forms import DetailsForm, ModeForm, SurveyForm
from events.models import Registration
from events.participants import Person
from events.people import country_names, names_at
from events.queries import join_link_for, position_in_line, situation
from events.rights import may_see_names


def registration_behind(token):
    """The registration of this secret link, or 404. An erased one has no page any more."""
    found = (
        Registration.objects.filter(token=token, erased_at=None)
        .select_related("event", "participant__organisation", "attendance", "hold_letter")
        .first()
    )
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, token):
    """The person's own page. Its two forms change how they take part, or what they say about themselves."""
    place = registration_behind(token)
    event, now = place.event, timezone.now()
    stands = situation(event, now)
    if place.is_unconfirmed:
        return show_unconfirmed(request, place, stands, now)
    is_mode = request.POST.get("what") == "mode"
    mode_form = ModeForm(
        request.POST if is_mode else None, situation=stands, place=place, initial={"mode": place.mode}
    )
    details_form = DetailsForm(
        request.POST if request.method == "POST" and not is_mode else None,
        event=event,
        initial={
            "name": place.participant.name,
            "organisation": place.participant.organisation_name,
            "country": place.participant.country,
            "needs": place.needs,
            "shows_name": place.shows_name,
        },
    )
    if is_mode and mode_form.is_valid():
        try:
            changed = registration.change_mode(place, mode_form.cleaned_data["mode"], by=person_of(request))
        except registration.Refused as refusal:
            mode_form.add_error(None, str(refusal))
        else:
            if changed.mode == place.mode:
                messages.info(request, _("Nothing was changed: you take part in this way already."))
            else:
                messages.success(request, _("Your place has been changed."))
            return redirect("event_registration", token=token)
    elif details_form.is_bound and details_form.is_valid():
        try:
            registration.correct(place, person_from(details_form, place), details_form.cleaned_data)
        except registration.Refused as refusal:
            details_form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your details have been changed."))
            return redirect("event_registration", token=token)
    return render(
        request,
        "events/registration.html",
        about(place)
        | {
            "stands": place.state in STANDING,
            "position": position_in_line(place),
            "join_link": join_link_for(event, registration=place, now=now),
            "is_over": event.is_over(now),
            "was_there": place.was_there,
            "names": names_at(event) if may_see_names(event, registration=place) else [],
            "may_answer": attendance.may_answer(place, now),
            "mode_form": mode_form if stands.takes_registrations and len(stands.places) > 1 else None,
            "details_form": details_form,
        },
    )


def about(place):
    """What the person's own page says in every state."""
    event = place.event
    return {
        "event": event,
        "event_url": wording.address_path(event) if event.live else "",
        "when": wording.in_full(event),
        "where": wording.where(event),
        "registration": place,
        "badge": wording.PLACE_BADGES[place.state],
        "label": place.get_state_display(),
        "called_off": cancel_reason(event),
        "keep_until": keep_until(event),
    }


def show_unconfirmed(request, place, stands, now):
    """The person's own page before they have confirmed: what was typed, and the button. Looking confirms
    nothing, because programs follow the links of letters too."""
    is_held = Registration.objects.held(now).filter(pk=place.pk).exists()
    if place.state == RegState.HELD and not is_held:
        place.state = RegState.ASKED  # it has run out, and the worker is about to say so
    return render(
        request,
        "events/registration.html",
        about(place)
        | {
            "may_confirm": stands.takes_registrations,
            "is_held": is_held,
            "held_until": wording.clock(place.held_until, place.event) if place.held_until else "",
            "country": country_names().get(place.country, place.country),
            "problem": notice(place.event, stands),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Confirm by the button of the own page. Opening the address alone changes nothing."""
    place = registration_behind(token)
    if request.method == "POST":
        try:
            place = registration.confirm(place, by=person_of(request))
        except registration.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, confirmed(place))
    return redirect("event_registration", token=token)


def confirmed(place):
    if place.state == RegState.CONFIRMED:
        return _("You have a place. A letter with the calendar file is on its way.")
    return _("You are number %(number)s on the waiting list.") % {"number": position_in_line(place)}


def person_from(form, place):
    """The person as the form says, at the address that is already known."""
    data = form.cleaned_data
    return Person(place.participant.email, data["name"], data["organisation"], data["country"])


def person_of(request):
    """Who is signed in, for the log; the link itself needs nobody to be."""
    return request.user if request.user.is_authenticated else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, token):
    """Ask once, then give the place to the next in line. Opening the address alone changes nothing."""
    place = registration_behind(token)
    problem = registration.MARKED_AS_PRESENT if place.was_there else ""
    if request.method == "POST":
        try:
            registration.withdraw(place, by=person_of(request))
        except registration.Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("You no longer take part."))
            return redirect("event_registration", token=token)
    return render(
        request,
        "events/withdraw.html",
        {
            "registration": place,
            "event": place.event,
            "when": wording.in_full(place.event),
            "stands": place.state in STANDING + UNCONFIRMED and not place.was_there,
            "problem": problem,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request, token):
    """One question after the event, for those who were there. Answering again replaces the answer."""
    place = registration_behind(token)
    is_open = attendance.may_answer(place)
    before = getattr(place, "survey_answer", None)
    form = SurveyForm(request.POST if request.method == "POST" else None, instance=before)
    if is_open and form.is_valid():
        attendance.answer(place, form.cleaned_data)
        messages.success(request, _("Thank you for your answer."))
        return redirect("event_registration", token=token)
    return render(
        request,
        "events/survey.html",
        {"event": place.event, "registration": place, "form": form if is_open else None},
    )
