from django.core.management.base import BaseCommand

from home import site_setup
from home.models import Operator
from search.importing import import_synonyms


class Command(BaseCommand):
    help = "Make or complete the page tree, groups, permissions, workflow and synonyms. Safe to repeat."

    def handle(self, *args, verbosity, **options):
        made = site_setup.set_up_site()
        if changed := import_synonyms().changed:
            made.append(f"Loaded {changed} sets of synonyms.")
        for line in [*made, *Operator.of_the_site().problems()]:
            if verbosity:
                self.stdout.write(line)
