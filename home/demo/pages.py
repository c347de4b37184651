"""Putting one demo page in its section, once, so that it is known again."""

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from knowledge.importing.pages import add_page
from knowledge.models import CollectedSource, ImportedRecord, SectionPage

FACTS, EXAMPLES = "facts", "examples"


def add_once(page, key, *, section, import_set, user=None, publish=True, source=None):
    """The page known by this key, and whether it was made now: then it is `page`, put into the section.

    `page` carries its links and child rows already; a page that is there stays as people left it.
    """
    known = ImportedRecord.objects.filter(import_set=import_set, external_id=key).first()
    if known:
        return known.page.specific, False
    parent = SectionPage.objects.get(slug=section)
    page.slug = slugify(string_to_ascii(page.title))
    if parent.get_children().filter(slug=page.slug).exists():
        page.slug = f"{page.slug}-{slugify(key)}"
    revision = add_page(parent, page, publish=publish, user=user)
    ImportedRecord.objects.create(
        page=page, import_set=import_set, external_id=key, revision_id=revision.pk, fingerprint=""
    )
    if source:
        CollectedSource.objects.create(page=page, **source)
    return page, True
