from django.core.management.base import BaseCommand

from network.letters import send_waiting
from search.digests import write_due


class Command(BaseCommand):
    help = "Write the letters about saved searches that are due, and send what waits. The worker does it too."

    def handle(self, *args, **options):
        written = write_due()
        self.stdout.write(f"{written} letters written, {send_waiting()} sent.")
