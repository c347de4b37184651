import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from progress.models import Indicator
from tests.factories import OrganisationFactory, PolicyInstrumentPageFactory, ProjectFactory
from tests.factories.events import LearningEventPageFactory
from tests.factories.progress import (
    TargetFactory,
    counted_event,
    counted_practice,
    indicator,
    learned,
    make_periods,
    validated_change,
)

pytestmark = pytest.mark.django_db
ADDRESSES = ["/progress/", "/progress/figures.csv", "/progress/gp/", "/progress/gp.csv"]


def workbook(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def table(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def text(response):
    return " ".join(response.content.decode().split())


def test_the_page_shows_five_counters_that_lead_to_their_records(client):
    practice = counted_practice(title="Tailings as sand")

    response = client.get("/progress/")

    assert [(counter.key, counter.value) for counter in response.context["counters"]] == [
        ("PI", 0),
        ("GP", 1),
        ("EV", 0),
        ("ORG", 0),
        ("PPL", 0),
    ]
    assert '<a href="/progress/gp/">Good practices shared</a>' in text(response)
    assert f'<a href="{practice.url}">Tailings as sand</a>' in text(client.get("/progress/gp/"))


def test_the_page_prints_every_rule(client):
    shown = client.get("/progress/").content.decode()

    assert [
        rule for rule in Indicator.objects.values_list("definition", flat=True) if rule not in shown
    ] == []


def test_a_site_without_projects_says_what_is_missing(client):
    shown = text(client.get("/progress/"))

    assert "No project has set a target here yet" in shown
    assert "No reporting periods have been set up yet" in shown
    assert "Nothing counts yet" in shown
    assert "No record fulfils the rule above so far." in text(client.get("/progress/pi/"))


def test_one_project_can_be_chosen_and_the_sum_stays_the_first_answer(client):
    emrie, other = ProjectFactory(acronym="EMRIE"), ProjectFactory(acronym="OTHER")
    for project in (emrie, other):
        TargetFactory(project=project, indicator=indicator("GP"), value=12)
        counted_practice(project=project)

    def practices(address):
        counters = client.get(address).context["counters"]
        return next((counter.value, counter.target) for counter in counters if counter.key == "GP")

    assert practices("/progress/") == (2, 24)
    assert practices("/progress/?project=EMRIE") == (1, 12)
    assert practices("/progress/?project=emrie") == (1, 12)
    assert [link["label"] for link in client.get("/progress/").context["projects"]] == [
        "All projects",
        "EMRIE",
        "OTHER",
    ]


def test_the_periods_of_the_only_project_show_beside_the_sum(client):
    project = ProjectFactory(acronym="EMRIE")
    make_periods(project, date(2025, 5, 1), date(2029, 7, 31))

    response = client.get("/progress/")

    assert "Period by period: EMRIE" in text(response)
    assert len(response.context["charts"]) == 5
    assert response.context["period_count"] == 9


def test_projects_with_periods_of_their_own_are_shown_one_at_a_time(client):
    for acronym in ("EMRIE", "OTHER"):
        make_periods(ProjectFactory(acronym=acronym), date(2025, 5, 1), date(2029, 7, 31))

    together = client.get("/progress/")
    assert "Choose one project to see its figures period by period" in text(together)
    assert "Year by year" in text(together)
    assert len(together.context["charts"]) == 5
    assert len(client.get("/progress/?project=OTHER").context["charts"]) == 5


def test_examples_are_named_as_such(client):
    counted_practice(title="A real permit desk")
    note = "Some of these records are examples made up to show the site."
    without = client.get("/progress/"), client.get("/progress/gp/")

    counted_practice(title="Example: a shared permit desk")

    assert [note in text(response) for response in without] == [False, False]
    assert [note in text(client.get(address)) for address in ("/progress/", "/progress/gp/")] == [True, True]


def test_the_list_of_records_can_be_taken_away_as_a_file(client):
    project = ProjectFactory(acronym="EMRIE")
    practice = counted_practice(title="=HYPERLINK() as a title", project=project)
    counted_practice()

    rows = table(client.get("/progress/gp.csv?project=EMRIE"))

    day = client.get("/progress/gp/").context["today"].isoformat()
    assert rows == [
        [
            "Indicator",
            "Record",
            "Title",
            "Address",
            "Counted since",
            "Project",
            "Region",
            "Because",
            "Proof",
            "Example",
        ],
        [
            "GP",
            f"page-{practice.permanent_id}",
            "'=HYPERLINK() as a title",
            f"http://localhost:8000{practice.url}",
            day,
            "EMRIE",
            "",
            "Checked and counted by an officer",
            "",
            "",
        ],
    ]


def test_the_figures_can_be_taken_away_as_a_file(client):
    project = ProjectFactory(acronym="EMRIE")
    TargetFactory(project=project, indicator=indicator("GP"), value=12, planned="2, 4")
    make_periods(project, date(2025, 5, 1), date(2026, 4, 30))
    counted_practice(project=project)

    rows = table(client.get("/progress/figures.csv?project=EMRIE"))

    today = client.get("/progress/gp/").context["today"].isoformat()
    assert [row for row in rows if row[1] == "GP"] == [
        [
            "EMRIE",
            "GP",
            "",
            "Good practices shared",
            "1",
            "2025-05-01",
            "2025-10-31",
            "0",
            "0",
            "2",
            "12",
            "",
        ],
        [
            "EMRIE",
            "GP",
            "",
            "Good practices shared",
            "2",
            "2025-11-01",
            "2026-04-30",
            "0",
            "0",
            "4",
            "12",
            "",
        ],
        ["EMRIE", "GP", "", "Good practices shared", "to date", "", today, "", "1", "", "12", ""],
    ]


def test_the_list_the_page_the_file_and_the_home_page_say_the_same_number(client):
    learned(counted_event(), organisation=OrganisationFactory())
    validated_change(PolicyInstrumentPageFactory())
    counted_practice()

    on_the_page = {counter.key: counter.value for counter in client.get("/progress/").context["counters"]}

    assert on_the_page == {"PI": 1, "GP": 1, "EV": 1, "ORG": 1, "PPL": 1}
    for key, number in on_the_page.items():
        assert client.get(f"/progress/{key.lower()}/").context["total"] == number
        assert len(table(client.get(f"/progress/{key.lower()}.csv"))) == number + 1


def test_both_tables_can_be_had_as_workbooks_with_numbers_and_days(client):
    project = ProjectFactory(acronym="EMRIE")
    make_periods(project, date(2025, 5, 1), date(2025, 10, 31))
    practice = counted_practice(project=project, title="=1+1; -2")

    figures = workbook(client.get("/progress/figures.xlsx?project=EMRIE"))
    records = workbook(client.get("/progress/gp.xlsx?project=EMRIE"))

    period = next(row for row in figures if row[1] == "GP")
    days = [datetime(2025, 5, 1), datetime(2025, 10, 31)]  # noqa: DTZ001 - a workbook knows no zones
    assert period[4:9] == [1, *days, 0, 0]
    today = datetime.combine(timezone.localdate(), datetime.min.time())
    assert [(row[2], row[4]) for row in records[1:]] == [(practice.title, today)]


@pytest.mark.parametrize(
    ("address", "name"), [("/progress/?project=EMRIE", "figures"), ("/progress/gp/?project=EMRIE", "gp")]
)
def test_a_page_leads_to_its_table_in_both_kinds(client, address, name):
    counted_practice(project=ProjectFactory(acronym="EMRIE"))

    soup = BeautifulSoup(client.get(address).content, "html.parser")

    links = [link["href"] for link in soup.select("a[download]")]

    assert links == [f"/progress/{name}.csv?project=EMRIE", f"/progress/{name}.xlsx?project=EMRIE"]


def test_people_are_not_named_anywhere(client):
    event = LearningEventPageFactory(days=-2)
    learned(event, name="Aino Korhonen", email="aino@example.org", organisation=OrganisationFactory())

    shown = "".join(
        client.get(address).content.decode()
        for address in (
            "/progress/",
            "/progress/ppl/",
            "/progress/ppl.csv",
            "/progress/org/",
            "/progress/org.csv",
        )
    )

    assert "Aino" not in shown
    assert "aino@" not in shown


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "rubbish",
    [
        "EMRIEE",
        "%00x",
        "%F0%9F%92%A9",
        "'; DROP TABLE",
        "<script>alert(1)</script>",
        "x" * 5000,
        "%ff%fe",
        "-1",
    ],
)
def test_rubbish_as_a_project_shows_the_sum_of_all(client, address, rubbish):
    response = client.get(f"{address}?project={rubbish}&page={rubbish}")

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    if not address.endswith(".csv"):
        assert "so this is the sum of all projects" in response.content.decode()


@pytest.mark.parametrize("page", ["-1", "0", "1e9", "99999999999999999999", "", "two", "%00"])
def test_a_page_that_does_not_exist_shows_one_that_does(client, page):
    counted_practice()

    assert client.get(f"/progress/gp/?page={page}").context["records"].number == 1


@pytest.mark.parametrize(
    "address", ["/progress/xyz/", "/progress/xyz.csv", "/progress/gp-/", "/progress/%00/"]
)
def test_an_indicator_that_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_pages_are_for_reading_only(client, address):
    assert client.post(address, {"value": "12"}).status_code == 405


@pytest.mark.parametrize(
    "address", ["/progress/", "/progress/gp/", "/progress/gp.csv", "/progress/figures.csv"]
)
def test_five_records_cost_as_many_queries_as_one(client, address):
    def make():
        counted_practice(project=ProjectFactory())

    make()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)

    for _ in range(4):
        make()

    with CaptureQueriesContext(connection) as five:
        client.get(address)
    assert len(five) == len(one)


def test_a_long_list_comes_in_pages_that_keep_the_project(client):
    project = ProjectFactory(acronym="EMRIE")
    for _ in range(51):
        counted_practice(project=project)

    response = client.get("/progress/gp/?project=EMRIE")

    assert response.context["total"] == 51
    assert len(response.context["records"]) == 50
    assert response.context["next_url"] == "/progress/gp/?project=EMRIE&page=2"
