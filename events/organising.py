"""What organisers set up around an event: places, the join link, who else manages it."""

from django.db import transaction
from wagtail.log_actions import log

from events import invitations, registration
from events.models import EventOrganiser, JoinLink
from network.keys import key_in
from network.mailboxes import kept


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
def name(event, email, *, by):
    """Let the owner of this address manage the event too, once they are signed in; a letter tells them.

    It is all the same whether anybody has an account with it. Doing it twice is harmless.
    """
    organiser, is_new = EventOrganiser.objects.get_or_create(event=event, email=kept(email))
    if is_new:
        log(instance=event, action="events.organiser_named", user=by)
        invitations.about_organising(organiser)


@transaction.atomic
def release(event, key, *, by):
    """End what `name` began; `key` is the row's id as it came from a form."""
    row = EventOrganiser.objects.filter(event=event, pk=key_in(key)).first()
    if row:
        log(instance=event, action="events.organiser_released", user=by)
        row.delete()
