"""Pages of the person who is signed in, and the way into writing a practice."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.my_work import my_work
from knowledge.models import SectionPage


@require_safe
@never_cache
@login_required
def show_my_work(request):
    """What waits, what I wrote, where I have a place."""
    return render(request, "home/my_work.html", {"work": my_work(request.user)})


@require_safe
@never_cache
@login_required
def submit_practice(request):
    """Open the form for a new practice, or say how one gets the right to write."""
    return new_page(request, "good-practices", "knowledge", "goodpracticepage")


@require_safe
@never_cache
@login_required
def start_event(request):
    """Open the form for a new learning event, likewise."""
    return new_page(request, "events", "events", "learningeventpage")


def new_page(request, slug, room, model):
    """The form for a new page in the section with this slug."""
    section = SectionPage.objects.filter(slug=slug).first()
    if section and section.permissions_for_user(request.user).can_add_subpage():
        return redirect(reverse("wagtailadmin_pages:add", args=[room, model, section.pk]))
    return render(request, "home/how_to_contribute.html", status=403)
