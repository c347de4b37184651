"""How good the answers of search are, on questions that people judged.

`judged.csv` holds one question a row, in the language it is asked in, with the practices that answer it by
the id of the row they were imported from: 3 what one hoped for, 2 helps, 1 is near. Everything else is 0.
"""

import csv
import math
from dataclasses import dataclass
from pathlib import Path

JUDGED = Path(__file__).parent / "judged.csv"
SEEN = 10


@dataclass(frozen=True)
class Question:
    """One question and the grades of the practices that answer it: {external id: 1 to 3}."""

    language: str
    text: str
    grades: dict


@dataclass(frozen=True)
class Judgement:
    """How well a question was answered: nDCG@10 from 0 to 1, and the ids found, the best first."""

    question: Question
    score: float
    found: tuple


def questions(path=JUDGED):
    """The judged questions in their order."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [
            Question(row["language"], row["query"], grades_in(row["grades"])) for row in csv.DictReader(file)
        ]


def grades_in(text):
    pairs = (pair.rpartition(":") for pair in text.split())
    return {practice: int(grade) for practice, _, grade in pairs}


def judge(question, found):
    """The judgement of an answer: `found` are external ids, the best first."""
    best = sorted(question.grades.values(), reverse=True)
    got = [question.grades.get(practice, 0) for practice in found]
    ideal = gain(best)
    return Judgement(question, gain(got) / ideal if ideal else 0.0, tuple(found[:SEEN]))


def gain(grades):
    """The discounted gain of the first grades: what stands further down counts less."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:SEEN]))


def mean(judgements):
    scores = [judgement.score for judgement in judgements]
    return sum(scores) / len(scores) if scores else 0.0


def by_language(judgements):
    """{language: mean}, the worst first."""
    languages = {judgement.question.language for judgement in judgements}
    means = {
        language: mean([one for one in judgements if one.question.language == language])
        for language in languages
    }
    return dict(sorted(means.items(), key=lambda pair: (pair[1], pair[0])))
