from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from knowledge.models import ImportedRecord
from search import engines, lexicon
from search.choices import Kind
from search.engines.answer import EngineFailed
from search.evaluation import judging
from search.queries import answered
from search.query import Query

# The import set of the judged practices.
JUDGED_SET = "practices"
# What the mean over all questions has to reach.
TARGETS = {engines.EMBEDDED: 0.88, engines.ELASTICSEARCH: 0.90}


class Command(BaseCommand):
    help = (
        "Ask the judged questions of search/evaluation and print how well each engine answers (nDCG@10), the "
        "worst first. Exit code 1 when an engine stays under its target."
    )

    def add_arguments(self, parser):
        parser.add_argument("--engine", choices=list(TARGETS), help="Only this engine; else all in use.")
        parser.add_argument("--worst", type=int, metavar="N", help="Print only the N worst questions.")
        parser.add_argument("--file", type=Path, default=judging.JUDGED, help="Other judged questions.")

    def handle(self, *args, engine, worst, file, verbosity, **options):
        questions, ids = judging.questions(file), imported_practices()
        judged = {practice for question in questions for practice in question.grades}
        if missing := sorted(judged - set(ids.values())):
            raise CommandError(
                f"{len(missing)} of {len(judged)} judged practices are not on this site, among them "
                f"{', '.join(missing[:5])}. Load them with load_demo or import_practices."
            )
        under = []
        for name in [engine] if engine else engines.names():
            judgements = self.judgements(name, questions, ids, is_quiet=not verbosity)
            mean = judging.mean(judgements)
            if mean < TARGETS[name]:
                under.append(f"{name} {mean:.3f}")
            self.print(name, mean, judgements, worst)
        if under:
            raise CommandError(f"Under target: {', '.join(under)}.")

    def judgements(self, name, questions, ids, is_quiet):
        words = lexicon.current()
        judgements = []
        for question in tqdm(questions, desc=name, unit=" questions", disable=True if is_quiet else None):
            query = Query(question.text, kind=Kind.PRACTICE, page_size=50)
            try:
                found = answered(
                    query, words, ask=lambda query: (engines.engine(name).search(query), name, 0.0)
                )
            except EngineFailed as error:
                raise CommandError(f"{name} cannot answer: {error}") from None
            keys = [item.key for item in found[1][0].items]
            judgements.append(judging.judge(question, [ids[key] for key in keys if key in ids]))
        return judgements

    def print(self, name, mean, judgements, worst):
        verdict = "reaches" if mean >= TARGETS[name] else "stays under"
        self.stdout.write(
            f"{name}: nDCG@{judging.SEEN} {mean:.3f} over {len(judgements)} questions, {verdict} "
            f"{TARGETS[name]:.2f}"
        )
        for language, score in judging.by_language(judgements).items():
            self.stdout.write(f"  {language}  {score:.3f}")
        for one in sorted(judgements, key=lambda one: (one.score, one.question.text))[:worst]:
            self.stdout.write(f"  {one.score:.3f}  {one.question.language}  {one.question.text}")
            shown = (f"{practice}:{one.question.grades.get(practice, 0)}" for practice in one.found)
            self.stdout.write(f"         found {' '.join(shown) or 'nothing'}")
            lost = [practice for practice in one.question.grades if practice not in one.found]
            if lost:
                self.stdout.write(f"         not among them {' '.join(lost)}")


def imported_practices():
    """{key in search: external id} of the practices that people judged; examples beside them do not count."""
    sources = ImportedRecord.objects.filter(import_set=JUDGED_SET).values_list("page_id", "external_id")
    return {f"page:{page}": external for page, external in sources}
