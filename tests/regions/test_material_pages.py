import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regions.models import RawMaterial, RawMaterialName
from search import sync
from tests.factories.events import LearningEventPageFactory
from tests.factories.knowledge import GoodPracticePageFactory, PolicyInstrumentPageFactory
from tests.factories.regions import RawMaterialFactory, RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def material():
    """A raw material of the shipped vocabulary, by its code."""
    call_command("import_vocabulary", verbosity=0)
    return lambda code: RawMaterial.objects.get(code=code)


@pytest.fixture
def page(client):
    """The page at an address, once everything published so far can be found."""

    def get(address):
        sync.synchronise()
        return client.get(address)

    return get


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_material_shows_its_practices_instruments_and_regions(page, material):
    spain = RegionFactory(code="ES", name="Spain")
    extremadura = RegionFactory(code="ES43", name="Extremadura", parent=spain, longitude=-6, latitude=39)
    tungsten = material("tungsten")
    GoodPracticePageFactory(
        title="Re-mining old tailings",
        regions=[extremadura],
        raw_materials=[tungsten],
        stages={"recycling": "main", "post-mining": "touched"},
    )
    PolicyInstrumentPageFactory(title="Restoration plan", raw_materials=[tungsten])

    text = text_of(page("/materials/tungsten/"))

    for shown in (
        "Re-mining old tailings",
        "Restoration plan",
        "Extremadura",
        "Strategic raw material",
        "Wolfram",
    ):
        assert shown in text
    assert '<a href="/good-practices/?material=tungsten&amp;stage=recycling">1 practice</a>' in text
    assert text.count("No practice yet") == 5


def test_a_material_shows_what_is_in_its_members(page, material):
    GoodPracticePageFactory(title="Magnets from magnets", raw_materials=[material("neodymium")])

    for code in ("neodymium", "rare-earths-light", "rare-earths", "metal-ores", "critical-raw-materials"):
        assert "Magnets from magnets" in text_of(page(f"/materials/{code}/"))
    assert "Magnets from magnets" not in text_of(page("/materials/rare-earths-heavy/"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("tungsten", "Annex I and II<small>strategic and critical</small>"),
        ("lithium", "Annex I and II<small>critical; strategic: battery grade</small>"),
        ("antimony", "Annex II<small>critical</small>"),
        ("neodymium", "<small>as one of: Light rare earth elements</small>"),
        ("platinum", "<small>as one of: Platinum group metals</small>"),
        ("gold", "Not listed"),
    ],
)
def test_a_material_says_on_which_list_it_stands(page, material, code, words):
    assert words in text_of(page(f"/materials/{code}/"))


def test_a_material_leads_to_what_it_belongs_to_and_what_belongs_to_it(page, material):
    text = text_of(page("/materials/rare-earths-light/"))

    assert '<a href="/materials/rare-earths/">Rare earths</a>' in text
    assert '<a href="/materials/neodymium/">Neodymium</a>' in text


def test_a_material_gives_its_other_names(page, material):
    text = text_of(page("/materials/tantalum/"))

    assert "Also: coltan" in text
    assert '<dd class="small" lang="fi">tantaali</dd>' in text


def test_a_material_without_anything_says_so(page, material):
    text = text_of(page("/materials/gold/"))

    for sentence in ("No good practice about it yet.", "No region has a practice about it yet."):
        assert sentence in text
    assert "© EuroGeographics for the administrative boundaries" in text


def test_a_ring_of_materials_does_no_harm(page, material):
    copper, zinc = material("copper"), material("zinc")
    copper.members.add(zinc)
    zinc.members.add(copper)
    zinc.parent = copper
    zinc.save()
    copper.parent = zinc
    copper.save()

    assert "Copper" in text_of(page("/materials/copper/"))


@pytest.mark.parametrize("code", ["unobtainium", "<script>", "%00", "'", "a" * 3000, "🙂"])
def test_a_material_that_is_none_is_a_page_that_says_so(client, material, code):
    assert client.get(f"/materials/{code}/").status_code == 404


def test_the_list_shows_all_critical_or_strategic_materials(page, material):
    everything, critical, strategic, rubbish = (
        text_of(page(f"/materials/{query}"))
        for query in ("", "?list=critical", "?list=strategic", "?list=%00<script>")
    )

    assert critical.count('class="num muted n"') == 34
    assert 'href="/materials/gold/"' in everything
    assert 'href="/materials/gold/"' not in critical
    assert 'href="/materials/neodymium/"' in strategic
    assert 'href="/materials/antimony/"' not in strategic
    assert 'href="/materials/gold/"' in rubbish


def test_the_list_counts_practices_in_members_too(page, material):
    GoodPracticePageFactory(raw_materials=[material("lignite")])

    text = text_of(page("/materials/"))

    assert 'Coal</a><span class="small muted">Group</span><span class="num muted n">1<' in text


@pytest.mark.parametrize("address", ["/materials/", "/materials/ore/"])
def test_pages_cost_the_same_with_one_item_and_with_five(client, page, address):
    ore = RawMaterialFactory(code="ore", name="Ore", symbol="Cu")

    def fill(number):
        region = RegionFactory(code=f"SE33{number}", longitude=19 + number / 9, latitude=66)
        member = RawMaterialFactory(parent=ore)
        RawMaterialName.objects.create(material=ore, language="de", name=f"Erz {number}")
        GoodPracticePageFactory(regions=[region], raw_materials=[member], stages={"use": "main"})
        PolicyInstrumentPageFactory(raw_materials=[member])
        LearningEventPageFactory(raw_materials=[member])

    fill(3)
    page(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    for number in range(4, 8):
        fill(number)
    page(address)

    with CaptureQueriesContext(connection) as with_five:
        client.get(address)

    assert len(with_five) == len(with_one)


@pytest.mark.parametrize("typed", ["Lithium", "LITHIUM", "Li", "lith\u00adium"])
def test_a_material_is_found_in_capitals_and_by_its_symbol(client, material, typed):
    response = client.get(f"/materials/{typed}/")

    assert (response.status_code, response.url) == (301, "/materials/lithium/")
