import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regions.models import Region
from search import sync
from tests.factories.events import LearningEventPageFactory
from tests.factories.knowledge import GoodPracticePageFactory, PolicyInstrumentPageFactory
from tests.factories.network import OrganisationFactory
from tests.factories.regions import RawMaterialFactory, RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sweden():
    """Sweden down to Norrbotten, as in the classification."""
    region = None
    places = [
        ("SE", "Sweden"),
        ("SE3", "Norra Sverige"),
        ("SE33", "Övre Norrland"),
        ("SE332", "Norrbottens län"),
    ]
    for code, name in places:
        region = RegionFactory(
            code=code, name=name, parent=region, longitude=19.7, latitude=66.4, point="outline"
        )
    return {region.code: region for region in Region.objects.all()}


@pytest.fixture
def page(client):
    """The page at an address, once everything published so far can be found."""

    def get(address):
        sync.synchronise()
        return client.get(address)

    return get


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_region_shows_what_is_in_it_and_in_its_children(page, sweden):
    GoodPracticePageFactory(title="Open core archive", regions=[sweden["SE332"]])
    PolicyInstrumentPageFactory(title="Mineral strategy", regions=[sweden["SE33"]])
    OrganisationFactory(name="Norrbotten county", region=sweden["SE332"])
    GoodPracticePageFactory(title="Somewhere else", regions=[RegionFactory(code="FI", name="Finland")])

    response = page("/regions/SE33/")

    text = text_of(response)
    assert response.status_code == 200
    for shown in (
        "Open core archive",
        "Mineral strategy",
        "Norrbotten county",
        "NUTS 2",
        "SE33",
        "Övre Norrland",
    ):
        assert shown in text
    assert "Somewhere else" not in text
    assert "/good-practices/?region=SE33" in text


def test_a_region_leads_to_what_it_lies_in_and_to_what_lies_in_it(page, sweden):
    text = text_of(page("/regions/SE33/"))

    for code in ("SE", "SE3", "SE332"):
        assert f'href="/regions/{code}/"' in text


def test_a_region_names_the_materials_of_its_practices(page, sweden):
    lithium = RawMaterialFactory(code="lithium", name="Lithium", is_critical=True, is_strategic=True)
    GoodPracticePageFactory(regions=[sweden["SE332"]], raw_materials=[lithium])

    text = text_of(page("/regions/SE/"))

    assert 'href="/materials/lithium/"' in text
    assert "/good-practices/?region=SE&amp;material=lithium" in text


def test_a_region_without_anything_says_so(page, sweden):
    text = text_of(page("/regions/SE33/"))

    for sentence in (
        "No practice from here names a raw material yet.",
        "No good practice from here yet.",
        "No organisation from here takes part yet.",
        "No policy instrument here yet.",
        "No event here yet.",
    ):
        assert sentence in text


def test_every_map_carries_its_credit(page, sweden):
    for address in ("/regions/", "/regions/SE33/"):
        assert "© EuroGeographics for the administrative boundaries" in text_of(page(address))


def test_an_ended_region_says_so_and_names_what_became_of_it(page):
    old = RegionFactory(code="PT16", name="Centro (old)", first_edition=2013, last_edition=2021)
    old.successors.add(RegionFactory(code="PT19", name="Centro (new)"))
    GoodPracticePageFactory(title="Kept practice", regions=[old])

    text = text_of(page("/regions/PT16/"))

    assert "This region has ended: it was last part of the NUTS 2021 edition." in text
    assert '<a href="/regions/PT19/">Centro (new)</a>' in text
    assert "Kept practice" in text


def test_an_ended_region_is_marked_in_the_list_above_it(page, sweden):
    RegionFactory(code="SE39", name="Gone", parent=sweden["SE3"], last_edition=2021)

    text = text_of(page("/regions/SE3/"))

    assert (
        'Gone</a> <span class="code small muted">SE39</span> <span class="tag tag--soft">ended</span>' in text
    )


def test_the_united_kingdom_says_why_its_codes_are_older(page):
    RegionFactory(code="UKK3", name="Cornwall", first_edition=2021)

    assert "The United Kingdom left the classification" in text_of(page("/regions/UKK3/"))


def test_a_code_in_small_letters_leads_to_the_region(client, sweden):
    response = client.get("/regions/se33/")

    assert (response.status_code, response["Location"]) == (301, "/regions/SE33/")


def test_the_other_code_of_a_country_leads_to_it(client):
    RegionFactory(code="EL", name="Greece", level=0)

    response = client.get("/regions/GR/")

    assert (response.status_code, response["Location"]) == (301, "/regions/EL/")


@pytest.mark.parametrize(
    "code", ["XX99", "S", "SE3333", "<script>", "%00", "'", "../x", "a" * 3000, "ſe33", "ı", "🙂"]
)
def test_a_code_that_is_none_is_a_page_that_says_so(client, sweden, code):
    assert client.get(f"/regions/{code}/").status_code == 404


def test_only_reading_is_possible(client, sweden):
    assert client.post("/regions/SE33/").status_code == 405


def test_the_list_names_every_country_and_the_regions_with_practices(page, sweden):
    GoodPracticePageFactory(regions=[sweden["SE332"]])
    GoodPracticePageFactory(regions=[sweden["SE332"]], live=False)
    RegionFactory(code="FI", name="Finland")

    text = text_of(page("/regions/"))

    assert 'href="/regions/FI/"' in text
    assert 'Norrbottens län</a> <span class="code small muted">SE332</span></span><span class="n">1<' in text


def test_what_is_not_published_is_not_shown(page, sweden):
    practice = GoodPracticePageFactory(title="Secret practice", regions=[sweden["SE332"]])
    practice.unpublish()

    assert "Secret practice" not in text_of(page("/regions/SE33/"))


@pytest.mark.parametrize("address", ["/regions/", "/regions/SE/", "/regions/SE33/"])
def test_pages_cost_the_same_with_one_item_and_with_five(client, page, sweden, address):
    def fill(number):
        child = RegionFactory(
            code=f"SE33{number}", parent=sweden["SE33"], longitude=19 + number / 9, latitude=66
        )
        GoodPracticePageFactory(regions=[child], raw_materials=[RawMaterialFactory()], stages={"use": "main"})
        PolicyInstrumentPageFactory(regions=[child])
        LearningEventPageFactory(regions=[child])
        OrganisationFactory(region=child)

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


@pytest.mark.parametrize("typed", ["fi1d7", "Fi1D7", "FI1D7\u200b", "\ufefffi1d7"])
def test_a_region_is_found_by_its_code_however_it_is_written(client, typed):
    RegionFactory(code="FI1D7", name="Lappi", country="FI")

    response = client.get(f"/regions/{typed}/")

    assert (response.status_code, response.url) == (301, "/regions/FI1D7/")
