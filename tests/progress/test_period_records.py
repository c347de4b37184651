"""Every number of a period leads to a list with that many records."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from knowledge.models import Validation
from progress.locking import lock_period
from progress.models import ReportingPeriod
from tests.factories import ProjectFactory, UserFactory
from tests.factories.progress import counted_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def emrie():
    """A project with a locked period, one that runs, and one to come."""
    project, today = ProjectFactory(acronym="EMRIE"), timezone.localdate()
    days = [(40, 21), (20, -10), (-11, -30)]
    for number, (first, last) in enumerate(days, 1):
        ReportingPeriod.objects.create(
            project=project,
            number=number,
            start=today - timedelta(days=first),
            end=today - timedelta(days=last),
        )
    counted_practice(project=project, days=30, title="Old sand")
    counted_practice(project=project, days=25, title="Old heat")
    lock_period(project.periods.get(number=1), UserFactory())
    counted_practice(project=project, days=2, title="New desk")
    return project


def page(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def titles(client, address):
    return [row.th.get_text(strip=True) for row in page(client, address).select("tbody tr")]


def numbers(client, address):
    """Each number of the first table of practices that is a link: (number, address)."""
    links = page(client, address).select("#periods-gp td a")
    return [(int(link.text), link["href"]) for link in links]


def test_each_number_of_the_table_leads_to_as_many_records(client, emrie):
    found = numbers(client, "/progress/?project=EMRIE")

    assert [number for number, _address in found] == [2, 1, 2, 3]
    assert [len(titles(client, address)) for _number, address in found] == [2, 1, 2, 3]
    assert titles(client, "/progress/gp/?project=EMRIE&period=2&new=yes") == ["New desk"]


def test_a_locked_number_lists_what_was_locked_although_some_of_it_no_longer_counts(client, emrie):
    Validation.objects.get(page__title="Old sand").delete()

    found = numbers(client, "/progress/?project=EMRIE")
    locked = titles(client, "/progress/gp/?project=EMRIE&period=1")

    assert [number for number, _address in found] == [2, 2, 2]
    assert sorted(title.partition("page-")[0] for title in locked) == ["No longer counts: ", "Old heat"]
    assert titles(client, "/progress/gp/?project=EMRIE&period=2") == ["New desk", "Old heat"]


def test_what_was_withdrawn_since_is_said_beside_what_was_added(client, emrie):
    Validation.objects.filter(page__title__startswith="Old").delete()

    added = page(client, "/progress/gp/?project=EMRIE&period=2&new=yes")
    cell = page(client, "/progress/?project=EMRIE").select("#periods-gp tbody")[2].select("td")[1]

    assert cell.a.text == "-1"
    assert [row.th.get_text(strip=True) for row in added.select("tbody tr")] == ["New desk"]
    assert added.find(id="gone").text == "2 records of the period before no longer counted"


def test_years_of_several_projects_lead_to_their_records_too(client, emrie):
    other = ProjectFactory(acronym="OTHER")
    ReportingPeriod.objects.create(
        project=other, number=1, start=timezone.localdate(), end=timezone.localdate() + timedelta(days=3)
    )

    found = numbers(client, "/progress/")

    assert found
    assert [len(titles(client, address)) for _number, address in found] == [number for number, _a in found]


def test_the_file_of_a_period_holds_what_its_page_lists(client, emrie):
    link = page(client, "/progress/gp/?project=EMRIE&period=2&new=yes").select_one('a[href*=".csv"]')["href"]

    rows = list(csv.DictReader(io.StringIO(client.get(link).content.decode("utf-8-sig"))))

    assert [row["Title"] for row in rows] == ["New desk"]


@pytest.mark.parametrize("asked", ["99", "-1", "two", "1e9", "99999999999999999999", "\u0662"])
def test_a_period_that_is_none_shows_all_records_and_says_so(client, emrie, asked):
    answer = client.get("/progress/gp/", {"project": "EMRIE", "period": asked})

    if asked == "\u0662":  # two, in Arabic
        assert answer.context["remark"] == ""
    else:
        assert answer.context["remark"] == "There is no such period here, so these are all records."
        assert answer.context["total"] == 3


def test_all_records_are_listed_page_by_page_with_their_indicators(client):
    for number in range(51):
        counted_practice(title=f"Practice {number}")

    tab = page(client, "/progress/").select_one(".tabs a")
    first = page(client, tab["href"])
    second = page(client, f"{tab['href']}?page=2")

    assert " ".join(tab.text.split()) == "All 51"
    assert [len(part.select("tbody tr")) for part in (first, second)] == [50, 1]
    assert second.select("tbody tr")[0].td.text == "Good practices shared"
    file = client.get(first.select_one('a[href*=".csv"]')["href"]).content.decode("utf-8-sig")
    assert len(file.splitlines()) == 52


def test_what_is_new_in_the_period_that_runs_is_listed_from_its_counter(client, emrie):
    counter = page(client, "/progress/?project=EMRIE").find("a", string="1 new this period")

    assert titles(client, counter["href"]) == ["New desk"]
