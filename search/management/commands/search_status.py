import sys
from datetime import UTC, datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from search import engines, notes, status
from search.models import SearchDocument


class Command(BaseCommand):
    help = "Say which engine answers and what it has not seen yet. Exit status 1: something waits or fails."

    def handle(self, *args, **options):
        summary = status.summary()
        public = SearchDocument.objects.public().count()
        self.stdout.write(f"Answering: {summary['engine'] or 'none'} ({summary['state']})")
        self.stdout.write(f"Public items: {public}, waiting to be described: {summary['dirty']}")
        for name in engines.names():
            state = status.state_of(name)
            held = "no index" if state["items"] is None else f"{state['items']} items"
            self.stdout.write(f"{name}: {held}, {state['behind']} rows not sent")
            if state["problem"]:
                self.stdout.write(f"  {state['problem']}")
            if rebuilt := notes.last_rebuild(name):
                when = timezone.localtime(datetime.fromtimestamp(rebuilt["at"], UTC))
                self.stdout.write(
                    f"  last rebuild {when:%Y-%m-%d %H:%M}: {rebuilt['rows']} rows in {rebuilt['seconds']} s"
                )
        self.stdout.write(f"Oldest waiting: {summary['oldest_unsent_seconds']} s")
        if summary["state"] != status.OK or summary["dirty"] or summary["behind"]:
            sys.exit(1)
