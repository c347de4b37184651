"""Questions in plain words and names of several words, on both engines."""

import pytest

from regions.choices import NamedFacet, NameKind
from regions.models import RawMaterialName, VocabularyName
from search.lexicon import current
from search.query import Query
from search.understanding import understand
from tests.factories.knowledge import GoodPracticePageFactory
from tests.factories.regions import FocusAreaFactory, RawMaterialFactory, RegionFactory
from tests.search.conftest import titles
from tests.search.test_understanding import a_set

pytestmark = pytest.mark.django_db

ASKED = [
    ("en", "What can be done with the water of old mines?"),
    ("de", "Was kann man mit Grubenwasser machen?"),
    ("de", "Wie wird in alten Gruben das Grubenwasser genutzt?"),
    ("fr", "Que peut-on faire des eaux de mine ?"),
    ("es", "¿Qué se puede hacer con el agua de mina?"),
    ("it", "Che cosa si può fare con le acque di miniera?"),
    ("pl", "Co można zrobić z wodą kopalnianą?"),
    ("sv", "Vad kan man göra med gruvvatten?"),
    ("nl", "Wat kunnen we met mijnwater doen?"),
    ("bg", "Какво може да се направи с руднични води?"),
]
MINE_WATER = [
    ("en", "mine water"),
    ("de", "Grubenwasser"),
    ("fr", "eaux de mine"),
    ("es", "agua de mina"),
    ("it", "acque di miniera"),
    ("pl", "woda kopalniana"),
    ("sv", "gruvvatten"),
    ("nl", "mijnwater"),
    ("bg", "руднични води"),
]


@pytest.fixture
def mine_water(site_engine, committed):
    """A practice about mine water, and others that have the words with which people ask."""
    a_set(*MINE_WATER)
    with committed():
        GoodPracticePageFactory(title="Heat from mine water", summary="Old mines are full of water.")
        for number, (language, asked) in enumerate(ASKED):
            GoodPracticePageFactory(
                title=f"Wood {number}", summary=" ".join(asked.split()[:2]), source_language=language
            )


@pytest.mark.parametrize(("language", "question"), ASKED)
def test_a_question_in_plain_words_finds_what_it_asks_for(mine_water, language, question):
    assert titles(question, language=language)[:1] == ["Heat from mine water"]
    assert not [title for title in titles(question, language=language) if title.startswith("Wood")]


@pytest.mark.parametrize(
    "question", ["Was kann man machen?", "What can be done with it?", "the", "¿Qué se puede?"]
)
def test_a_question_of_nothing_but_joining_words_is_taken_by_its_words(question):
    understood = understand(Query(question), current()).understood

    assert understood.sought
    assert understood.corrected == ""


@pytest.fixture
def rare_earths_in_upper_norrland(site_engine, committed):
    with committed():
        earths = RawMaterialFactory(code="rare-earths", name="Rare earth elements", symbol="REE")
        RawMaterialName.objects.create(
            material=earths, language="de", name="Seltene Erden", kind=NameKind.NAME
        )
        RawMaterialName.objects.create(
            material=earths, language="fr", name="terres rares", kind=NameKind.NAME
        )
        RegionFactory(code="SE", name="Sweden", level=0)
        RegionFactory(code="SE33", name="Övre Norrland", level=2)
        luleå = RegionFactory(code="SE332", name="Norrbottens län", level=3)
        VocabularyName.objects.create(
            facet=NamedFacet.REGION, value="SE33", language="en", text="Upper Norrland"
        )
        water = FocusAreaFactory(code="mine-water", name="Mine water")
        VocabularyName.objects.create(
            facet=NamedFacet.FOCUS, value="mine-water", language="pl", text="wody kopalniane"
        )
        GoodPracticePageFactory(
            title="Magnets",
            regions=[luleå],
            raw_materials=[earths],
            focus_areas=[water],
            summary="From scrap.",
        )
        GoodPracticePageFactory(title="Slag", summary="Selten, but of this earth and its upper part.")


@pytest.mark.parametrize(
    "name",
    [
        "Seltene Erden",
        "seltenen Erden",
        "terres rares",
        "rare earth elements",
        "REE",
        "Upper Norrland",
        "övre norrland",
        "Norrbottens län",
        "SE33",
        "mine water",
        "wody kopalniane",
        "Seltene Erden in Upper Norrland",
    ],
)
def test_a_name_of_several_words_finds_what_is_tagged_with_it_first(rare_earths_in_upper_norrland, name):
    found = titles(name, kind="practice")

    assert "Magnets" in found
    assert "Slag" not in found
