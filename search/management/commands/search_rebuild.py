from django.core.management.base import BaseCommand, CommandError

from search import engines, indexing, sync
from search.engines.answer import EngineFailed
from search.engines.index_folder import Busy
from search.management.watching import bar


class Command(BaseCommand):
    help = (
        "Describe every public item anew and make the search indexes from that, while the old ones answer. A "
        "new index is compared with what it was given before it is used. Exit status 1: one was not made."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--engine",
            choices=[engines.EMBEDDED, engines.ELASTICSEARCH],
            help="Make only this index (default: all that are set up).",
        )
        parser.add_argument(
            "--rollback",
            action="store_true",
            help="Make nothing: have the Elasticsearch index before the one in use answer again.",
        )

    def handle(self, *args, engine, rollback, **options):
        names = [engines.ELASTICSEARCH] if rollback else [engine] if engine else engines.names()
        if not set(names) <= set(engines.names()):
            raise CommandError("Elasticsearch is not set up: set ELASTICSEARCH_URL.")
        if rollback:
            self.roll_back()
        else:
            self.rebuild_all(names)

    def rebuild_all(self, names):
        sync.mark_everything()
        self.stdout.write(f"{sync.build_dirty(watched=bar(' items'))} items described.")
        failed = [name for name in names if not self.rebuild(name)]
        if failed:
            raise CommandError(f"Not made: {', '.join(failed)}.")

    def rebuild(self, name):
        try:
            self.stdout.write(f"{name}: {indexing.rebuild(name, bar(' rows'))} rows in a new index.")
            indexing.drain(name)
        except (EngineFailed, Busy) as error:
            self.stderr.write(f"{name}: {error} The index before goes on answering if there is one.")
            return False
        return True

    def roll_back(self):
        try:
            index = indexing.roll_back(engines.ELASTICSEARCH)
            sent = indexing.drain(engines.ELASTICSEARCH)
        except (EngineFailed, Busy) as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        self.stdout.write(f"{index} answers again; {sent} rows that it did not have were sent to it.")
