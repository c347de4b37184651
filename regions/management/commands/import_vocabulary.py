from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.importing.table import Refused
from regions.importing.vocabulary import SHIPPED, import_vocabulary


class Command(BaseCommand):
    help = "Load raw materials, focus areas and their names from the CSV files the site ships. Repeatable."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=SHIPPED, help="where the CSV files are")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")

    def handle(self, *args, folder, dry_run, verbosity, **options):
        try:
            outcome = import_vocabulary(folder, dry_run=dry_run)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if verbosity:
            if dry_run:
                self.stdout.write(_("Nothing was changed. It would be:"))
            self.stdout.write(
                _("%(created)d created, %(updated)d updated, %(unchanged)d unchanged.") % vars(outcome)
            )
