from datetime import date

import factory
from wagtail_factories import PageFactory

from knowledge.choices import EvidenceKind
from knowledge.models import (
    CollectedChange,
    CollectedSource,
    Evidence,
    GoodPracticePage,
    PolicyChange,
    PolicyInstrumentPage,
    SectionPage,
    TakenUp,
)
from tests.factories.network import OrganisationFactory
from tests.factories.regions import FocusAreaFactory, RawMaterialFactory, RegionFactory


def section(slug):
    """The section page with this slug, made by the set-up that every test database gets."""
    return SectionPage.objects.get(slug=slug)


class KnowledgePageFactory(PageFactory):
    """A published page; give many-to-many values and stages as `regions=[...]`, `stages={"use": "main"}`."""

    class Meta:
        abstract = True

    summary = "What was done and what came of it."

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        links = {
            name: kwargs.pop(name) for name in ("regions", "raw_materials", "focus_areas") if name in kwargs
        }
        stages = kwargs.pop("stages", {})
        page = super()._create_instance(model_class, parent, kwargs)
        for name, values in links.items():
            setattr(page, name, values)
        for stage, weight in stages.items():
            page.stage_marks.create(stage=stage, weight=weight)
        page.save()
        return page


class GoodPracticePageFactory(KnowledgePageFactory):
    class Meta:
        model = GoodPracticePage

    parent = factory.LazyFunction(lambda: section("good-practices"))
    title = factory.Sequence("Good practice {}".format)


class PolicyInstrumentPageFactory(KnowledgePageFactory):
    class Meta:
        model = PolicyInstrumentPage

    parent = factory.LazyFunction(lambda: section("policy-instruments"))
    title = factory.Sequence("Policy instrument {}".format)


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A published text; say with `page=` or `change=` what it belongs to."""

    class Meta:
        model = Evidence

    kind = EvidenceKind.PUBLISHED_TEXT
    title = factory.Sequence("Official text {}".format)
    url = "https://example.org/text"


class PolicyChangeFactory(factory.django.DjangoModelFactory):
    """A claimed change that waits; evidence and sources are the test's, and whether it was taken up."""

    class Meta:
        model = PolicyChange

    instrument = factory.SubFactory(PolicyInstrumentPageFactory)
    title = factory.Sequence("Policy change {}".format)
    what_changed = "A call for re-mining was opened."
    change_types = ["new-project"]
    decided_by = factory.SubFactory(OrganisationFactory)
    decision_date = "2026-05"
    attribution_note = "The call was planned, its theme was not."
    status = "decided"


class TakenUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TakenUp


class CollectedChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CollectedChange

    url = "https://example.org/news"
    read_on = date(2026, 11, 2)


class CollectedSourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CollectedSource

    url = "https://example.org/source"
    read_on = date(2026, 11, 2)


def complete_practice(**fields):
    """A draft that can be submitted: every required field is filled, one piece of evidence is attached."""
    texts = ("challenge", "description", "resources_needed", "evidence_of_success", "transfer_potential")
    practice = GoodPracticePageFactory(
        **{
            "live": False,
            "first_published_at": None,
            "organisation_as_stated": "Example authority",
            "start": "2021-03",
            "maturity": "running",
            "relevance": "made-for",
            "public_role": "public",
            "practice_type": "regulation",
            "regions": [RegionFactory()],
            "raw_materials": [RawMaterialFactory()],
            "focus_areas": [FocusAreaFactory()],
            "stages": {"recycling": "main"},
            **dict.fromkeys(texts, "<p>Something was done.</p>"),
        }
        | fields
    )
    EvidenceFactory(page=practice)
    return practice
