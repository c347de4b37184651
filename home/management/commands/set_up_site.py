from django.core.management.base import BaseCommand

from home import site_setup


class Command(BaseCommand):
    help = "Make or complete the page tree, groups, permissions and workflow. Safe to repeat."

    def handle(self, *args, verbosity, **options):
        for line in site_setup.set_up_site():
            if verbosity:
                self.stdout.write(line)
