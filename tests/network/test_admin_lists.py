"""Lists of the admin as files, Wagtail's own among them."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.factories import GoodPracticePageFactory, UserFactory

pytestmark = pytest.mark.django_db

HISTORY = "/admin/reports/site-history/"
HOSTILE = "=1+1;=2+2"


@pytest.fixture
def root(signed_in):
    return signed_in(UserFactory(is_superuser=True))


def body(response):
    return b"".join(response.streaming_content)


def test_no_list_of_wagtail_runs_a_formula(root):
    GoodPracticePageFactory(title=HOSTILE).save_revision().publish()
    Redirect.objects.create(old_path="/=1+1", redirect_link="=cmd;=1")

    texts = [
        body(root.get(address, {"export": "csv"})).decode()
        for address in (HISTORY, "/admin/redirects/", "/admin/reports/aging-pages/")
    ]

    for text in texts:
        assert "=1" in text
        for separator in (",", ";", "\t"):
            cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_a_workbook_has_the_words_and_moments_themselves(root):
    GoodPracticePageFactory(title=HOSTILE).save_revision().publish()

    response = root.get(HISTORY, {"export": "xlsx"})

    headings, *rows = openpyxl.load_workbook(io.BytesIO(body(response))).active.iter_rows()
    cells = [{head.value: cell for head, cell in zip(headings, row, strict=True)} for row in rows]
    mine = next(row for row in cells if row["Name"].value == HOSTILE)
    assert mine["Name"].data_type == "s"
    assert mine["Date/Time"].value.date() == dt.datetime.now().astimezone().date()
    assert response["Content-Disposition"].startswith('attachment; filename="audit-log-')
