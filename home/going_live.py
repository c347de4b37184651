"""Pages whose day has come go live, and others are taken back, one by one.

One that cannot keeps none of the others from it: its editors are told once, and it is tried again with
growing pauses.
"""

from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision

from network import letters, setbacks
from network.addresses import full_address
from network.choices import SetbackKind

PAGE = SetbackKind.PAGE
REVISION, EXPIRED = "revision:", "expired:"


def publish_due(now=None):
    """Take back what is past its day, then publish what is due, the longest waiting first."""
    now = now or timezone.now()
    failed = setbacks.pauses(PAGE, now)
    expired = {f"{EXPIRED}{thing._meta.label}:{thing.pk}": thing for thing in past_their_day(now)}
    due = {f"{REVISION}{revision.pk}": revision for revision in due_revisions(now)}
    for key, thing in expired.items():
        setbacks.attempt(PAGE, key, lambda thing=thing: take_back(thing), what=thing, now=now, failed=failed)
    for key, revision in due.items():
        what = revision.object_str
        setback = setbacks.attempt(
            PAGE, key, lambda revision=revision: publish(revision), what=what, now=now, failed=failed
        )
        if setback and key not in failed:
            tell_editors(revision, setback)
    if failed:
        # What was given another day, or published in another way, since it failed is done with.
        still_due = {f"{REVISION}{revision.pk}" for revision in due_revisions(now)}
        setbacks.over(PAGE, failed.keys() - expired.keys() - still_due)


def due_revisions(now):
    return Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")


def past_their_day(now):
    """Everything that is live and whose day of expiry is over, pages first."""
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in (Page, *others):
        yield from model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")


@transaction.atomic
def take_back(thing):
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


@transaction.atomic
def publish(revision):
    revision.publish(log_action="wagtail.publish.scheduled")


def tell_editors(revision, setback):
    """Whoever wrote what was to go live, and the owner of the page, learn why it did not."""
    page = (
        Page.objects.filter(pk=revision.object_id).select_related("owner").first()
        if is_page(revision)
        else None
    )
    people = {
        person.pk: person for person in (revision.user, page and page.owner) if person and person.is_active
    }
    for person in people.values():
        letters.write(
            person.email,
            _("Could not go live: %(title)s") % {"title": setback.what},
            "home/letters/not_live.txt",
            {
                "person": person,
                "title": setback.what,
                "reason": setback.reason,
                "due": revision.approved_go_live_at,
                "address": editor_address(page) if page else "",
            },
            about=f"page:{page.pk}" if page else "",
        )


def is_page(revision):
    return issubclass(revision.base_content_type.model_class() or object, Page)


def editor_address(page):
    return full_address(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def give_up(key):
    """Have the page not go live, or not expire, by itself any more; it stays as it is."""
    if key.startswith(REVISION):
        Revision.objects.filter(pk=key.removeprefix(REVISION)).update(approved_go_live_at=None)
    else:
        label, pk = key.removeprefix(EXPIRED).split(":")
        apps.get_model(label).objects.filter(pk=pk).update(expire_at=None)
