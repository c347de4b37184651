"""How good the answers are: judged questions, and the command that asks them."""

import io
import math
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from home import demo
from search.evaluation.judging import Question, by_language, judge, mean, questions
from tests.knowledge.import_files import row, run, vocabulary, write_csv  # noqa: F401

SAMPLE = Path(demo.__file__).parent / "good_practices.csv"


def test_what_was_hoped_for_counts_more_the_higher_it_stands():
    question = Question("en", "mud", {"a": 3, "b": 1})
    best = 7 + 1 / math.log2(3)

    assert judge(question, ["a", "b"]).score == 1
    assert judge(question, ["b", "a"]).score == pytest.approx((1 + 7 / math.log2(3)) / best)
    assert judge(question, ["x", "a"]).score == pytest.approx(7 / math.log2(3) / best)
    assert judge(question, []).score == judge(question, ["x"] * 10 + ["a"]).score == 0


def test_the_worst_language_comes_first():
    judgements = [
        judge(Question(language, "mud", {"a": 3}), found)
        for language, found in (("en", ["a"]), ("sv", []), ("sv", ["a"]))
    ]

    assert by_language(judgements) == {"sv": 0.5, "en": 1}
    assert mean(judgements) == pytest.approx(2 / 3)
    assert mean([]) == 0


def test_the_judged_questions_are_many_in_many_languages_and_ask_for_what_the_sample_has():
    asked = questions()

    practices = {line.split(",")[0] for line in SAMPLE.read_text(encoding="utf-8-sig").splitlines()}
    assert len(asked) >= 40
    assert len({question.language for question in asked}) >= 6
    assert {grade for question in asked for grade in question.grades.values()} == {1, 2, 3}
    assert {practice for question in asked for practice in question.grades} <= practices
    assert len({(question.language, question.text) for question in asked}) == len(asked)


@pytest.fixture
def two_practices(site_engine, committed, vocabulary, tmp_path):  # noqa: F811
    """A site with two imported practices, and where to write questions about them."""
    rows = [
        row(id="GP1", title="Gold mine open to visitors"),
        row(id="GP2", title="Heat from mine water", summary="Old water."),
    ]
    with committed():
        run(write_csv(tmp_path / "p.csv", *rows), publish=True)
    return tmp_path / "judged.csv"


def evaluated(*arguments, **options):
    """What the command says, and the exit code it leaves with."""
    out = io.StringIO()
    try:
        call_command("search_evaluate", *arguments, stdout=out, verbosity=0, **options)
    except CommandError as error:
        return [*out.getvalue().splitlines(), str(error)], error.returncode
    return out.getvalue().splitlines(), 0


def judged(path, *lines):
    path.write_text("\n".join(["language,query,grades", *lines, ""]), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_answers_above_the_target_leave_with_0_and_say_so_by_engine_language_and_question(
    two_practices, site_engine
):
    file = judged(two_practices, "en,visitors,GP1:3", "en,heat from water,GP2:3", "de,Gold,GP1:3")
    target = {"embedded": "0.88", "elasticsearch": "0.90"}[site_engine]

    lines, code = evaluated(file=file, engine=site_engine)

    assert (lines, code) == (
        [
            f"{site_engine}: nDCG@10 1.000 over 3 questions, reaches {target}",
            "  de  1.000",
            "  en  1.000",
            "  1.000  de  Gold",
            "         found GP1:3 GP2:0",
            "  1.000  en  heat from water",
            "         found GP2:3",
            "  1.000  en  visitors",
            "         found GP1:3",
        ],
        0,
    )


@pytest.mark.django_db
def test_answers_under_the_target_leave_with_1_the_worst_question_first(two_practices, site_engine):
    file = judged(two_practices, "en,visitors,GP1:3", "sv,visitors,GP2:3", "en,heat,GP2:3")
    target = {"embedded": "0.88", "elasticsearch": "0.90"}[site_engine]

    lines, code = evaluated(file=file, engine=site_engine, worst=2)

    assert (lines, code) == (
        [
            f"{site_engine}: nDCG@10 0.667 over 3 questions, stays under {target}",
            "  sv  0.000",
            "  en  1.000",
            "  0.000  sv  visitors",
            "         found GP1:0",
            "         not among them GP2",
            "  1.000  en  heat",
            "         found GP2:3",
            f"Under target: {site_engine} 0.667.",
        ],
        1,
    )


@pytest.mark.django_db
def test_every_engine_in_use_is_asked(two_practices, site_engine):
    file = judged(two_practices, "en,visitors,GP1:3")

    lines, code = evaluated(file=file, worst=0)

    engines = [line.partition(":")[0] for line in lines if "nDCG" in line]
    assert (engines, code) == (["embedded", "elasticsearch"][: len(engines)], 0)
    assert site_engine in engines


@pytest.mark.django_db
def test_practices_that_are_not_there_are_named(two_practices):
    file = judged(two_practices, "en,visitors,GP1:3 GP7:2")

    lines, code = evaluated(file=file)

    assert (lines, code) == (
        [
            "1 of 2 judged practices are not on this site, among them GP7. "
            "Load them with load_demo or import_practices."
        ],
        1,
    )


@pytest.mark.django_db
def test_every_engine_in_use_searches_the_sample_as_well_as_promised():
    call_command("import_nuts", verbosity=0)
    call_command("import_vocabulary", verbosity=0)
    call_command("import_synonyms", verbosity=0)
    run(SAMPLE, publish=True)
    call_command("search_rebuild", verbosity=0)

    lines, code = evaluated(worst=0)

    assert [line for line in lines if "stays under" in line] == []
    assert code == 0
