"""Import files for the tests: rows as dictionaries in, CSV or XLSX out."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from knowledge.models import GoodPracticePage, ImportedRecord
from tests.factories import FocusAreaFactory, RawMaterialFactory, RegionFactory

PRACTICE = {
    "id": "GP1",
    "title": "Gold mine open to visitors",
    "country": "PL",
    "nuts_code": "PL51",
    "topic": "mining heritage and tourism",
    "materials": "gold",
    "stage": "post-mining",
    "organisation": "City of Złoty Stok",
    "start": "2016",
    "end": "",
    "cost_eur": "",
    "summary": "A disused mine was reopened as a visitor site.",
    "source": "https://example.org/gold",
}
WROTE_NOTHING = "Nothing was written."


def row(**changes):
    """A row that is right, but for the changes."""
    return PRACTICE | changes


def write_csv(path, *rows, delimiter=",", encoding="utf-8"):
    """The rows as a CSV file; their headings are those of the first."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path, *rows, formats=None):
    """The rows as a workbook; `formats` gives the number format of a column."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(list(rows[0]))
    for values in rows:
        sheet.append(list(values.values()))
    for name, number_format in (formats or {}).items():
        for line in range(2, len(rows) + 2):
            sheet.cell(line, list(rows[0]).index(name) + 1).number_format = number_format
    workbook.save(path)
    return path


def run(path, **options):
    """What the command says about the file, and whether it failed; a failure's sentence comes last."""
    out = StringIO()
    try:
        call_command("import_practices", str(path), stdout=out, **options)
    except CommandError as error:
        assert error.returncode == 1
        return [*out.getvalue().splitlines(), *str(error).splitlines()]
    return out.getvalue().splitlines()


def written():
    """How many practices there are, and how many import records."""
    return GoodPracticePage.objects.count(), ImportedRecord.objects.count()


@pytest.fixture
def vocabulary(db):
    """A handful of regions, materials and focus areas that the rows speak of."""
    for code, name in {
        "PL": "Poland",
        "PL5": "Makroregion południowo-zachodni",
        "PL51": "Dolnośląskie",
        "PL52": "Opolskie",
        "PT": "Portugal",
        "PT19": "Centro",
        "UK": "United Kingdom",
        "UKK3": "Cornwall and Isles of Scilly",
        "EL": "Greece",
    }.items():
        RegionFactory(code=code, name=name)
    RegionFactory(code="PT18", name="Alentejo", last_edition=2021)
    for code in ("gold", "copper"):
        RawMaterialFactory(code=code, name=code.capitalize())
    RawMaterialFactory(code="iron-ore", name="Iron ore").names.create(
        language="en", name="iron", kind="alias"
    )
    FocusAreaFactory(code="mining-heritage", name="Mining heritage and tourism")
    FocusAreaFactory(code="permitting", name="Permitting and policy integration")
