import pytest
from django.template import Context, Template

from search import indexing
from search.engines import EMBEDDED
from search.models import SearchDocument
from search.similar import similar_practices
from tests.factories import GoodPracticePageFactory, RegionFactory
from tests.factories.search import findable, stages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def described(page, **display):
    """What search knows of a page, told here instead of by the page itself."""
    SearchDocument.objects.filter(key=f"page:{page.pk}").delete()
    row = findable(page.title, **display)
    SearchDocument.objects.filter(pk=row.pk).update(key=f"page:{page.pk}")


def shares(page):
    return [(one.item["title"], one.shares) for one in similar_practices(page)]


def copper(title, stage, region=()):
    return findable(
        title,
        materials=["Copper"],
        stages=stages(**{stage: "main"}),
        facets={"material": ["copper"], "stage": [stage], "region": region},
    )


def test_what_shares_most_comes_first_and_says_what_it_shares():
    RegionFactory(code="SE", name="Sweden")
    RegionFactory(code="SE33", name="Upper North")
    page = GoodPracticePageFactory(title="Copper slag in roads")
    described(
        page,
        materials=["Copper", "Zinc"],
        stages=stages(use="main", recycling="touched"),
        facets={"material": ["copper", "zinc"], "region": ["SE", "SE3", "SE33"]},
    )
    copper("Copper dams", "processing", ["SE", "SE1"])
    copper("Copper paving", "use")
    copper("Copper concrete", "use", ["SE", "SE3", "SE33"])
    findable("Gold paving", materials=["Gold"], facets={"material": ["gold"]})

    assert shares(page) == [
        ("Copper concrete", "same material: Copper; same stage: use; both in Upper North"),
        ("Copper paving", "same material: Copper; same stage: use"),
        ("Copper dams", "same material: Copper; both in Sweden"),
    ]


def test_of_many_shared_materials_the_first_are_named():
    metals = ["Copper", "Zinc", "Lead", "Silver", "Gold"]
    page = GoodPracticePageFactory(title="Smelter")
    described(page, materials=metals, facets={"material": ["copper"]})
    findable("Refinery", materials=metals, facets={"material": ["copper"]})

    assert shares(page) == [("Refinery", "same materials: Copper, Zinc, Lead and 2 more")]


def test_without_materials_the_stage_decides():
    page = GoodPracticePageFactory(title="Mine museum")
    described(page, stages=stages(post_mining="main"))
    findable("Mine park", stages=stages(post_mining="main"), facets={"stage": ["post-mining"]})

    assert shares(page) == [("Mine park", "same stage: post-mining")]


def test_a_page_without_anything_in_common_shows_nothing():
    page = GoodPracticePageFactory()
    described(page)
    findable("Other")

    shown = Template("{% load search_tags %}{% similar_practices page %}").render(Context({"page": page}))

    assert shown.strip() == ""


def test_similar_practices_cost_the_same_queries_whatever_is_found(django_assert_num_queries):
    page = GoodPracticePageFactory()
    described(page, materials=["Copper"], facets={"material": ["copper"]})
    copper("Copper dams", "use")
    similar_practices(page)
    for number in range(4):
        copper(f"Copper dam {number}", "use")
    indexing.drain(EMBEDDED)

    with django_assert_num_queries(3):
        similar_practices(page)
