"""What makes an item read differently: every such change marks what it touches, in the same transaction."""

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from network.letters import leaving
from network.models import Letter
from regions.models import FocusArea, RawMaterial, RawMaterialName, Region, VocabularyName
from search import digests, documents, sync
from search.models import Digest, LexiconVersion, SynonymSet, SynonymTerm


def connect():
    """Listen to every model that the registry names, and to what Wagtail says of pages."""
    for model in {*documents.registry, *documents.touched_by}:
        uid = f"search.{model._meta.label}"
        post_save.connect(saved, sender=model, dispatch_uid=f"{uid}.save")
        # Before the rows go: afterwards nothing says any more what they were linked to.
        pre_delete.connect(saved, sender=model, dispatch_uid=f"{uid}.delete")
        for field in model._meta.many_to_many:
            through = field.remote_field.through
            m2m_changed.connect(links_changed, sender=through, dispatch_uid=f"search.{through._meta.label}")
    page_published.connect(saved, dispatch_uid="search.published")
    page_unpublished.connect(unpublished, dispatch_uid="search.unpublished")
    post_delete.connect(page_deleted, sender=Page, dispatch_uid="search.page_deleted")
    post_page_move.connect(subtree_changed, dispatch_uid="search.moved")
    page_slug_changed.connect(subtree_changed, dispatch_uid="search.slug")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search.restricted.{id(signal)}"
        )
    leaving.connect(letter_leaves, dispatch_uid="search.letter_leaves")
    post_delete.connect(digest_deleted, sender=Digest, dispatch_uid="search.digest_deleted")
    # Whatever search takes names and synonyms from.
    for model in (FocusArea, RawMaterial, RawMaterialName, Region, VocabularyName, SynonymSet, SynonymTerm):
        for signal in (post_save, post_delete):
            uid = f"search.words.{model._meta.label}.{id(signal)}"
            signal.connect(words_changed, sender=model, dispatch_uid=uid)


def words_changed(**kwargs):
    """What a word means changed; the next search in any process reads the words anew."""
    LexiconVersion.change()


def saved(instance, raw=False, **kwargs):
    # Wagtail saves a page before its children and links, so what is marked here is built after the commit.
    if not raw:
        sync.mark_dirty(documents.keys_touched(instance))


def links_changed(instance, action, model, pk_set, **kwargs):
    # Clearing says nothing of what was linked, so it is looked up before.
    if action in ("post_add", "post_remove", "pre_clear"):
        keys = documents.keys_touched(instance)
        if documents.is_found(model):
            keys |= {f"{documents.key_prefix(model)}:{pk}" for pk in pk_set or ()}
        sync.mark_dirty(keys)


def unpublished(instance, **kwargs):
    sync.take_out(documents.keys_of_pages(Page.objects.filter(pk=instance.pk)))
    sync.mark_dirty(documents.keys_touched(instance))


def page_deleted(instance, **kwargs):
    sync.take_out([documents.key_of(instance)])


def subtree_changed(instance, **kwargs):
    """The address of a page and of all below it changed; a new place may be private."""
    keys = documents.keys_of_pages(Page.objects.descendant_of(instance, inclusive=True))
    if Page.objects.get(pk=instance.pk).get_view_restrictions().exists():
        sync.take_out(keys)
    sync.mark_dirty(keys)


def restriction_changed(instance, created=None, **kwargs):
    """A page and all below it became private, or public again."""
    keys = documents.keys_of_pages(Page.objects.descendant_of(instance.page, inclusive=True))
    if created is not None:
        sync.take_out(keys)
    sync.mark_dirty(keys)


def letter_leaves(letter, **kwargs):
    """Between writing and sending an item may have become private, or its reader have stopped the letters."""
    return digests.check_once_more(letter)


def digest_deleted(instance, **kwargs):
    """With its account, a letter that still waits goes too."""
    Letter.objects.filter(pk=instance.letter_id, sent_at=None).delete()
