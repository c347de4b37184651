import pytest
from bs4 import BeautifulSoup

from tests.factories import RawMaterialFactory, RegionFactory
from tests.factories.search import findable
from tests.search.printed import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def zero(client, address):
    """The zero state at an address: its heading, its lead, and its links under their headings."""
    soup = BeautifulSoup(client.get(address).content, "html.parser").select_one(".zero")
    groups = {}
    for group in soup.select(".cols2 > div"):
        groups[words(group.h3)] = [(words(entry), entry.a["href"]) for entry in group.select("li")]
    return words(soup.h2), [words(lead) for lead in soup.select(".lead")], groups


BROWSE = [
    ("All good practices", "/search/?kind=practice"),
    ("All policy instruments", "/search/?kind=instrument"),
    ("All events", "/search/?kind=event"),
    ("All regions", "/search/?kind=region"),
    ("All materials", "/search/?kind=material"),
]


def test_each_filter_can_be_loosened_and_says_what_that_would_show(client):
    RegionFactory(code="IE", name="Ireland")
    RawMaterialFactory(code="antimony", name="Antimony")
    findable("Slag bonds", facets={"region": ["IE"]})
    findable("Slag", facets={"material": ["antimony"]})
    findable("More slag", facets={"material": ["antimony"]})

    heading, lead, groups = zero(client, "/good-practices/?q=slag&region=IE&material=antimony")

    assert heading == "No good practice matches all of this"
    assert lead == [
        "We looked for slag in titles, texts and the names of regions and materials, within your 2 filters."
    ]
    assert groups["Loosen one thing"] == [
        ("Without Raw material: Antimony 1", "/good-practices/?q=slag&region=IE"),
        ("Without Region: Ireland 2", "/good-practices/?q=slag&material=antimony"),
        ("Without any filter 3", "/good-practices/?q=slag"),
    ]
    assert groups["Browse"] == BROWSE


def test_other_kinds_and_single_words_are_near(client):
    findable("Antimony strategy", "instrument")
    findable("Slag cement")

    heading, _, groups = zero(client, "/search/?q=antimony+strategy&kind=practice")

    assert heading == "No good practice matches all of this"
    assert groups["Look nearby"] == [
        ("The same among Policy instruments 1", "/search/?q=antimony+strategy&kind=instrument"),
        ("Everywhere: antimony 1", "/search/?q=antimony"),
        ("Everywhere: strategy 1", "/search/?q=strategy"),
    ]


def test_an_empty_site_is_no_dead_end(client):
    heading, lead, groups = zero(client, "/policy-instruments/")

    assert (heading, lead, groups) == ("No policy instrument yet", [], {"Browse": BROWSE})


def test_the_searches_for_suggestions_are_bounded(client, django_assert_max_num_queries):
    client.get("/search/")
    address = (
        "/good-practices/?q=a1+b2+c3+d4+e5&stage=use&evidence=verified&origin=collected&language=sv"
        "&organisation_type=sme&year=2021"
    )

    with django_assert_max_num_queries(24):
        client.get(address)


def test_the_larger_region_and_the_family_of_the_material_are_near(client):
    RegionFactory(code="SE", name="Sweden")
    RegionFactory(code="SE3", name="North")
    rare = RawMaterialFactory(code="rare-earths", name="Rare earths")
    RawMaterialFactory(code="cerium", name="Cerium", parent=rare)
    findable("Slag", facets={"region": ["SE"], "material": ["cerium", "rare-earths"]})
    findable("Ash", facets={"region": ["SE", "SE3"], "material": ["rare-earths"]})

    _, _, groups = zero(client, "/good-practices/?region=SE3&material=cerium")

    assert groups["Look nearby"] == [
        ("In all of Sweden 1", "/good-practices/?material=cerium&region=SE"),
        ("Any of Rare earths 1", "/good-practices/?material=rare-earths&region=SE3"),
    ]


def test_one_can_ask_to_be_told(page):
    soup = page("/good-practices/?q=unobtainium")

    assert words(soup.select_one(".zero a[href='#keep']")) == "Be told when there is something"
    assert soup.select_one("#keep") is not None


def test_joining_words_are_never_offered_alone(client):
    findable("Slag and the cement", body="The της of a text.")

    _, _, groups = zero(client, "/search/?q=συμμετοχή+της+slagheap")

    assert "Look nearby" not in groups


def test_known_words_like_it_are_near_a_word_that_nobody_knows(client):
    findable("Lagoons of slag")

    _, _, groups = zero(client, "/search/?q=laqouns")

    assert groups["Look nearby"] == [("Everywhere: lagoons 1", "/search/?q=lagoons")]


def test_nothing_is_near_a_word_that_looks_like_none(client):
    findable("Lagoons of slag")

    _, _, groups = zero(client, "/search/?q=zzzqqq")

    assert "Look nearby" not in groups
