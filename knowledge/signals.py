from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.signals import page_unpublished

from knowledge import notices
from knowledge.models import KnowledgePage


# A page is taken back by an officer, together with many others, or by the clock; only this signal sees all
# three. It does not say by whom: Wagtail noted that a moment before.
@receiver(page_unpublished, dispatch_uid="knowledge.tell_authors")
def tell_authors(instance, **kwargs):
    # Who deletes a page has it taken back without saving that: there is no draft to tell of.
    if not isinstance(instance, KnowledgePage) or is_public(instance):
        return
    entries = PageLogEntry.objects.filter(page=instance.pk, action__startswith="wagtail.unpublish")
    last = entries.select_related("user").order_by("-timestamp", "-pk").first()
    notices.withdrawn(instance, last and last.user, last.timestamp if last else timezone.now())


def is_public(page):
    """Whether the database still holds the page as public."""
    return KnowledgePage.objects.filter(pk=page.pk, live=True).exists()
