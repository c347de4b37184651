from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from home.backup import archive, database, whole_site


class Command(BaseCommand):
    help = (
        "Make an empty site what a backup holds: the file is checked first, then database, files and keys "
        "are put back, what has to be erased is erased, and search is made anew."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args, file, **options):
        try:
            whole_site.restore(file.expanduser(), self.stdout.write)
        except (archive.Unusable, whole_site.Refused, database.Failed) as refusal:
            raise CommandError(str(refusal)) from refusal
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {str(error).splitlines()[0]}") from error
        except OSError as error:
            raise CommandError(f"The backup cannot be put back: {error}") from error
        # Indexes are no part of a backup: the database says all that is in them.
        call_command("search_rebuild", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write("The site is as it was saved.")
