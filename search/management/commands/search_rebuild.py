from django.core.management.base import BaseCommand, CommandError

from search import engines, indexing, sync
from search.engines.answer import EngineFailed
from search.engines.index_folder import Busy


class Command(BaseCommand):
    help = "Describe every public item anew and make the search indexes from that, while the old ones answer."

    def add_arguments(self, parser):
        parser.add_argument(
            "--engine",
            choices=[engines.EMBEDDED, engines.ELASTICSEARCH],
            help="Make only this index (default: all that are set up).",
        )

    def handle(self, *args, engine, **options):
        if engine and engine not in engines.names():
            raise CommandError("Elasticsearch is not set up: set ELASTICSEARCH_URL.")
        sync.mark_everything()
        built = sync.build_dirty()
        self.stdout.write(f"{built} items described.")
        for name in [engine] if engine else engines.names():
            try:
                self.stdout.write(f"{name}: {indexing.rebuild(name)} rows in a new index.")
                indexing.drain(name)
            except (EngineFailed, Busy) as error:
                raise CommandError(f"{name}: {error}") from error
