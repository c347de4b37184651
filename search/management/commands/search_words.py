from collections import Counter
from itertools import groupby

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search import lexicon
from search.models import SynonymTerm
from search.queries import search
from search.query import Query

NOTHING = "nothing"


class Command(BaseCommand):
    help = (
        "Look for every word of the sets of synonyms and print what comes first, beside what comes first for "
        "most of its set. Words that stand alone in what they find are marked *, places among the first -."
    )

    def add_arguments(self, parser):
        parser.add_argument("--set", metavar="NAME", help="Only sets with this in their name.")
        parser.add_argument("--language", metavar="CODE", help="Only words of this language.")
        parser.add_argument("--odd", action="store_true", help="Only words marked * or -.")

    def handle(self, *args, odd, verbosity, **options):
        terms = SynonymTerm.objects.filter(synonyms__is_active=True).select_related("synonyms")
        if options["set"]:
            terms = terms.filter(synonyms__name__icontains=options["set"])
        if options["language"]:
            terms = terms.filter(language=options["language"])
        words = lexicon.current()
        terms = tqdm(
            terms.order_by("synonyms__name", "language", "pk"), disable=True if not verbosity else None
        )
        for name, members in groupby(terms, key=lambda term: term.synonyms.name):
            self.print(name, [(term, first_found(term, words)) for term in members], odd)

    def print(self, name, found, odd):
        """The set, what most of its words find, and its words with what each finds and how much."""
        usual, times = Counter(first for _term, (first, _total) in found).most_common(1)[0]
        self.stdout.write(f"{name}: {usual} ({times} of {len(found)})")
        for term, (first, total) in found:
            mark = "-" if first.startswith("region:") else " " if first == usual else "*"
            if mark == " " and odd:
                continue
            kind = " (narrower)" if term.is_narrower else ""
            self.stdout.write(f"  {mark} {term.language or '--'}  {term.text}{kind}: {total}, {first}")


def first_found(term, words):
    """What comes first for the word, as "kind: title", and how much is found."""
    results = search(Query(term.text, page_size=1, language=term.language or "en"), words)
    first = next((f"{hit.kind}: {hit.display['title']}" for hit in results.hits), NOTHING)
    return first, results.total
