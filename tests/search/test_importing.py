"""The sets of synonyms that come with the site: what they hold, and that an editor's word counts more."""

import csv
from collections import defaultdict

import pytest
from django.core.management import CommandError, call_command

from regions.choices import Language
from search.importing import SHIPPED, Outcome, import_synonyms
from search.models import LexiconVersion, SynonymSet, SynonymTerm

TEN_LANGUAGES = {"bg", "de", "el", "es", "fi", "fr", "it", "pl", "pt", "sv"}
HEADER = "set,language,term,is_symbol,is_narrower\n"
RED_MUD = "Red mud,en,red mud,0\nRed mud,en,bauxite residue,0\n"
ERDF = "ERDF,,ERDF,1\nERDF,,FEDER,1\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """A file of two sets, to be written anew: `file(rows)`."""

    def write(rows=RED_MUD + ERDF):
        path = tmp_path / "synonyms.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
        return path

    return write


def words(name):
    return [term.text for term in SynonymTerm.objects.filter(synonyms__name=name)]


def shipped_sets():
    sets = defaultdict(list)
    with SHIPPED.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            sets[row["set"]].append(row)
    return sets


def test_at_least_120_sets_come_with_the_site_and_60_of_them_in_ten_languages():
    sets = shipped_sets()

    in_ten = [name for name, rows in sets.items() if {row["language"] for row in rows} >= TEN_LANGUAGES]
    assert (len(sets) >= 120, len(in_ten) >= 60) == (True, True)
    assert {row["language"] for rows in sets.values() for row in rows} <= {"", *Language.values}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("red mud", "bauxite residue"),
        ("tailings", "mine waste"),
        ("CRM", "critical raw materials"),
        ("ERDF", "FEDER"),
        ("ERDF", "EFRE"),
        ("Rotschlamm", "ερυθρά ιλύς"),
        ("S3", "smart specialisation"),
        ("NIMBY", "public acceptance"),
        ("AMD", "acid mine drainage"),
    ],
)
def test_words_of_the_field_stand_together(one, other):
    together = [{row["term"] for row in rows} for rows in shipped_sets().values()]

    assert any({one, other} <= terms for terms in together)


def test_the_shipped_sets_load_and_load_again_without_change():
    number = len(shipped_sets())

    first, second = import_synonyms(), import_synonyms()

    assert (first, second) == (Outcome(created=number), Outcome(unchanged=number))
    assert SynonymSet.objects.count() == number


def test_a_changed_file_brings_sets_up_to_date(file):
    import_synonyms(file())

    outcome = import_synonyms(file(RED_MUD + "Red mud,de,Rotschlamm,0\n"))

    assert outcome == Outcome(updated=1, removed=1)
    assert words("Red mud") == ["red mud", "bauxite residue", "Rotschlamm"]
    assert not SynonymSet.objects.filter(name="ERDF").exists()


def test_a_file_says_which_words_are_narrower(file):
    import_synonyms(file(RED_MUD + "Red mud,en,red mud pond,0,1\n"))

    narrower = SynonymTerm.objects.filter(is_narrower=True)
    assert list(narrower.values_list("text", flat=True)) == ["red mud pond"]


def test_a_file_from_before_there_were_narrower_words_changes_nothing(tmp_path, file):
    import_synonyms(file())
    before = tmp_path / "before.csv"
    before.write_text("set,language,term,is_symbol\n" + RED_MUD + ERDF, encoding="utf-8")

    assert import_synonyms(before) == Outcome(unchanged=2)


def test_what_an_editor_changed_stays_whatever_the_file_says(file):
    import_synonyms(file())
    red_mud = SynonymSet.objects.get(name="Red mud")
    SynonymTerm.objects.create(synonyms=red_mud, language="hu", text="vörösiszap")
    SynonymSet.objects.filter(name="ERDF").update(is_active=False)

    outcome = import_synonyms(file(RED_MUD + "Red mud,de,Rotschlamm,0\n" + ERDF + "ERDF,,EFRE,1\n"))

    assert outcome == Outcome(kept=2)
    assert words("Red mud") == ["red mud", "bauxite residue", "vörösiszap"]
    assert words("ERDF") == ["ERDF", "FEDER"]
    assert not SynonymSet.objects.get(name="ERDF").is_active


def test_a_set_that_an_editor_deleted_does_not_come_back(file):
    import_synonyms(file())
    SynonymSet.objects.get(name="ERDF").delete()

    outcome = import_synonyms(file())

    assert outcome == Outcome(unchanged=1, kept=1)
    assert not SynonymSet.objects.filter(name="ERDF").exists()


def test_an_editors_own_set_of_the_same_name_comes_first(file):
    own = SynonymSet.objects.create(name="Red mud")
    SynonymTerm.objects.create(synonyms=own, language="en", text="our words")

    outcomes = import_synonyms(file()), import_synonyms(file())

    assert outcomes == (Outcome(created=1, kept=1), Outcome(unchanged=1, kept=1))
    assert words("Red mud") == ["our words"]


def test_an_editors_own_sets_are_not_taken_away(file):
    SynonymSet.objects.create(name="Our own")

    import_synonyms(file())

    assert SynonymSet.objects.filter(name="Our own", key=None).exists()


def test_search_learns_of_an_import_only_when_it_changed_something(file):
    import_synonyms(file())
    before = LexiconVersion.current()

    import_synonyms(file())
    unchanged = LexiconVersion.current()
    import_synonyms(file(RED_MUD))

    assert (unchanged == before, LexiconVersion.current() == before) == (True, False)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("Red mud,en,red mud,0\n", "“Red mud”: A set needs at least two terms."),
        (RED_MUD + "Red mud,en,red mud,0\n", "This term stands in the set already, for the same language."),
        (RED_MUD + "Red mud,xx,mud,0\n", "column “language”, “xx”: There is no language with this code."),
        (RED_MUD + "Red mud,en,mud,yes\n", "column “is_symbol”, “yes”: Write 1 for yes and 0 for no."),
        (RED_MUD + "Red mud,en,mud,0,yes\n", "column “is_narrower”, “yes”: Write 1 for yes and 0 for no."),
        (RED_MUD + "Red mud,en,,0\n", "column “term”: A term has 1 to 100 characters."),
        (RED_MUD + f"Red mud,en,{'m' * 101},0\n", "A term has 1 to 100 characters."),
        (RED_MUD + ",en,mud,0\n", "A set needs a name of at most 100 characters."),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(file, rows, reason):
    path = file(rows)

    with pytest.raises(CommandError) as refused:
        call_command("import_synonyms", "--file", path)

    assert reason in str(refused.value)
    assert not SynonymSet.objects.exists()


def test_the_command_says_what_it_did(file, capsys):
    call_command("import_synonyms", "--file", file())

    assert capsys.readouterr().out == (
        "2 created, 0 updated, 0 removed, 0 unchanged, 0 left as an editor wants them.\n"
    )


def test_a_new_site_has_the_shipped_sets():
    call_command("set_up_site", verbosity=0)

    assert SynonymSet.objects.filter(is_active=True).count() == len(shipped_sets())
