import sys

from django.core.management.base import BaseCommand

from search import reconcile
from search.management.watching import bar

EXAMPLES = 5


class Command(BaseCommand):
    help = (
        "Compare the site's public items, the projection and every index. Exit status 1: they differ, or an "
        "engine does not answer. What merely waits for the next pass is no difference."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="Put right what differs, then look again.")

    def handle(self, *args, repair, **options):
        findings = reconcile.look(bar(" items"))
        self.report(findings)
        if repair and not findings.is_clean:
            findings = reconcile.repair(findings)
            self.stdout.write("After the repair:")
            self.report(findings)
        if not findings.is_clean:
            sys.exit(1)

    def report(self, findings):
        self.tell("not in the projection", findings.missing)
        self.tell("in the projection and not public", findings.surplus)
        self.tell("described otherwise than they are", findings.outdated)
        for name, keys in findings.indexes.items():
            self.tell(f"not in the {name} index as they should be", keys)
        for name, reason in findings.unanswered.items():
            self.stdout.write(f"{name} could not be looked at: {reason}")
        if findings.waiting:
            self.stdout.write(f"{findings.waiting} waiting for the next pass.")
        if findings.is_clean:
            self.stdout.write("Clean.")

    def tell(self, what, keys):
        if keys:
            some = ", ".join(sorted(keys)[:EXAMPLES])
            more = f" and {len(keys) - EXAMPLES} more" if len(keys) > EXAMPLES else ""
            self.stdout.write(f"{len(keys)} {what}: {some}{more}")
