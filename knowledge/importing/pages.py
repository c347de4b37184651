"""Putting a page that is complete already into the tree: one save instead of the editor's three or more."""

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published


def add_page(section, page, *, publish, user=None):
    """Add the page below the section, with its links and child rows, and return its first revision.

    It ends as if somebody had written it in the editor and published it, history included. Wagtail's own
    steps save a page once for the draft, once for the revision and once for publishing, and bring every
    index up to date each time.
    """
    now = timezone.now()
    page.live, page.has_unpublished_changes, page.owner = publish, not publish, user
    if publish:
        page.first_published_at = page.last_published_at = now
    # Each child row that is saved would have the references of the whole page read again.
    with disable_reference_index_auto_update():
        section.add_child(instance=page)
    ReferenceIndex.create_or_update_for_object(page)
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=user,
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision, page.latest_revision_created_at = revision, revision.created_at
    page.live_revision = revision if publish else None
    Page.objects.filter(pk=page.pk).update(
        latest_revision=revision,
        latest_revision_created_at=revision.created_at,
        live_revision=page.live_revision,
    )
    if publish:
        log(instance=page, action="wagtail.publish", user=user, revision=revision)
        page_published.send(sender=type(page), instance=page, revision=revision)
    return revision
