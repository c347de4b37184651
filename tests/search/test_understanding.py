"""What a question means, on both engines: names, synonyms, symbols, slips of the pen."""

import pytest

from regions.choices import NameKind
from regions.models import RawMaterialName
from search.lexicon import Lexicon, Meaning, current
from search.models import SynonymSet, SynonymTerm
from search.queries import search
from search.query import Query
from search.spelling import nearest
from search.understanding import understand
from tests.factories.knowledge import GoodPracticePageFactory
from tests.factories.regions import RawMaterialFactory, RegionFactory
from tests.search.conftest import titles

pytestmark = pytest.mark.django_db


def a_set(*terms):
    """A set of synonyms; a term is (language, text)."""
    synonyms = SynonymSet.objects.create(name=terms[0][1])
    for language, text in terms:
        SynonymTerm.objects.create(synonyms=synonyms, language=language, text=text)
    return synonyms


def test_a_new_synonym_works_on_the_next_search_without_an_index(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Bauxite residue in cement")
        GoodPracticePageFactory(title="Dust from a quarry")
    before = titles("red mud")

    a_set(("en", "red mud"), ("en", "bauxite residue"), ("de", "Rotschlamm"))

    assert before == []
    assert titles("red mud") == titles("Rotschlamm") == titles("Rotschlamms") == ["Bauxite residue in cement"]


def test_a_name_in_any_language_finds_what_is_tagged_with_it(site_engine, committed):
    with committed():
        lithium = RawMaterialFactory(code="lithium", name="Lithium", symbol="Li")
        RawMaterialName.objects.create(material=lithium, language="el", name="λίθιο", kind=NameKind.NAME)
        lappi = RegionFactory(code="FI1D7", name="Lappi")
        GoodPracticePageFactory(title="A mine in the north", raw_materials=[lithium], regions=[lappi])
        GoodPracticePageFactory(title="A quarry")

    assert titles("λιθιο", kind="practice") == ["A mine in the north"]
    assert titles("Li", kind="practice") == ["A mine in the north"]
    assert titles("fi1d7", kind="practice") == ["A mine in the north"]


def test_a_compound_that_nobody_knows_finds_what_its_parts_mean(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Electric trucks in an open pit mine")
        GoodPracticePageFactory(title="Trucks on a road")
        GoodPracticePageFactory(title="A quarry")
    a_set(("en", "mine"), ("sv", "gruva"))
    a_set(("en", "trucks"), ("sv", "fordon"))

    found = search(Query("gruvfordon"))

    assert found.hits[0].display["title"] == "Electric trucks in an open pit mine"
    assert titles("gruvfordon") == ["Electric trucks in an open pit mine", "Trucks on a road"]
    assert found.corrected == ""


def test_a_compound_is_taken_apart_only_where_each_part_is_known():
    a_set(("de", "Kali"), ("en", "potash"))
    a_set(("de", "Halde"), ("en", "spoil heap"))
    lexicon = current()

    assert lexicon.parts("Kalihalden") == ("kali", "halden")
    assert lexicon.parts("Kalihaldenkali") == ("kali", "halden", "kali")
    assert lexicon.parts("Kaligarten") == lexicon.parts("Gartenhalden") == lexicon.parts("Kali") == ()


def test_where_few_have_a_name_its_words_and_its_other_names_with_their_words_apart_follow(
    site_engine, committed
):
    with committed():
        GoodPracticePageFactory(title="Electronic waste in a city")
        GoodPracticePageFactory(title="Robots sort electronic boards", summary="Waste of a whole city.")
        GoodPracticePageFactory(title="Electronic maps")
        GoodPracticePageFactory(title="A quarry")
    a_set(("en", "e-scrap"), ("en", "electronic waste"))

    by_other_name, by_its_words = search(Query("e-scrap")), search(Query("electronic waste"))

    assert [hit.display["title"] for hit in by_other_name.hits] == [
        "Electronic waste in a city",
        "Robots sort electronic boards",
    ]
    assert by_its_words.hits[0].display["title"] == "Electronic waste in a city"
    assert titles("electronic waste") == [
        "Electronic maps",
        "Electronic waste in a city",
        "Robots sort electronic boards",
    ]
    assert by_other_name.understood.is_loose and by_its_words.understood.is_loose


def test_what_a_stemmer_leaves_of_a_short_word_names_nothing():
    lead = RawMaterialFactory(code="lead", name="Lead")
    RawMaterialName.objects.create(material=lead, language="hu", name="ólom", kind=NameKind.NAME)

    assert current().meaning(("ólom",)).tags == {("material", "lead")}
    assert current().meaning(("old",)).tags == set()


def test_a_slip_is_corrected_and_said_and_can_be_taken_back(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Lithium from tailings")

    corrected = search(Query("litium tailngs"))
    exact = search(Query("litium tailngs", is_exact=True))

    assert (corrected.corrected, corrected.total) == ("lithium tailings", 1)
    assert (exact.corrected, exact.total) == ("", 0)


def test_a_known_word_is_never_corrected(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Wind power")
        GoodPracticePageFactory(title="Wine from old pits")

    assert (search(Query("wine")).corrected, titles("wine")) == ("", ["Wine from old pits"])


def test_a_symbol_that_is_a_word_is_one_only_when_written_so():
    lexicon = Lexicon()
    words = [("As",), ("as",)]

    lexicon.add("", "As", True, Meaning(tags={("material", "arsenic")}))

    assert [lexicon.meaning(one).tags for one in words] == [{("material", "arsenic")}, set()]


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("tailngs", [("tailings", 3), ("failing", 1)], "tailings"),
        ("minign", [("mining", 3)], "mining"),
        ("rehabilitatoin", [("rehabilitation", 1)], "rehabilitation"),
        ("gold", [("bold", 1)], "bold"),
        ("zinc", [("tin", 9)], ""),
    ],
)
def test_the_nearest_word_has_the_fewest_slips(typed, known, meant):
    assert nearest(typed, known) == meant


@pytest.mark.parametrize(
    "text",
    [
        "x" * 20_000,
        '"',
        "\x00",
        "\u202e",
        "a:b AND (",
        "\U0001f600" * 30,
        "Ελλάδα μεταλλεία",
        "мини",
        "-",
        "As In I",
    ],
)
def test_no_question_is_an_error(text):
    understood = understand(Query(text), current())

    assert len(understood.sought) <= 30


def test_a_text_in_a_language_new_to_the_site_is_found_by_its_stems(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Slag", source_language="en")
    before = understand(Query(text="Halden"), current()).understood.written_in

    with committed():
        GoodPracticePageFactory(title="A heap", title_original="Begrünte Halde", source_language="de")

    assert before == ("en",)
    assert understand(Query(text="Halden"), current()).understood.written_in == ("de", "en")
    assert titles("Halden") == ["A heap"]


def test_other_words_for_the_same_name_no_place(site_engine, committed):
    with committed():
        RegionFactory(code="ES6", name="Sur")
        RegionFactory(code="CH032", name="Basel-Landschaft")
        GoodPracticePageFactory(title="Acid water of a mine")
        GoodPracticePageFactory(title="A landscape park")
    a_set(("en", "acid"), ("sv", "sur"))
    a_set(("en", "landscape"), ("de", "Landschaft"))

    assert titles("acid") == ["Acid water of a mine"]
    assert titles("Landschaft") == titles("paysage landscape") == ["A landscape park"]
    assert titles("Basel-Landschaft") == ["Basel-Landschaft"]


def test_pages_in_a_place_are_not_found_by_a_synonym_that_is_spelt_like_it(site_engine, committed):
    with committed():
        sur = RegionFactory(code="ES6", name="Sur")
        GoodPracticePageFactory(title="A quarry", regions=[sur])
    a_set(("en", "acid"), ("sv", "sur"))

    assert titles("acid") == []


def test_a_narrower_word_is_found_with_its_set_and_does_not_stand_for_it(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Robots underground")
        GoodPracticePageFactory(title="Automation of a plant")
    synonyms = a_set(("en", "automation"), ("de", "Automatisierung"))
    SynonymTerm.objects.create(synonyms=synonyms, language="en", text="robots", is_narrower=True)

    assert titles("Automatisierung") == ["Automation of a plant", "Robots underground"]
    assert titles("robots") == ["Robots underground"]


def test_the_known_part_of_a_compound_counts_where_its_end_is_unknown(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Bauxite residue in cement")
    a_set(("de", "Rotschlamm"), ("en", "bauxite residue"))

    found = search(Query("Rotschlammdepot"))

    assert [hit.display["title"] for hit in found.hits] == ["Bauxite residue in cement"]
    assert found.understood.unknown == ("Rotschlammdepot",)
    assert found.corrected == ""


@pytest.mark.parametrize(
    ("typed", "code"), [("GR", "EL"), ("EL", "EL"), ("GB", "UK"), ("UK", "UK"), ("uk", "UK")]
)
def test_the_codes_of_a_country_mean_the_country_and_nothing_that_begins_so(
    site_engine, committed, typed, code
):
    names = {"EL": "Greece", "UK": "United Kingdom"}
    with committed():
        for country, name in names.items():
            region = RegionFactory(code=country, name=name, level=0)
            GoodPracticePageFactory(title=f"A practice of {country}", regions=[region])
        GoodPracticePageFactory(title="Green growth in Great Ukrainian pits")

    found = search(Query(typed))

    assert [hit.display["title"] for hit in found.hits] == [names[code], f"A practice of {code}"]


def test_names_with_an_apostrophe_stay_whole(site_engine, committed):
    with committed():
        RegionFactory(code="ITF11", name="L’Aquila")
        RegionFactory(code="FR108", name="Val-d’Oise")
        RegionFactory(code="FRE21", name="Oise")

    for typed in ("L'Aquila", "l’aquila", "Aquila", "L’AQUILA"):
        assert titles(typed) == ["L’Aquila"]
    for typed in ("Val-d'Oise", "Val d’Oise", "val d oise"):
        assert search(Query(typed)).hits[0].display["title"] == "Val-d’Oise"


def test_a_lost_letter_never_stands_in_a_correction(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Rehabilitation of a heap")

    found = search(Query("r\ufffdhabilitation"))

    assert found.corrected == "rehabilitation"
    assert [hit.display["title"] for hit in found.hits] == ["Rehabilitation of a heap"]


def test_a_word_that_stands_alone_is_no_joining_word_of_another_language(site_engine, committed):
    with committed():
        GoodPracticePageFactory(title="Forest on a heap")
    a_set(("en", "forest"), ("cs", "les"))

    assert titles("les") == ["Forest on a heap"]
