import factory
from wagtail_factories import PageFactory

from knowledge.models import GoodPracticePage, PolicyInstrumentPage, SectionPage


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
        links = {name: kwargs.pop(name) for name in ("regions", "raw_materials", "focus_areas") if name in kwargs}
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
