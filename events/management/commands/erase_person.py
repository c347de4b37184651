from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from events.erasure_on_request import erase_person
from network.mailboxes import kept


class Command(BaseCommand):
    help = (
        "Erase what is known about the person with this address, because they ask for it. What was counted "
        "stays counted; it cannot be undone."
    )

    def add_arguments(self, parser):
        parser.add_argument("address", help="the e-mail address of the person")

    def handle(self, *args, address, **options):
        try:
            # Kept before no letter had to reach an address, some may be known that none reaches.
            validate_email(kept(address))
        except ValidationError as error:
            raise CommandError(f"“{address}” is not an e-mail address.") from error
        erased = erase_person(address)
        self.stdout.write(
            f"Erased {erased.registrations} registrations, {erased.accounts} accounts, "
            f"{erased.letters} letters."
        )
