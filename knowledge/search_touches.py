"""Which pages read differently in search when something else changed: (model, the pages that its instance
touches)."""

from django.db.models import Q
from taggit.models import Tag

from knowledge.models import (
    CollectedChange,
    CollectedSource,
    Evidence,
    GoodPracticePage,
    ImportedRecord,
    Inspiration,
    KnowledgePage,
    PolicyChange,
    PolicyInstrumentPage,
    TakenUp,
)
from network.models import Organisation, Project
from regions.models import FocusArea, RawMaterial, RawMaterialName, Region


def pages_within(region):
    """The pages about the region or anything in it: a card names the country, a filter its ancestors."""
    return KnowledgePage.objects.filter(regions__code__startswith=region.code).distinct()


def pages_with(material):
    """The pages about the material or what belongs to it."""
    below = Q(raw_materials=material.pk) | Q(raw_materials__parent=material.pk)
    below |= Q(raw_materials__parent__parent=material.pk)
    below |= Q(raw_materials__member_of=material.pk) | Q(raw_materials__parent__member_of=material.pk)
    return KnowledgePage.objects.filter(below).distinct()


def pages_of(organisation):
    """The pages of the organisation and of those that were merged into it."""
    return KnowledgePage.objects.filter(
        Q(organisation=organisation.pk) | Q(organisation__merged_into=organisation.pk)
    )


def practices_taken_by(instrument):
    """The practices that changes of the instrument took from: they count what a published instrument took."""
    return GoodPracticePage.objects.filter(inspirations__change__instrument=instrument).distinct()


TOUCHES = [
    (Region, pages_within),
    (RawMaterial, pages_with),
    (RawMaterialName, lambda name: pages_with(name.material)),
    (FocusArea, lambda area: area.pages.all()),
    (Organisation, pages_of),
    (Tag, lambda tag: KnowledgePage.objects.filter(tagged_items__tag=tag)),
    (Project, lambda project: project.pages.all()),
    (Evidence, lambda evidence: [evidence.page] if evidence.page_id else []),
    (CollectedSource, lambda source: [source.page]),
    (ImportedRecord, lambda record: [record.page]),
    (PolicyChange, lambda change: [change.instrument, *change.inspired_by.all()]),
    (TakenUp, lambda row: [row.change.instrument]),
    (CollectedChange, lambda row: [row.change.instrument]),
    (Inspiration, lambda inspiration: [inspiration.practice]),
    (PolicyInstrumentPage, practices_taken_by),
]
