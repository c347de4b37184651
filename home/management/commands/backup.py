from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from home.backup import database, whole_site


class Command(BaseCommand):
    help = (
        "Save the whole site (database, files, keys) to a new file that only you may read, while it runs. "
        "The file holds personal data and the site's key: keep it where nobody else reads it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="such as adit-2026-11-27.backup")

    def handle(self, *args, file, **options):
        file = file.expanduser().absolute()
        try:
            contents = whole_site.save(file)
        except (whole_site.Refused, database.Failed) as refusal:
            raise CommandError(str(refusal)) from refusal
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {str(error).splitlines()[0]}") from error
        except OSError as error:
            raise CommandError(
                f"The backup was not written: {error.strerror}. Nothing is left of it."
            ) from error
        self.stdout.write(
            f"{file}: {sum(contents['rows'].values())} rows of {len(contents['rows'])} tables and "
            f"{len(contents['members'])} files, {file.stat().st_size / 1e6:.1f} MB."
        )
