"""Registering, and the page behind a person's own link: change or give up the place, answer the survey."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events import attendance, registration, wording
from events.choices import RegState
from events.details import keep_until
from events.forms import DetailsForm, ModeForm, RegistrationForm, SurveyForm
from events.models import LearningEventPage, Registration
from events.participants import Person
from events.queries import join_link_for, position_in_line, situation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, slug):
    """Take a place or a number in line. The answer to a guest never tells whether the address was known."""
    event = public_event(request, slug)
    if request.method != "POST":
        return redirect(wording.address_path(event))
    form = RegistrationForm(request.POST, event=event, situation=situation(event), user=request.user)
    if form.is_valid():
        try:
            made = registration.register(
                event,
                form.person(form.user),
                form.cleaned_data["mode"],
                by=form.user,
                needs=form.cleaned_data["needs"],
                shows_name=form.cleaned_data.get("shows_name", False),
            )
        except registration.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, thanks(form, made))
            return redirect(wording.address_path(event))
    context = event.get_context(request) | {"registration_form": form}
    return render(request, "events/learning_event_page.html", context)


def thanks(form, made):
    if form.user is None:
        return _(
            "Thank you. A letter to %(email)s says whether you have a place, and holds the link to change it."
        ) % {"email": form.cleaned_data["email"]}
    if made.state == RegState.CONFIRMED:
        return _("You have a place. A letter with the calendar file is on its way.")
    return _("You are number %(number)s on the waiting list.") % {"number": position_in_line(made)}


def public_event(request, slug):
    """The published event with this slug that this visitor may see, or 404."""
    event = LearningEventPage.objects.live().filter(slug=slug).first()
    if event is None or not all(
        restriction.accept_request(request) for restriction in event.get_view_restrictions()
    ):
        raise Http404
    return event


def registration_behind(token):
    """The registration of this secret link, or 404. An erased one has no page any more."""
    found = (
        Registration.objects.filter(token=token, erased_at=None)
        .select_related("event", "participant__organisation", "attendance")
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
    is_mode = request.POST.get("what") == "mode"
    mode_form = ModeForm(request.POST if is_mode else None, situation=stands, initial={"mode": place.mode})
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
            registration.change_mode(place, mode_form.cleaned_data["mode"], by=person_of(request))
        except registration.Refused as refusal:
            mode_form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your place has been changed."))
            return redirect("event_registration", token=token)
    elif details_form.is_bound and details_form.is_valid():
        registration.correct(place, person_from(details_form, place), details_form.cleaned_data)
        messages.success(request, _("Your details have been changed."))
        return redirect("event_registration", token=token)
    return render(
        request,
        "events/registration.html",
        {
            "event": event,
            "event_url": wording.address_path(event) if event.live else "",
            "when": wording.when(event),
            "where": wording.where(event),
            "registration": place,
            "badge": wording.PLACE_BADGES[place.state],
            "stands": place.state in registration.STANDING,
            "position": position_in_line(place),
            "join_link": join_link_for(event, registration=place, now=now),
            "is_over": event.end <= now,
            "may_answer": attendance.may_answer(place, now),
            "mode_form": mode_form if stands.takes_registrations and len(stands.places) > 1 else None,
            "details_form": details_form,
            "keep_until": keep_until(event),
        },
    )


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
    problem = ""
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
            "when": wording.when(place.event),
            "stands": place.state in registration.STANDING,
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
