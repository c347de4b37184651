import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from knowledge.importing import checking, reading, template, writing
from knowledge.importing.vocabulary import Vocabulary
from knowledge.models import SectionPage
from language.typed import as_line
from regions.importing.spreadsheet.cell import Unreadable
from regions.models import FocusArea, Region

# A file that is wrong throughout is not worth more lines than anybody reads.
MOST_LINES = 1000


class Command(BaseCommand):
    help = (
        "Import good practices from a spreadsheet file. All rows are checked first; when one is wrong, "
        "nothing is written. May be repeated: rows are known by their id within the set, and pages that "
        "somebody edited since are left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="XLSX, XLS, ODS, or CSV in UTF-8.")
        parser.add_argument("--set", default="practices", help="Name of the import set (default: practices).")
        parser.add_argument(
            "--publish", action="store_true", help="Publish what is imported; else it is a draft."
        )
        parser.add_argument(
            "--skip-bad", action="store_true", help="Write the good rows although others are wrong."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Check and say what would happen, write nothing."
        )
        parser.add_argument(
            "--template", type=Path, metavar="PATH", help="Write an empty XLSX file to fill in."
        )

    def handle(self, *args, file, template: Path | None, **options):
        if template:
            return self.write_template(template)
        if not file:
            raise CommandError("Name a file to import, or --template PATH for an empty one.")
        if not options["set"] or len(options["set"]) > 50:
            raise CommandError("The name of an import set has 1 to 50 characters.")
        if not SectionPage.objects.filter(slug=writing.SECTION).exists():
            raise CommandError("The site has no section for good practices yet. Run set_up_site first.")
        if not (Region.objects.exists() and FocusArea.objects.exists()):
            raise CommandError(
                "The site has no regions or focus areas yet. Run import_nuts and import_vocabulary first."
            )
        return self.import_file(file, **options)

    def write_template(self, path):
        if path.suffix.lower() != ".xlsx":
            raise CommandError("The template is an Excel workbook: let its name end in .xlsx.")
        try:
            template.write(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror or error}.") from None
        self.stdout.write(f"Wrote {path}. Fill in the sheet “{reading.SHEET}”, one good practice a row.")

    def import_file(self, file, *, skip_bad, dry_run, publish, verbosity, **options):
        self.lines, name = 0, as_line(file.name)
        try:
            with reading.open_table(file) as table:
                checked = checking.check(
                    table,
                    Vocabulary(),
                    lambda remark: self.tell(remark, name),
                    timezone.localdate(),
                )
        except Unreadable as error:
            where = f", row {error.row}" if error.row else ""
            raise CommandError(f"{name}{where}: {error}\nNothing was written.") from None
        with checked.spool:
            if self.lines > MOST_LINES:
                self.stdout.write(f"… and {self.lines - MOST_LINES} more lines like these.")
            if checked.problems and (checked.unusable or not skip_bad):
                raise CommandError(
                    f"{number_of(checked.problems, 'problem')} in {number_of(checked.rows, 'row')}. "
                    "Nothing was written."
                )
            if checked.problems:
                wrong = checked.rows - checked.good
                self.stdout.write(
                    f"{number_of(checked.problems, 'problem')}; left out: "
                    f"{wrong} of {number_of(checked.rows, 'row')}."
                )
            if dry_run:
                results = writing.plan(checked.lines(), import_set=options["set"])
            else:
                results = writing.write(checked.lines(), import_set=options["set"], publish=publish)
            self.conclude(name, list(self.watched(results, checked.good)), dry_run)

    def tell(self, remark, file_name):
        """Print a remark, of those on rows not more than anybody reads."""
        self.lines += bool(remark.row)
        if not remark.row or self.lines <= MOST_LINES:
            self.stdout.write(remark.line(file_name))

    def watched(self, results, total):
        """The results as they come, with a progress bar when a person watches."""
        return tqdm(results, total=total, unit=" practices", disable=not sys.stderr.isatty(), leave=False)

    def conclude(self, name, results, dry_run):
        for result in results:
            if result.outcome == writing.Outcome.LEFT_ALONE:
                self.stdout.write(f"{name}, id {result.external_id}: left alone. {result.reason}")
        counted, published = writing.summary(results)
        numbers = ", ".join(f"{number} {outcome}" for outcome, number in counted.items())
        read = number_of(len(results), "practice")
        if dry_run:
            self.stdout.write(f"{read} would be: {numbers}. Nothing was written.")
        else:
            self.stdout.write(f"{read}: {numbers}. {published} published.")


def number_of(number, thing):
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
