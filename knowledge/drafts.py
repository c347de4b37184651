"""Which drafts name a thing: before it is deleted, whoever deletes it should know.

The index of references knows only what is public; what a draft names stands in its revision.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.fields import RichTextField
from wagtail.models import Page, Revision

from knowledge import rights
from knowledge.gone import named_by


@dataclass(frozen=True)
class Drafts:
    """The drafts that name a thing: those that this person may see, and how many others there are."""

    seen: list
    hidden: int

    def __bool__(self):
        return bool(self.seen or self.hidden)


def drafts_that_name(things, user):
    """The drafts, latest and scheduled ones, that name one of these things or a page below one of them."""
    wanted = {(root_of(type(thing)), str(key)) for thing in things for key in keys_of(thing)}
    own = {key for model, key in wanted if model is Page}
    ids = {pk for pk, named in _drafts() if pk not in own and not wanted.isdisjoint(named)}
    pages = Page.objects.filter(pk__in=ids)
    seen = list(rights.visible_to(user, pages).order_by("draft_title"))
    return Drafts(seen=seen, hidden=len(ids) - len(seen))


def keys_of(thing):
    """The keys of the rows that go with a thing: a page takes all below it along."""
    if isinstance(thing, Page):
        return list(thing.get_descendants(inclusive=True).values_list("pk", flat=True))
    return [thing.pk]


def root_of(model):
    """The model by whose key a thing is known: every page is a Page."""
    return Page if issubclass(model, Page) else model


def _drafts():
    """(key of the page, what it names) for each page that has a draft."""
    latest = Page.objects.filter(Q(live=False) | Q(has_unpublished_changes=True)).values("latest_revision")
    revisions = Revision.page_revisions.filter(Q(pk__in=latest) | Q(approved_go_live_at__isnull=False))
    rows = revisions.values_list("object_id", "content_type", "content")
    for pk, kind, said in rows.iterator(chunk_size=200):
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            named = {(root_of(one.model), one.key) for one in named_by(model, said)}
            yield pk, named | set(_linked_in_texts(model, said))


def _linked_in_texts(model, said):
    """What the texts of a draft link to."""
    for field in model._meta.get_fields():
        if isinstance(field, RichTextField) and said.get(field.name):
            for target, key, *_place in field.extract_references(said[field.name]):
                yield root_of(target), str(key)
