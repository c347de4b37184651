"""All results of a search as a file: complete, safe to open, and it says what it is."""

import csv
import io
import json
import tracemalloc
from datetime import datetime

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from knowledge.models import ImportedRecord
from search import indexing
from search.documents import Document
from search.engines import EMBEDDED
from search.models import SearchDocument
from search.queries import search
from search.query import Query
from tests.factories import CollectedSourceFactory, GoodPracticePageFactory, RawMaterialFactory, RegionFactory
from tests.factories.search import findable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def body(response):
    return b"".join(response.streaming_content)


def csv_rows(client, asked=""):
    text = body(client.get(f"/search/results.csv{asked}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def workbook(client, asked=""):
    response = client.get(f"/search/results.xlsx{asked}")
    return openpyxl.load_workbook(io.BytesIO(body(response)))


def xlsx_rows(client, asked=""):
    heading, *rows = workbook(client, asked)["Results"].iter_rows(values_only=True)
    return [dict(zip(heading, [value or "" for value in row], strict=True)) for row in rows]


def json_file(client, asked=""):
    return json.loads(body(client.get(f"/search/results.json{asked}")))


@pytest.fixture
def practice(committed):
    """A practice that says everything a card can say."""
    with committed():
        finland = RegionFactory(code="FI", name="Finland", level=0)
        north = RegionFactory(code="FI1", name="Manner-Suomi", level=1, parent=finland)
        region = RegionFactory(code="FI1D", name="Pohjois- ja Itä-Suomi", level=2, parent=north)
        lithium = RawMaterialFactory(name="Lithium", code="lithium")
        page = GoodPracticePageFactory(
            title="Tailings as feedstock",
            summary="Ünïcode & more.",
            regions=[region],
            raw_materials=[lithium],
            stages={"recycling": "main", "use": "touched"},
            organisation_as_stated="A firm",
            start="2019-05",
            end="2023",
            cost_amount=12000,
        )
        ImportedRecord.objects.create(
            page=page, import_set="set", external_id="X-1", revision_id=1, fingerprint="f"
        )
    return page


def test_a_row_has_every_fact_of_a_card(client, practice):
    (row,) = json_file(client, "?kind=practice")["results"]

    assert row == {
        "id": str(practice.permanent_id),
        "reference": practice.reference,
        "external_id": "X-1",
        "kind": "practice",
        "title": "Tailings as feedstock",
        "summary": "Ünïcode & more.",
        "url": f"http://localhost:8000{practice.url}",
        "permanent_url": f"http://localhost:8000/id/{practice.permanent_id}/",
        "place": "Pohjois- ja Itä-Suomi, Finland (FI1D)",
        "nuts_codes": ["FI1D"],
        "materials": ["Lithium"],
        "material_codes": ["lithium"],
        "stages": ["Use (also)", "Recycling (main)"],
        "stages_main": ["recycling"],
        "stages_touched": ["use"],
        "evidence": "Self-reported",
        "origin": "submitted",
        "source": "",
        "organisation": "A firm",
        "year_begin": 2019,
        "year_end": 2023,
        "date": "",
        "cost_eur": 12000,
        "licence": "CC BY 4.0",
    }


def test_all_three_files_hold_the_same(client, practice):
    (plain,) = json_file(client, "?kind=practice")["results"]
    (line,) = csv_rows(client, "?kind=practice")
    (cells,) = xlsx_rows(client, "?kind=practice")

    joined = [("; ".join(value) if isinstance(value, list) else value) for value in plain.values()]
    assert list(line.values())[: len(joined)] == [str(value) for value in joined]
    assert list(cells.values()) == joined


def test_what_is_not_known_is_null_or_an_empty_cell(client):
    findable("Mud")

    (plain,) = json_file(client)["results"]
    (line,) = csv_rows(client)
    (cells,) = xlsx_rows(client)

    assert [plain[name] for name in ("year_begin", "year_end", "cost_eur")] == [None, None, None]
    for file in (line, cells):
        assert [file[name] for name in ("First year", "Last year", "Cost in euro")] == ["", "", ""]


def test_when_an_event_begins_is_a_moment_on_the_clocks_of_its_place(client):
    findable("Mud", "event", date="2027-07-10T11:30:00+03:00")

    (line,), (cells,) = csv_rows(client), xlsx_rows(client)

    on_the_clock = datetime(2027, 7, 10, 11, 30)  # noqa: DTZ001 - a workbook knows no zones
    assert (line["Date"], cells["Date"]) == ("2027-07-10T11:30:00+03:00", on_the_clock)


def test_a_file_says_what_was_asked_when_and_under_which_licence(client, practice):
    asked = "?q=tailings&kind=practice&stage=recycling"
    today = timezone.localdate().isoformat()
    about = json_file(client, asked)
    (line,) = csv_rows(client, asked)
    sheet = dict(workbook(client, asked)["About"].iter_rows(values_only=True))

    assert (about["search"], about["url"], about["total"]) == (
        "tailings, good practices, Recycling",
        f"http://localhost:8000/search/{asked}",
        1,
    )
    assert about["date"].startswith(today)
    assert about["licence"].startswith("Each item names the licence of its text.")
    for file in (line, sheet):
        assert file["Search in words"] == about["search"]
        assert file["Address of the search"] == about["url"]
        assert file["Date of this file"].startswith(today)
        assert file["Terms"] == about["licence"]


def test_what_was_collected_names_its_source_instead_of_a_licence(client, practice, committed):
    with committed():
        CollectedSourceFactory(page=practice, url="https://example.org/report")

    (row,) = json_file(client, "?kind=practice")["results"]

    assert (row["source"], row["licence"], row["origin"]) == (
        "https://example.org/report",
        "see the source",
        "collected",
    )


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_cell_is_run_as_a_formula(client, start):
    findable(f"{start} mud", summary=f'{start}|"calc"', place=start, reference=start)

    (line,) = csv_rows(client)
    sheet = workbook(client)["Results"]
    values = [value for value in line.values() if value]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]

    assert [value for value in values if value.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert {cell.data_type for cell in cells} == {"s"}
    # A workbook has the text itself.
    assert f"{start} mud".strip() in [cell.value for cell in cells]
    assert json_file(client)["results"][0]["title"] == f"{start} mud"


def test_signs_that_no_workbook_may_hold_are_left_out(client):
    findable("Mud \x0b and \ue000 more", summary="x" * 40_000)

    (line,) = csv_rows(client)
    (cells,) = xlsx_rows(client)

    assert line["Title"] == cells["Title"] == "Mud \n and  more"
    assert line["Summary"] == cells["Summary"]
    assert len(cells["Summary"]) == 32_767
    assert cells["Summary"].endswith("x… [The rest is left out: a cell holds 32,767 characters.]")


def test_the_file_has_as_many_rows_as_the_page_says_and_in_its_order(client):
    for number in range(130):
        findable(f"Mud {number:03}", facets={"stage": ["use"] if number % 2 else ["recycling"]})
    indexing.drain(EMBEDDED)

    for asked, query in (
        ("?q=mud", Query(text="mud")),
        ("?q=mud&stage=use&sort=title", Query(text="mud", facets={"stage": ("use",)}, sort="title")),
        ("?page=2&sort=newest", Query()),
    ):
        total = search(query).total
        pages = [
            search(Query(**(vars(query) | {"page": n, "page_size": 50, "understood": None})))
            for n in (1, 2, 3)
        ]
        shown = [hit.display["title"] for page in pages[: -(-total // 50)] for hit in page.hits]
        assert [row["Title"] for row in csv_rows(client, asked)] == shown
        assert [row["Title"] for row in xlsx_rows(client, asked)] == shown
        about = json_file(client, asked)
        assert ([row["title"] for row in about["results"]], about["total"]) == (shown, total)


def test_private_pages_are_in_no_file(client, committed):
    with committed():
        GoodPracticePageFactory(title="Draft", live=False)
        secret = GoodPracticePageFactory(title="Secret")
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        GoodPracticePageFactory(title="For all")

    assert [row["Title"] for row in csv_rows(client)] == ["For all"]
    assert [row["title"] for row in json_file(client)["results"]] == ["For all"]


def test_nothing_found_is_a_file_all_the_same(client):
    assert csv_rows(client, "?q=nothing") == []
    assert xlsx_rows(client, "?q=nothing") == []
    about = json_file(client, "?q=nothing")
    assert (about["total"], about["results"]) == (0, [])


def test_the_files_are_sent_as_downloads(client):
    findable("Mud")
    day = f"{timezone.localdate():%Y-%m-%d}"

    for kind, content_type in (
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        response = client.get(f"/search/results.{kind}")
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"] == f'attachment; filename="adit-search-{day}.{kind}"'
        body(response)
    assert client.get("/search/results.exe").status_code == 404
    assert client.post("/search/results.csv").status_code == 405


@pytest.mark.parametrize("rubbish", ["\x00", "'\"><script>", "-1", "9" * 400, "\U0001f600" * 30, "=cmd()"])
def test_rubbish_in_every_parameter_still_gives_a_file(client, rubbish):
    findable("Mud")
    asked = dict.fromkeys(("q", "kind", "stage", "region", "year", "page", "sort", "view"), rubbish)

    for kind in ("csv", "json", "xlsx"):
        response = client.get(f"/search/results.{kind}", asked)
        assert response.status_code == 200
        assert body(response)


def test_the_page_offers_the_files_of_what_it_shows(page):
    findable("Mud", facets={"stage": ["use"]})

    soup = page("/good-practices/?q=mud&stage=use&sort=title&view=table")
    nothing = page("/search/?q=nothing")

    assert [(link.string, link["href"]) for link in soup.select("#keep a[download]")] == [
        (name.upper(), f"/search/results.{name}?q=mud&kind=practice&stage=use&sort=title")
        for name in ("csv", "xlsx", "json")
    ]
    assert nothing.select("#keep a[download]") == []


def many(number):
    """So many practices, written at once."""
    rows = [
        SearchDocument(
            key=f"page:{10**7 + n}",
            kind="practice",
            dirty_since=timezone.now(),
            dirty=False,
            version=10**15 + n,
            **Document(
                texts={"en": {"title": f"Mud {n}", "summary": "s" * 300}},
                newest=n,
                display={"url": f"/p/{n}/", "title": f"Mud {n}", "summary": "s" * 300, "kind_label": "x"},
            ).as_row(),
        )
        for n in range(number)
    ]
    SearchDocument.objects.bulk_create(rows, batch_size=1_000)
    indexing.rebuild(EMBEDDED)


def test_five_thousand_rows_leave_in_batches_within_bounded_memory(client):
    many(5_000)

    for kind in ("csv", "json", "xlsx"):
        address = f"/search/results.{kind}?q=mud"
        with CaptureQueriesContext(connection) as queries:
            size = sum(len(part) for part in client.get(address).streaming_content)
        # Two queries a batch of five hundred, and those that read the search.
        assert len(queries) <= 2 * 10 + 12
        assert size > 100_000

    tracemalloc.start()
    for part in client.get("/search/results.csv?q=mud").streaming_content:
        assert part
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25_000_000
