import logging
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from search import sync

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Build what is dirty and send what is behind to every search engine, once or again and again."

    def add_arguments(self, parser):
        parser.add_argument("--watch", action="store_true", help="Go on until stopped.")
        parser.add_argument(
            "--seconds", type=float, default=0.5, help="Pause between two passes (default: 0.5)."
        )

    def handle(self, *args, watch, seconds, verbosity, **options):
        if not watch:
            sync.notice_missing()
            done = sync.synchronise()
            if verbosity:
                self.stdout.write("\n".join(f"{name}: {count}" for name, count in done.items()))
            return
        while True:
            try:
                sync.synchronise()
            except DatabaseError:
                logger.exception("The database did not answer; the next pass tries again.")
            close_old_connections()
            time.sleep(seconds)
