from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.importing.table import Refused
from search.importing import SHIPPED, import_synonyms


class Command(BaseCommand):
    help = "Load the sets of synonyms the site ships. Repeatable; what an editor changed or deleted stays so."

    def add_arguments(self, parser):
        parser.add_argument(
            "--file",
            type=Path,
            default=SHIPPED,
            help="a CSV file: set,language,term,is_symbol, and is_narrower where any is",
        )

    def handle(self, *args, file, verbosity, **options):
        try:
            outcome = import_synonyms(file)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if verbosity:
            self.stdout.write(
                _(
                    "%(created)d created, %(updated)d updated, %(removed)d removed, %(unchanged)d unchanged, "
                    "%(kept)d left as an editor wants them."
                )
                % vars(outcome)
            )
