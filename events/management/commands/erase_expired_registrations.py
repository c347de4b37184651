from django.core.management.base import BaseCommand

from events.erasure import erase_expired


class Command(BaseCommand):
    help = "Erase what is known about participants once their event's time for it is over. Run it every day."

    def handle(self, *args, **options):
        erased = erase_expired()
        self.stdout.write(
            f"Erased {erased.registrations} registrations, {erased.participants} participants, "
            f"{erased.needs} wishes."
        )
