"""Who may manage an event and read what is not for all: pure questions, asked everywhere."""

from datetime import timedelta

from events.choices import NamesVisibleTo, RegState
from knowledge.rights import may_edit
from network.rights import addresses_of, is_officer, member_of


def may_manage(user, event):
    """Whether this person runs the event: author, named organiser, member of its owner, officer."""
    if user is None or not user.is_active or user.is_anonymous:
        return False
    return (
        is_officer(user)
        or event.owner_id == user.pk
        or member_of(user, event.organisation_id)
        or (event.pk is not None and event.organisers.filter(email__in=addresses_of(user)).exists())
    )


def may_open_editor(user, event):
    """Whether this person changes the event's page too: who only manages its places does not."""
    return may_edit(user, event) and user.has_perm("wagtailadmin.access_admin")


def may_see_join_link(link, *, user=None, registration=None, now):
    """Whether the join link is for this reader: who manages the event always, a confirmed person in time.

    `registration` is the reader's own, found by their account or by the secret of their link.
    """
    event = link.event
    if may_manage(user, event):
        return True
    if not event.is_dated:
        return False
    opens = event.start - timedelta(hours=link.visible_hours)
    return (
        registration is not None
        and registration.event_id == event.pk
        and registration.state == RegState.CONFIRMED
        and opens <= now <= event.end
    )


def may_see_names(event, *, user=None, registration=None):
    """Whether this reader may see who else takes part (of those who agreed to be named)."""
    if event.publish_participants == NamesVisibleTo.ALL or may_manage(user, event):
        return True
    return (
        event.publish_participants == NamesVisibleTo.PARTICIPANTS
        and registration is not None
        and registration.event_id == event.pk
        and registration.state == RegState.CONFIRMED
    )
