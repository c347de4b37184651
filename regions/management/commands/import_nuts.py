from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.importing.nuts import SHIPPED, import_nuts
from regions.importing.table import Refused


class Command(BaseCommand):
    help = (
        "Load regions: by default the NUTS 2024 edition the site ships, or a table (XLSX, ODS, CSV) or a "
        "GeoJSON file. Repeatable."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED, help="a table or a GeoJSON file")
        parser.add_argument("--edition", type=int, help="year of the edition, where the file does not say it")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")

    def handle(self, *args, file, edition, dry_run, verbosity, **options):
        try:
            outcome = import_nuts(file, edition=edition, dry_run=dry_run)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if not verbosity:
            return
        for note in outcome.notes:
            self.stdout.write(_("Note: %s") % note)
        if outcome.extra_regio:
            codes = ", ".join(outcome.extra_regio)
            self.stdout.write(_("Left out, because Extra-Regio is no place: %s.") % codes)
        if dry_run:
            self.stdout.write(_("Nothing was changed. It would be:"))
        self.stdout.write(
            _("%(created)d regions created, %(updated)d updated, %(ended)d ended, %(unchanged)d unchanged.")
            % {
                "created": len(outcome.created),
                "updated": len(outcome.updated),
                "ended": len(outcome.ended),
                "unchanged": outcome.unchanged,
            }
        )
        if outcome.ended:
            self.stdout.write(_("No longer in the classification: %s.") % ", ".join(outcome.ended))
