import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from regions.models import RawMaterialName
from search import engines, indexing
from search.models import SearchCount
from search.rate_limit import RateLimit
from search.suggest import Frequent, Remembered, suggestions
from search.views import suggest as view
from tests.factories.regions import RawMaterialFactory, RegionFactory
from tests.factories.search import findable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Nothing of other tests is remembered or counted."""
    monkeypatch.setattr(Remembered, "names", None)
    monkeypatch.setattr(Frequent, "until", 0)
    monkeypatch.setattr(view, "rate_limit", RateLimit())


@pytest.fixture
def suggested(site_engine):
    """What is suggested: `suggested("lith")` gives {group: [labels]}, from each engine in turn."""

    def suggest(text, language="en"):
        if not suggest.is_built:
            indexing.rebuild(site_engine)
            suggest.is_built = True
        return {group: [one.label for one in options] for group, options in suggestions(text, language)}

    suggest.is_built = False
    return suggest


def test_pages_are_suggested_by_the_beginnings_of_the_words_in_their_titles(suggested):
    findable("Recycling of red mud")
    findable("Mudflats and rehabilitation", "event")
    findable("A register of dams", summary="About mud.")

    assert suggested("mud") == {"Pages": ["Mudflats and rehabilitation", "Recycling of red mud"]}
    assert suggested("MUD rec") == {"Pages": ["Recycling of red mud"]}
    assert suggested("recycling of r") == {"Pages": ["Recycling of red mud"]}
    assert suggested("dams mud") == {}


def test_what_is_no_longer_public_is_not_suggested(suggested):
    gone = findable("Red mud")
    assert suggested("mud") == {"Pages": ["Red mud"]}

    gone.deleted = True
    gone.save()

    assert suggested("mud") == {}


def test_names_are_found_in_any_language_without_accents(suggested):
    lithium = RawMaterialFactory(code="lithium", name="Lithium", symbol="Li")
    RawMaterialName.objects.create(material=lithium, language="el", name="Λίθιο")
    RawMaterialName.objects.create(material=lithium, language="bg", name="Литий")
    RegionFactory(code="PL22", name="Śląskie")

    assert suggested("lith") == {"Raw materials": ["Lithium"]}
    assert suggested("λιθ") == {"Raw materials": ["Lithium"]}
    assert suggested("ЛИТ") == {"Raw materials": ["Lithium"]}
    assert suggested("slask") == {"Regions": ["Śląskie"]}
    assert suggested("pl2") == {"Regions": ["Śląskie"]}


def test_a_country_comes_before_the_regions_whose_names_begin_alike(suggested):
    for code, name in (("FRE11", "Nord"), ("SE332", "Norrbottens län"), ("NO", "Norway")):
        RegionFactory(code=code, name=name)

    assert suggested("nor") == {"Regions": ["Norway", "Nord", "Norrbottens län"]}


def test_a_symbol_is_suggested_only_as_it_is_written(suggested):
    RawMaterialFactory(code="arsenic", name="Arsenic", symbol="As")
    RawMaterialFactory(code="tungsten", name="Tungsten", symbol="WQ")

    assert suggested("WQ") == {"Raw materials": ["Tungsten"]}
    assert suggested("wq") == {}


def test_a_line_says_by_which_name_it_was_found_and_where_it_leads(embedded_only):
    lithium = RawMaterialFactory(code="lithium", name="Lithium")
    RawMaterialName.objects.create(material=lithium, language="el", name="Λίθιο")
    RegionFactory(code="SE332", name="Norrbottens län")

    lines = [tuple(line) for text in ("λιθ", "norrb") for _, lines in suggestions(text) for line in lines]

    assert lines == [
        ("Lithium", "Λίθιο", "/search/?material=lithium"),
        ("Norrbottens län", "SE332", "/search/?region=SE332"),
    ]


def test_what_many_look_for_is_suggested_and_what_few_look_for_is_not(suggested):
    for text, count in (("mine water", 3), ("old mines", 9), ("minister of my town", 2)):
        SearchCount.objects.create(text=text, day=timezone.localdate(), count=count)

    assert suggested("MÎNE") == {"Often looked for": ["old mines", "mine water"]}


def test_a_renamed_material_is_suggested_by_its_new_name(embedded_only):
    material = RawMaterialFactory(code="x", name="Oldium")
    assert suggestions("oldi")[0][1][0].label == "Oldium"

    material.name = "Newium"
    material.save()

    assert suggestions("oldi") == []
    assert suggestions("newi")[0][1][0].label == "Newium"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "%00",
        "%ED%A0%80",
        "x" * 20_000,
        "a " * 5_000,
        "'\"(*)",
        "-",
        "%E2%80%AE",
        "%F0%9F%98%80" * 30,
    ],
)
def test_whatever_is_typed_is_no_error(client, embedded_only, text):
    findable("Mud")

    response = client.get(f"/search/suggest/?q={text}")

    assert (response.status_code, response.json()) == (200, {"groups": [], "said": "No suggestions"})
    assert not response.cookies


def test_without_any_engine_names_are_still_suggested(client, embedded_only):
    findable("Lithium recycling")
    RawMaterialFactory(code="lithium", name="Lithium")

    answer = client.get("/search/suggest/?q=lith").json()

    assert answer == {
        "groups": [
            {
                "label": "Raw materials",
                "options": [{"label": "Lithium", "note": "", "url": "/search/?material=lithium"}],
            }
        ],
        "said": "1 suggestion",
    }


def test_who_asks_like_a_program_is_given_nothing(client, embedded_only, monkeypatch):
    monkeypatch.setattr(view, "A_MINUTE", 1)
    RawMaterialFactory(code="lithium", name="Lithium")

    answers = [client.get("/search/suggest/?q=lith").json() for _ in range(2)]

    assert [len(answer["groups"]) for answer in answers] == [1, 0]


def test_suggestions_cost_two_queries_however_many_there_are(embedded_only):
    findable("Mud one")
    indexing.rebuild(engines.EMBEDDED)
    suggestions("mud")
    with CaptureQueriesContext(connection) as one:
        suggestions("mud")
    for number in range(4):
        findable(f"Mud {number}")
    indexing.rebuild(engines.EMBEDDED)

    with CaptureQueriesContext(connection) as five:
        assert len(suggestions("mud")[0][1]) == 5

    assert len(one) == len(five) == 2
