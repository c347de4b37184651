"""Rows and pages in bulk."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import Locale, Page

from knowledge.models import KnowledgePage, ReferenceCounter, SectionPage

AT_ONCE = 200


def create(model, rows):
    """Write these rows of one table."""
    return model._base_manager.bulk_create(rows, batch_size=AT_ONCE)


def write_pages(slug, pages):
    """Write these published pages under the section with this slug: a row in each table of theirs, which
    Django's own bulk_create does not do."""
    section, locale = SectionPage.objects.get(slug=slug), Locale.get_active()
    model = type(pages[0])
    kind = ContentType.objects.get_for_model(model)
    for place, page in enumerate(pages, start=section.numchild + 1):
        page.path = Page._get_path(section.path, section.depth + 1, place)
        page.depth, page.numchild = section.depth + 1, 0
        page.url_path = f"{section.url_path}{page.slug}/"
        page.draft_title, page.content_type, page.locale = page.title, kind, locale
        page.last_published_at = page.latest_revision_created_at = page.first_published_at
    columns = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    rows = create(Page, [Page(**{name: getattr(page, name) for name in columns}) for page in pages])
    for page, row in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = page.knowledgepage_ptr_id = row.pk
        page._state.adding = False
    for table in (KnowledgePage, model):
        fields = table._meta.local_concrete_fields
        for start in range(0, len(pages), AT_ONCE):
            table._base_manager._insert(pages[start : start + AT_ONCE], fields=fields, using="default")
    Page.objects.filter(pk=section.pk).update(numchild=F("numchild") + len(pages))
    ReferenceCounter.objects.update_or_create(
        prefix=model.reference_prefix, defaults={"last": section.numchild + len(pages)}
    )


def parts(text, number):
    """A text as so many rich texts of about the same length."""
    sentences = text.split(". ")
    size = -(-len(sentences) // number)
    cut = [sentences[start * size : (start + 1) * size] for start in range(number)]
    return [f"<p>{'. '.join(some).rstrip('.')}.</p>" if some else "" for some in cut]
