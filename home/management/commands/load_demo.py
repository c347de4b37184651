from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import accounts, loading, removal


class Command(BaseCommand):
    help = (
        "Load real practices, projects and instruments with their sources, and examples that are marked "
        "as such. "
        "May be repeated; what people edited stays as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do nothing when the site has any content.")
        parser.add_argument("--remove", action="store_true", help="Take the examples away again.")
        parser.add_argument("--force", action="store_true", help="Load also where PRODUCTION is set.")

    def handle(self, *args, once, remove, force, verbosity, **options):
        if remove:
            lines = removal.remove_examples()
        elif once and loading.has_content():
            lines = ["The site has content already; nothing was loaded."]
        elif settings.PRODUCTION and not force:
            raise CommandError(
                "This is a production site: demo content would stand beside real content. "
                "Add --force if that is what you want."
            )
        else:
            password = loading.load()
            lines = ["Demo content is loaded.", accounts.announcement(password or None)]
        if verbosity:
            self.stdout.write("\n".join(lines))
