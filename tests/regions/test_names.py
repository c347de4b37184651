"""Names of materials, stages, focus areas and regions in many languages: loaded, kept, asked for."""

import csv
import shutil

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from regions.choices import Language, Stage
from regions.importing.vocabulary import SHIPPED
from regions.models import FocusArea, RawMaterial, Region, VocabularyName
from regions.queries import KnownName, names_in_all_languages
from tests.factories.regions import RegionFactory

EU_LANGUAGES = {*Language.values} - {Language.NO, Language.SE, Language.UK}
ALL_LANGUAGES = EU_LANGUAGES | {Language.NO}
EU_AND_EFTA = (
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT"}
    | {"LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
    | {"CH", "IS", "LI", "NO"}
)

pytestmark = pytest.mark.django_db


def rows_of(name):
    with (SHIPPED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def languages_by_code(*files):
    found = {}
    for file in files:
        for row in rows_of(file):
            if row["kind"] != "symbol":
                found.setdefault(row["code"], set()).add(row["language"])
    return found


@pytest.fixture
def folder(tmp_path):
    for path in SHIPPED.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def load(folder=SHIPPED):
    call_command("import_vocabulary", "--folder", folder, verbosity=0)


def test_each_critical_material_has_a_name_in_all_24_eu_languages_and_norwegian():
    named = languages_by_code("material_names.csv")
    critical = [row["code"] for row in rows_of("raw_materials.csv") if row["is_critical"] == "1"]

    # The material's own name is the English one.
    missing = {code: ALL_LANGUAGES - named[code] - {"en"} for code in critical}
    assert len(critical) == 34
    assert not any(missing.values())


def test_each_stage_and_focus_area_has_a_name_in_all_24_eu_languages_and_norwegian():
    stages = languages_by_code("stage_names.csv")
    areas = languages_by_code("focus_area_names.csv")

    assert set(stages) == set(Stage.values)
    assert set(areas) == {row["code"] for row in rows_of("focus_areas.csv")}
    assert {
        code: ALL_LANGUAGES - have for code, have in (stages | areas).items() if ALL_LANGUAGES - have
    } == {}


def test_each_country_has_a_name_in_all_24_eu_languages_and_norwegian():
    named = languages_by_code("country_names.csv", "region_names.csv")
    countries = {row["code"] for row in rows_of("nuts_2024.csv") if row["level"] == "0"}

    assert countries >= EU_AND_EFTA | {"UK", "UA", "RS", "AL", "MK", "ME", "BA", "XK", "TR"}
    missing = {code: ALL_LANGUAGES - named[code] - {"en"} for code in countries}
    assert not any(missing.values())


def test_names_of_regions_are_of_regions_that_exist():
    known = {row["code"] for row in rows_of("nuts_2024.csv")}

    assert {row["code"] for row in rows_of("region_names.csv")} <= known


@pytest.mark.parametrize(
    ("language", "text", "facet", "value"),
    [
        ("lt", "litis", "material", "lithium"),
        ("mt", "kobalt", "material", "cobalt"),
        ("ga", "tearc-chré-dhúile", "material", "rare-earths"),
        ("pl", "wydobycie", "stage", "extraction"),
        ("fi", "malminetsintä", "stage", "exploration"),
        ("el", "αδειοδότηση", "focus", "permitting"),
        ("de", "Grubenwasser", "focus", "mine-water"),
        ("fi", "Ruotsi", "region", "SE"),
        ("hu", "Lengyelország", "region", "PL"),
        ("sv", "Lappland", "region", "FI1D7"),
        ("fr", "Silésie", "region", "PL22"),
        ("", "SRM", "material", "any-strategic"),
    ],
)
def test_names_in_other_languages_lead_to_a_value(language, text, facet, value):
    RegionFactory(code="SE", name="Sweden")
    load()

    found = [name for name in names_in_all_languages() if (name.language, name.text) == (language, text)]

    assert found == [KnownName(facet, value, language, text, text == "SRM")]


def test_names_that_are_common_words_elsewhere_count_only_as_written_or_not_at_all():
    load()

    names = {(name.language, name.text): name.is_symbol for name in names_in_all_languages()}

    # Hungarian tin reads like English "on"; Maltese peat and copper like the pit and the ram of any mine.
    assert names["hu", "ón"]
    assert not {("mt", "pit"), ("mt", "ram"), ("fr", "or")} & set(names)


def test_symbols_and_formulas_count_only_as_written():
    RawMaterial.objects.create(code="arsenic", name="Arsenic", symbol="As", group="non-ferrous")

    names = {name for name in names_in_all_languages() if name.facet == "material"}

    assert names == {
        KnownName("material", "arsenic", "en", "Arsenic", False),
        KnownName("material", "arsenic", "", "As", True),
    }


def test_a_region_is_known_by_code_latin_and_local_name_and_without_its_designation():
    RegionFactory(code="EL", name="Greece")
    RegionFactory(code="EL53", name="Dytiki Makedonia", name_local="Δυτική Μακεδονία")
    RegionFactory(code="NO072", name="Troms/Romsa/Tromssa")
    RegionFactory(code="CZ032", name="Plzeňský kraj")
    RegionFactory(code="PT19", name="Centro (PT)")

    names = [name for name in names_in_all_languages() if name.facet == "region"]

    assert {(name.value, name.text, name.is_symbol) for name in names} == {
        ("EL", "EL", True),
        ("EL", "GR", True),
        ("EL", "Greece", False),
        ("EL53", "EL53", True),
        ("EL53", "Dytiki Makedonia", False),
        ("EL53", "Δυτική Μακεδονία", False),
        ("NO072", "NO072", True),
        ("NO072", "Troms", False),
        ("NO072", "Romsa", False),
        ("NO072", "Tromssa", False),
        ("CZ032", "CZ032", True),
        ("CZ032", "Plzeňský kraj", False),
        ("CZ032", "Plzeňský", False),
        ("PT19", "PT19", True),
        # "centro" is an ordinary word: only the name is meant when it is written as one.
        ("PT19", "Centro", True),
    }


def test_each_name_comes_once_and_asking_for_all_takes_five_queries(django_assert_num_queries):
    load()

    with django_assert_num_queries(5):
        names = list(names_in_all_languages())

    assert len(names) == len(set(names))
    assert {name.facet for name in names} == {"material", "stage", "focus", "region"}


def test_loading_again_changes_nothing_and_an_editors_own_names_stay():
    load()
    FocusArea.objects.get(code="mine-waste")
    own = VocabularyName.objects.create(
        facet="focus", value="mine-waste", language="de", text="Haldenmaterial"
    )
    VocabularyName.objects.filter(text="Bergbauabfälle").update(is_used=False)
    before = list(VocabularyName.objects.order_by("pk").values())

    load()

    assert list(VocabularyName.objects.order_by("pk").values()) == before
    texts = {name.text for name in names_in_all_languages()}
    assert (own.text in texts, "Bergbauabfälle" in texts) == (True, False)


def test_a_name_that_the_files_no_longer_have_goes_unless_an_editor_wrote_it(folder):
    path = folder / "stage_names.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + "use,en,wrong word,alias\n", encoding="utf-8")
    load(folder)
    VocabularyName.objects.create(facet="stage", value="use", language="en", text="our word")
    path.write_text(whole, encoding="utf-8")

    load(folder)

    assert set(VocabularyName.objects.filter(text__in=["wrong word", "our word"]).values_list("text")) == {
        ("our word",)
    }


def test_a_name_that_an_editor_wrote_first_stays_the_editors():
    own = VocabularyName.objects.create(facet="stage", value="use", language="en", text="use phase")

    load()

    assert VocabularyName.objects.get(text="use phase", language="en", value="use") == own
    assert not VocabularyName.objects.get(pk=own.pk).is_shipped


def test_a_name_that_stands_twice_is_refused(folder):
    with (folder / "region_names.csv").open("a", encoding="utf-8") as names:
        names.write("SE,fi,Ruotsi,alias\n")

    with pytest.raises(CommandError, match="This name stands in the files already"):
        load(folder)


def test_a_name_for_something_the_site_does_not_have_is_refused_in_the_admin():
    Region.objects.all().delete()

    with pytest.raises(ValidationError) as refused:
        VocabularyName(facet="region", value="SE999", language="sv", text="Ingenstans").full_clean()

    assert refused.value.message_dict == {"value": ["There is no region with this code."]}
