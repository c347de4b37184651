import io

import pytest
from django.core.management import CommandError, call_command

from search import status
from search.models import SearchDocument, SynonymSet, SynonymTerm
from tests.factories import GoodPracticePageFactory, RegionFactory
from tests.search.conftest import titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def said(*command):
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().splitlines()


def test_a_rebuild_finds_what_nobody_told_and_forgets_what_is_gone(committed):
    with committed():
        gone = GoodPracticePageFactory(title="Tailings gone")
    RegionFactory(name="Tailingshire")
    SearchDocument.objects.filter(kind="").delete()
    type(gone).objects.filter(pk=gone.pk).update(live=False)

    lines = said("search_rebuild")

    assert lines == ["2 items described.", "embedded: 2 rows in a new index."]
    assert titles("tailings") == ["Tailingshire"]


def test_one_engine_can_be_rebuilt_and_only_one_that_is_set_up():
    assert said("search_rebuild", "--engine=embedded")[-1] == "embedded: 0 rows in a new index."
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("search_rebuild", "--engine=elasticsearch")


def test_status_says_what_waits_and_leaves_with_1_while_anything_does(committed):
    RegionFactory(name="Lapland")

    with pytest.raises(SystemExit) as waiting:
        said("search_status")
    said("search_sync")

    assert waiting.value.code == 1
    assert [line for line in said("search_status") if "last rebuild" not in line] == [
        "Answering: embedded (ok)",
        "Public items: 1, waiting to be described: 0",
        "embedded: 1 items, 0 rows not sent",
        "Oldest waiting: 0 s",
    ]


def test_the_summary_is_plain_values(committed):
    with committed():
        RegionFactory(name="Lapland")

    assert status.summary() == {
        "state": "ok",
        "engine": "embedded",
        "dirty": 0,
        "behind": 0,
        "oldest_unsent_seconds": 0,
        "problems": [],
    }


def test_an_elasticsearch_that_does_not_answer_makes_the_state_degraded(settings, committed):
    with committed():
        RegionFactory(name="Lapland")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"

    summary = status.summary()

    assert (summary["state"], summary["engine"], summary["behind"]) == ("degraded", "embedded", 1)


def test_without_any_engine_search_is_down(settings, tmp_path):
    blocked = tmp_path / "a-file"
    blocked.write_text("not a folder")
    settings.VAR_DIR = blocked

    assert status.summary()["state"] == "down"


def test_staff_see_what_every_word_of_a_set_finds_and_which_differ(committed):
    with committed():
        GoodPracticePageFactory(title="Robots in a mine under a hill")
        GoodPracticePageFactory(title="Automation")
    synonyms = SynonymSet.objects.create(name="Automation")
    for language, text, is_narrower in (
        ("en", "automation", False),
        ("de", "Automatisierung", False),
        ("en", "robots", True),
    ):
        SynonymTerm.objects.create(synonyms=synonyms, language=language, text=text, is_narrower=is_narrower)

    assert said("search_words", "--verbosity=0") == [
        "Automation: practice: Automation (2 of 3)",
        "    de  Automatisierung: 2, practice: Automation",
        "    en  automation: 2, practice: Automation",
        "  * en  robots (narrower): 1, practice: Robots in a mine under a hill",
    ]
    assert said("search_words", "--odd", "--set=auto", "--language=de", "--verbosity=0") == [
        "Automation: practice: Automation (1 of 1)"
    ]
