import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from regions.importing.vocabulary import SHIPPED
from regions.models import FocusArea, RawMaterial, RawMaterialName, VocabularyName

MODELS = (RawMaterial, RawMaterialName, FocusArea, VocabularyName)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, to spoil."""
    for path in SHIPPED.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def run(*args):
    out = StringIO()
    call_command("import_vocabulary", *args, stdout=out)
    return out.getvalue()


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder):
    with pytest.raises(CommandError) as refused:
        run("--folder", folder)
    assert [model.objects.count() for model in MODELS] == [0, 0, 0, 0]
    return str(refused.value)


def test_the_shipped_vocabulary_loads_and_loads_again_without_change():
    first, second = run(), run()

    rows = sum(model.objects.count() for model in MODELS)
    assert first == f"{rows} created, 0 updated, 0 unchanged.\n"
    assert second == f"0 created, 0 updated, {rows} unchanged.\n"


def test_materials_carry_their_flags_and_members():
    run()

    light = RawMaterial.objects.get(code="rare-earths-light")
    assert RawMaterial.objects.filter(is_critical=True).count() == 34
    assert (light.is_critical, light.is_strategic, light.parent.code) == (True, False, "rare-earths")
    assert set(light.members.values_list("code", "is_strategic")) == {
        ("cerium", True),
        ("lanthanum", False),
        ("neodymium", True),
        ("praseodymium", True),
        ("samarium", True),
    }


def test_one_word_can_lead_to_two_materials():
    run()

    assert set(
        RawMaterialName.objects.filter(name="coltan", language="en").values_list("material__code", flat=True)
    ) == {
        "niobium",
        "tantalum",
    }


def test_what_an_editor_changed_in_the_files_is_brought_up_to_date(folder):
    run()
    spoil(folder, "focus_areas.csv", "Skills and education", "Skills for change")
    spoil(folder, "raw_materials.csv", ",Tungsten,W,", ",Tungsten (wolfram),W,")

    out = run("--folder", folder)

    assert "0 created, 2 updated" in out
    assert FocusArea.objects.get(code="skills").name == "Skills for change"
    assert RawMaterial.objects.get(code="tungsten").name == "Tungsten (wolfram)"


def test_what_the_files_leave_out_stays(folder):
    run()
    FocusArea.objects.create(code="own", name="Our own")

    run("--folder", folder)

    assert FocusArea.objects.filter(code="own").exists()


def test_a_dry_run_changes_nothing():
    out = run("--dry-run")

    assert out.startswith("Nothing was changed. It would be:\n")
    assert not RawMaterial.objects.exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("raw_materials.csv", "ferro-alloy", "heavy metal", "column “group”, “heavy metal”"),
        (
            "raw_materials.csv",
            ",element,rare-earths-light,",
            ",element,rare-dirts,",
            "column “parent”, “rare-dirts”: There is no raw",
        ),
        (
            "raw_materials.csv",
            ";osmium;",
            ";unobtainium;",
            "column “members”, “unobtainium”: There is no raw",
        ),
        (
            "raw_materials.csv",
            ",1,0,",
            ",yes,0,",
            "column “is_critical”, “yes”: Write 1 for yes and 0 for no.",
        ),
        (
            "raw_materials.csv",
            "copper,Copper,",
            "cobalt,Copper,",
            "column “code”, “cobalt”: This stands in the file",
        ),
        ("raw_materials.csv", "code,", "kode,", "row 1, column “code”: The column is missing."),
        ("material_names.csv", ",de,", ",xx,", "column “language”, “xx”"),
        ("material_names.csv", "aluminium,", "unobtainium,", "column “code”, “unobtainium”: There is no raw"),
        ("focus_areas.csv", ",10", ",ten", "column “order”, “ten”"),
        ("stage_names.csv", "use,", "misuse,", "column “code”, “misuse”: There is no value-chain stage"),
        ("focus_area_names.csv", "skills,", "kills,", "column “code”, “kills”: There is no focus area"),
        ("region_names.csv", ",fr,", ",xx,", "column “language”, “xx”"),
        ("country_names.csv", ",name\n", ",nickname\n", "column “kind”, “nickname”"),
        ("any_material_names.csv", "any-strategic,", "any-nice,", "column “code”, “any-nice”"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_written(folder, name, old, new, reason):
    spoil(folder, name, old, new)

    assert reason in refusal(folder)


def test_a_name_that_stands_twice_is_refused(folder):
    with (folder / "material_names.csv").open("a", encoding="utf-8") as names:
        names.write("copper,en,cuprum,alias\ncopper,en,cuprum,alias\n")

    assert "This name stands in the file already" in refusal(folder)
