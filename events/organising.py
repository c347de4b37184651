"""What organisers set up around an event: places, the join link, who else manages it."""

from django.db import transaction
from wagtail.log_actions import log

from events import registration
from events.models import EventOrganiser, JoinLink


@transaction.atomic
def set_up(event, capacities, link_form, *, by):
    """Keep the places of each mode and, for an event one can join online, the join link. Both or neither."""
    registration.change_capacity(event, capacities, by=by)
    if link_form is None:
        return
    if not link_form.cleaned_data["url"]:
        JoinLink.objects.filter(event=event).delete()
    elif link_form.has_changed():
        link = link_form.save(commit=False)
        link.event = event
        link.save()
    if link_form.has_changed():
        # The link itself stays out of the log, which others may read.
        log(instance=event, action="events.join_link", user=by)


@transaction.atomic
def name(event, user, *, by):
    """Let this person manage the event too. Doing it twice is harmless."""
    _organiser, is_new = EventOrganiser.objects.get_or_create(event=event, user=user)
    if is_new:
        log(instance=event, action="events.organiser_named", user=by, data={"person": user.pk})


@transaction.atomic
def release(event, key, *, by):
    """End what `name` began; `key` is the row's id as it came from a form."""
    row = EventOrganiser.objects.filter(event=event, pk=key if str(key).isdecimal() else None).first()
    if row:
        log(instance=event, action="events.organiser_released", user=by, data={"person": row.user_id})
        row.delete()
